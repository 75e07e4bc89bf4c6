import { normalizeModelName } from '@openclaw/model-selection';
import type { CatalogModel } from '@openclaw/model-selection';
import type { Inventory, Runtime } from '@openclaw/runtime/internal';

/** The models that Ollama's clients see, and their names. */
export interface NamedModels {
  /** All that can be asked: those without tools and for embeddings, too. */
  readonly models: readonly CatalogModel[];
  /**
   * The name of a model: the one on its Ollama server, so that clients that were set up for that server find it again. If the
   * name is not unique, or on another kind of server, the reference: `workstation/qwen3:8b`.
   */
  nameOf(model: CatalogModel): string;
  /** The model with this name on the server of a provider. */
  find(provider: string, name: string): CatalogModel | undefined;
}

/** Names the models of an inventory. */
export function nameModels(
  { models: offered, hidden }: Inventory,
  runtime: Pick<Runtime, 'ollamaServers'>,
): NamedModels {
  const models = [...offered, ...hidden.map(({ model }) => model)];
  const servers = new Set(runtime.ollamaServers().map(({ provider }) => provider));
  const providers = new Set([...servers, ...models.map(({ provider }) => provider)]);
  const count = Map.groupBy(models, ({ model }) => normalizeModelName(model));
  const aliases = new Set(models.flatMap((model) => model.aliases.map((alias) => alias.toLowerCase())));

  function isBareName({ provider, model }: CatalogModel): boolean {
    // A name that begins like a reference of another provider would be read as one.
    const [first = ''] = model.toLowerCase().split('/');
    return (
      servers.has(provider) &&
      count.get(normalizeModelName(model))?.length === 1 &&
      !aliases.has(model.toLowerCase()) &&
      !(model.includes('/') && providers.has(first)) &&
      !/^openclaw(?:$|[/:])/i.test(model)
    );
  }

  return {
    models,
    nameOf: (model) => (isBareName(model) ? model.model : model.ref),
    find: (provider, name) =>
      models.find((one) => one.provider === provider && normalizeModelName(one.model) === normalizeModelName(name)),
  };
}
