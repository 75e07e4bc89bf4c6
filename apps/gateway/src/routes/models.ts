import type { IncomingMessage } from 'node:http';
import { isProviderError } from '@openclaw/provider';
import { agentNames, findModelEntry, modelEntries } from '@openclaw/runtime/internal';
import type { AllowsModel, Inventory, ModelEntry } from '@openclaw/runtime/internal';
import type { Exchange, GatewayContext, RouteHandler } from '../gateway-context.ts';
import { GatewayError } from '../gateway-error.ts';
import { sendReply } from '../http/send-reply.ts';
import type { ListedModel, ModelsEncoder } from '../surfaces/surface.ts';

/** The client API of a request: several have their models at one path. */
export type ModelsSurface = (request: IncomingMessage) => ModelsEncoder;

/** `GET /v1/models`: the names of agents first, then every model that the client may use, and those for embeddings. */
export function listModels(surfaceOf: ModelsSurface): RouteHandler {
  return async (exchange, context) => {
    const inventory = await context.runtime.inventory({ signal: exchange.signal });
    const names = [...(await listAgents(exchange, context)), ...usableEntries(inventory, { exchange, context })];
    sendReply(exchange, { body: surfaceOf(exchange.request).encodeModels(names) });
  };
}

/** `GET /v1/models/{id}`; the id may be a reference, an alias, or a bare name that only one provider has. */
export function showModel(surfaceOf: ModelsSurface): RouteHandler {
  return async (exchange, context) => {
    const id = exchange.parameter;
    const surface = surfaceOf(exchange.request);
    const agents = await listAgents(exchange, context);
    const agent = agents.find((listed) => listed.type === 'agent' && listed.id === id);
    if (agent !== undefined) {
      sendReply(exchange, { body: surface.encodeModel(agent) });
      return;
    }
    const inventory = await context.runtime.inventory({ signal: exchange.signal });
    const entries = usableEntries(inventory, { exchange, context });
    const entry = findModelEntry(entries, { id, problems: inventory.problems });
    if (entry === undefined) {
      const shown = JSON.stringify(id.slice(0, 200));
      throw new GatewayError(
        'model-not-found',
        `There is no model ${shown}. \`GET /v1/models\` lists those there are.`,
        { param: 'model' },
      );
    }
    sendReply(exchange, { body: surface.encodeModel(entry) });
  };
}

/** The models that the client may use. */
function usableEntries(
  inventory: Inventory,
  { exchange, context }: { readonly exchange: Exchange; readonly context: GatewayContext },
): readonly ModelEntry[] {
  const entries = modelEntries(inventory, context.configState());
  const { allows } = exchange.client;
  return allows === undefined ? entries : entries.filter(({ model }) => allows(model.ref));
}

/** Agents are not looked up for a client that may use all models: their models may not be known yet. */
async function listAgents(
  { client: { allows }, signal }: Exchange,
  { runtime, configState }: GatewayContext,
): Promise<readonly ListedModel[]> {
  const createdAt = configState().loadedAt;
  const ids = agentNames(runtime.loaded);
  const isUsable = async (id: string) => allows === undefined || (await canUseAgent(id, { runtime, allows, signal }));
  const usable = await Promise.all(ids.map(isUsable));
  return ids.filter((_, index) => usable[index]).map((id) => ({ type: 'agent', id, createdAt }));
}

interface AgentOptions {
  readonly runtime: GatewayContext['runtime'];
  readonly allows: AllowsModel;
  readonly signal: AbortSignal;
}

async function canUseAgent(id: string, { runtime, ...options }: AgentOptions): Promise<boolean> {
  try {
    await runtime.findModel(id, options);
    return true;
  } catch (error) {
    if (isProviderError(error) && !options.signal.aborted) return false;
    throw error;
  }
}
