import type { CatalogModel } from '@openclaw/model-selection';
import { commandsForHidden } from '@openclaw/runtime/internal';
import { describeClients } from '../clients/describe-clients.ts';
import type { Exchange, GatewayContext } from '../gateway-context.ts';
import { sendReply } from '../http/send-reply.ts';

/** `GET /status`: models, circuits, requests in flight and the last ones with their attempts. The page shows the same. */
export async function status(exchange: Exchange, context: GatewayContext): Promise<void> {
  const { runtime, journal, cluster, startedAt, uptimeMs, draining, configState } = context;
  const { models, hidden, problems } = await runtime.inventory({ signal: exchange.signal });
  const { agents } = runtime.loaded.config;
  const body = JSON.stringify({
    state: draining() ? 'shutting-down' : 'running',
    startedAt,
    uptimeMs: uptimeMs(),
    config: { path: runtime.loaded.path, exists: runtime.loaded.exists, ...configState() },
    defaultModel: agents.defaults.model ?? null,
    memoryBytes: process.memoryUsage.rss(),
    models: models.map(encodeModel),
    hidden: hidden.map(({ ref, endpoint, reason }) => ({ ref, endpoint, reason })),
    nextCommands: models.length === 0 ? commandsForHidden(hidden) : [],
    problems,
    circuits: runtime.circuits(),
    loads: runtime.loads(),
    endpoints: runtime.endpoints(),
    clients: await describeClients(context),
    ...(cluster && { cluster: cluster.status() }),
    inFlight: journal.inFlight(),
    recent: journal.recent(),
  });
  sendReply(exchange, { body });
}

/** Of a model with several endpoints, their names are enough. */
function encodeModel({ targets, ...model }: CatalogModel): object {
  return targets === undefined ? model : { ...model, endpoints: targets.map(({ endpointName }) => endpointName) };
}
