import type { IncomingMessage } from 'node:http';
import type { LoadedConfig } from '@openclaw/config';
import { normalizeModelName } from '@openclaw/model-selection';
import type { CatalogModel } from '@openclaw/model-selection';
import type { RouteHandler } from '../gateway-context.ts';
import { GatewayError } from '../gateway-error.ts';
import { sendReply } from '../http/send-reply.ts';
import type { ListedModel, ModelsEncoder } from '../surfaces/surface.ts';

/** The client API of a request: several have their models at one path. */
export type ModelsSurface = (request: IncomingMessage) => ModelsEncoder;

/** `GET /v1/models`: the names of agents first, then every model that can be asked. */
export function listModels(surfaceOf: ModelsSurface): RouteHandler {
  return async (exchange, { runtime }) => {
    const { models } = await runtime.inventory({ signal: exchange.signal });
    const listed = [
      ...agentNames(runtime.loaded).map((id): ListedModel => ({ type: 'agent', id })),
      ...models.map((model): ListedModel => ({ type: 'model', model })),
    ];
    sendReply(exchange, { body: surfaceOf(exchange.request).encodeModels(listed) });
  };
}

/** `GET /v1/models/{id}`; the id may be a reference, an alias, or a bare name that only one provider has. */
export function showModel(surfaceOf: ModelsSurface): RouteHandler {
  return async (exchange, { runtime }) => {
    const id = exchange.parameter;
    const surface = surfaceOf(exchange.request);
    if (agentNames(runtime.loaded).includes(id)) {
      sendReply(exchange, { body: surface.encodeModel({ type: 'agent', id }) });
      return;
    }
    const { models } = await runtime.inventory({ signal: exchange.signal });
    const model = findModel(models, id);
    if (model === undefined) {
      const shown = JSON.stringify(id.slice(0, 200));
      throw new GatewayError(
        'model-not-found',
        `There is no model ${shown}. \`GET /v1/models\` lists those there are.`,
        { param: 'model' },
      );
    }
    sendReply(exchange, { body: surface.encodeModel({ type: 'model', model }) });
  };
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

function agentNames({ config: { agents } }: LoadedConfig): readonly string[] {
  const ids = [...(agents.list ?? []).map(({ id }) => id), ...Object.keys(agents.entries ?? {})];
  return ['openclaw', 'openclaw/default', ...new Set(ids.map((id) => `openclaw/${id}`))];
}
