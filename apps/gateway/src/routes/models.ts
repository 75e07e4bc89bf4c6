import type { IncomingMessage } from 'node:http';
import type { LoadedConfig } from '@openclaw/config';
import { normalizeModelName } from '@openclaw/model-selection';
import type { CatalogModel } from '@openclaw/model-selection';
import { ProviderError } from '@openclaw/provider';
import type { Inventory } from '@openclaw/runtime';
import type { GatewayContext, RouteHandler } from '../gateway-context.ts';
import { GatewayError } from '../gateway-error.ts';
import { sendReply } from '../http/send-reply.ts';
import type { ListedModel, ModelsEncoder } from '../surfaces/surface.ts';

/** The client API of a request: several have their models at one path. */
export type ModelsSurface = (request: IncomingMessage) => ModelsEncoder;

/** `GET /v1/models`: the names of agents first, then every model that can be asked, and those for embeddings. */
export function listModels(surfaceOf: ModelsSurface): RouteHandler {
  return async (exchange, context) => {
    const inventory = await context.runtime.inventory({ signal: exchange.signal });
    sendReply(exchange, { body: surfaceOf(exchange.request).encodeModels(listNames(inventory, context)) });
  };
}

/** `GET /v1/models/{id}`; the id may be a reference, an alias, or a bare name that only one provider has. */
export function showModel(surfaceOf: ModelsSurface): RouteHandler {
  return async (exchange, context) => {
    const id = exchange.parameter;
    const surface = surfaceOf(exchange.request);
    const agent = listAgents(context).find((listed) => listed.type === 'agent' && listed.id === id);
    if (agent !== undefined) {
      sendReply(exchange, { body: surface.encodeModel(agent) });
      return;
    }
    const inventory = await context.runtime.inventory({ signal: exchange.signal });
    const listed = listNames(inventory, context).flatMap((one) => (one.type === 'agent' ? [] : [one]));
    const found = findModel(
      listed.map(({ model }) => model),
      id,
    );
    const model = listed.find((one) => one.model === found);
    if (model === undefined) {
      const unreachable = inventory.problems.filter(({ code }) => code === 'unreachable').map(({ message }) => message);
      if (unreachable.length > 0) throw new ProviderError('connection-failed', unreachable.join(' '));
      const shown = JSON.stringify(id.slice(0, 200));
      throw new GatewayError(
        'model-not-found',
        `There is no model ${shown}. \`GET /v1/models\` lists those there are.`,
        { param: 'model' },
      );
    }
    sendReply(exchange, { body: surface.encodeModel(model) });
  };
}

function listNames({ models, hidden }: Inventory, context: GatewayContext): readonly ListedModel[] {
  const { loadedAt } = context.configState();
  const embedding = hidden.filter(({ code }) => code === 'embedding-only').map(({ model }) => model);
  const list = (type: 'model' | 'embedding-model') => (model: CatalogModel) => ({
    type,
    model,
    createdAt: model.modifiedAt ?? loadedAt,
  });
  return [...listAgents(context), ...models.map(list('model')), ...embedding.map(list('embedding-model'))];
}

function listAgents({ runtime, configState }: GatewayContext): readonly ListedModel[] {
  const createdAt = configState().loadedAt;
  return agentNames(runtime.loaded).map((id) => ({ type: 'agent', id, createdAt }));
}

function findModel(models: readonly CatalogModel[], id: string): CatalogModel | undefined {
  const wanted = id.toLowerCase();
  const named =
    models.find(({ ref }) => ref === id) ??
    models.find(({ aliases }) => aliases.some((alias) => alias.toLowerCase() === wanted));
  if (named !== undefined) return named;
  const name = normalizeModelName(id);
  const exact = models.filter(({ model }) => model === id);
  const similar = models.filter(({ model, ref }) => [model, ref].some((own) => normalizeModelName(own) === name));
  const [found, ...others] = exact.length > 0 ? exact : similar;
  return others.length === 0 ? found : undefined;
}

/** The names of the agents: `openclaw`, `openclaw/coder`. */
export function agentNames({ config: { agents } }: LoadedConfig): readonly string[] {
  const ids = [...(agents.list ?? []).map(({ id }) => id), ...Object.keys(agents.entries ?? {})];
  return ['openclaw', 'openclaw/default', ...new Set(ids.map((id) => `openclaw/${id}`))];
}
