import type { CatalogModel, CatalogProvider } from './catalog-model.ts';
import { parseModelRef } from './model-ref.ts';
import { ModelSelectionError } from './model-selection-error.ts';
import { nearestNames } from './nearest-names.ts';
import { quoteName } from './quote-name.ts';

/** The models that can be asked, by every name they go by. */
export interface ModelCatalog {
  /** Each reference once. */
  readonly models: readonly CatalogModel[];
  /** The provider with this id, known or not. */
  provider(id: string): CatalogProvider;
  /**
   * The model that a name means: an alias, a reference, or a model's own name when exactly one model bears it. A name
   * never turns into another provider's model.
   * @throws {ModelSelectionError} `unknown-model`, `unknown-provider`, `ambiguous-name`, with `candidates`.
   */
  resolve(name: string): CatalogModel;
}

export interface ModelCatalogOptions {
  /** Alias → reference. Compared without case; an alias with a slash is a reference and never looked up. */
  readonly aliases?: Readonly<Record<string, string>> | undefined;
  /** What is known of the providers; those left out are known by their models alone. */
  readonly providers?: readonly CatalogProvider[] | undefined;
}

/** Makes a catalog. Of two entries with the same reference the first counts. */
export function createModelCatalog(
  listed: readonly CatalogModel[],
  { aliases = {}, providers = [] }: ModelCatalogOptions = {},
): ModelCatalog {
  const providersById = new Map(providers.map((provider) => [provider.id.toLowerCase(), provider]));
  const refsByAlias = groupAliases(listed, aliases);
  const models = [...new Map(listed.toReversed().map((model) => [model.ref, model])).values()]
    .toReversed()
    .map(withAliases);
  const known = new Set([...providersById.keys(), ...models.map((model) => model.provider.toLowerCase())]);

  function provider(id: string): CatalogProvider {
    return providersById.get(id.toLowerCase()) ?? { id };
  }

  function resolve(name: string): CatalogModel {
    const written = name.trim();
    const slash = written.indexOf('/');
    const refs = slash === -1 ? (refsByAlias.get(written.toLowerCase()) ?? []) : [];
    if (refs.length > 1) throw ambiguous(name, refs);
    if (refs[0] !== undefined) return resolveRef(refs[0]);
    const providerPart = written.slice(0, Math.max(slash, 0)).trim().toLowerCase();
    if (slash !== -1 && known.has(providerPart)) return resolveRef(written);
    return resolveBareName(written);
  }

  function resolveRef(text: string): CatalogModel {
    const ref = parseModelRef(text);
    const found = models.filter((model) => model.provider.toLowerCase() === ref.provider && bears(model, ref.model));
    const exact = found.find(({ model }) => model === ref.model) ?? (found.length === 1 ? found[0] : undefined);
    if (exact !== undefined) return exact;
    if (found.length > 1)
      throw ambiguous(
        text,
        found.map(({ ref: candidate }) => candidate),
      );
    const assumed = provider(ref.provider).assume?.(ref.model);
    if (assumed !== undefined) return withAliases(assumed);
    throw unknownModel(text);
  }

  function resolveBareName(name: string): CatalogModel {
    const bearers = models.filter((model) => bears(model, name));
    if (bearers.length > 1)
      throw ambiguous(
        name,
        bearers.map(({ ref }) => ref),
      );
    if (bearers[0] !== undefined) return bearers[0];
    throw unknownModel(name);
  }

  function bears({ provider: id, model }: CatalogModel, name: string): boolean {
    if (model === name) return true;
    const { defaultTag } = provider(id);
    return defaultTag !== undefined && taggedName(model, defaultTag) === taggedName(name, defaultTag);
  }

  function withAliases(model: CatalogModel): CatalogModel {
    const own = [...refsByAlias].filter(([, refs]) => refs.some((ref) => ref === model.ref)).map(([alias]) => alias);
    const added = own.filter((alias) => !model.aliases.some((given) => given.toLowerCase() === alias));
    return added.length === 0 ? model : { ...model, aliases: [...model.aliases, ...added] };
  }

  function unknownModel(wanted: string): ModelSelectionError {
    const candidates = nearestNames(wanted, {
      among: models.map((model) => ({ ref: model.ref, names: namesOf(model) })),
    });
    const providerPart = wanted.includes('/') ? wanted.slice(0, wanted.indexOf('/')).trim().toLowerCase() : undefined;
    const code = providerPart === undefined || known.has(providerPart) ? 'unknown-model' : 'unknown-provider';
    const what =
      code === 'unknown-model'
        ? `There is no model ${quoteName(wanted)}.`
        : `There is no model ${quoteName(wanted)}: no provider ${quoteName(providerPart ?? '')} is configured.`;
    const advice = [suggestion(candidates), fetching(providerPart, wanted), listing(), unlisted()];
    return new ModelSelectionError(code, [what, ...advice].filter((part) => part !== '').join(' '), {
      wanted,
      candidates,
    });
  }

  function fetching(id: string | undefined, wanted: string): string {
    const pull = id === undefined ? undefined : provider(id).commands?.pull;
    return pull === undefined
      ? ''
      : `To fetch it: ${pull} ${wanted
          .slice(wanted.indexOf('/') + 1)
          .trim()
          .slice(0, 120)}`.concat('.');
  }

  function listing(): string {
    return models.length === 0 ? 'No models are known at all.' : 'All models: openclaw models list.';
  }

  function unlisted(): string {
    const ids = providers.filter(({ assume }) => assume !== undefined).map(({ id }) => id);
    return ids.length === 0
      ? ''
      : `The models of ${ids.join(', ')} could not be listed: name them as ${ids[0]}/<model>.`;
  }

  return { models, provider, resolve };
}

function groupAliases(
  listed: readonly CatalogModel[],
  aliases: Readonly<Record<string, string>>,
): Map<string, string[]> {
  const pairs = [
    ...Object.entries(aliases),
    ...listed.flatMap((model) => model.aliases.map((alias) => [alias, model.ref] as const)),
  ];
  const grouped = new Map<string, string[]>();
  for (const [alias, ref] of pairs) {
    const key = alias.trim().toLowerCase();
    const refs = grouped.get(key) ?? [];
    if (!refs.includes(ref)) grouped.set(key, [...refs, ref]);
  }
  return grouped;
}

/** A tag follows the last colon after the last slash: the colon of `host:5000/user/repo` starts none. */
function taggedName(name: string, defaultTag: string): string {
  const lower = name.toLowerCase();
  return lower.lastIndexOf(':') > lower.lastIndexOf('/') ? lower : `${lower}:${defaultTag}`;
}

function namesOf({ ref, model, aliases }: CatalogModel): string[] {
  const untagged = model.replace(/:[^/:]*$/, '');
  return [ref, model, untagged, ...aliases];
}

function suggestion(candidates: readonly string[]): string {
  return candidates.length === 0 ? '' : `Did you mean ${candidates.join(' or ')}?`;
}

function ambiguous(wanted: string, candidates: readonly string[]): ModelSelectionError {
  return new ModelSelectionError(
    'ambiguous-name',
    `${quoteName(wanted)} can mean ${candidates.join(' or ')}. Write the one that you mean in full.`,
    { wanted, candidates },
  );
}
