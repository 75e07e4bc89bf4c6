import type { CatalogModel } from '@openclaw/model-selection';
import { isProviderError } from '@openclaw/provider';
import type { JsonObject } from '@openclaw/provider';
import { agentNames } from '@openclaw/runtime/internal';
import type { Exchange, GatewayContext } from '../../gateway-context.ts';
import { sendReply } from '../../http/send-reply.ts';
import { capabilitiesOf, digestOf, encodeDetails } from './describe-model.ts';
import { nameModels } from './model-names.ts';

/** `GET /api/tags`: agents first, then all models that the client may use. */
export async function listOllamaModels(exchange: Exchange, { runtime, configState }: GatewayContext): Promise<void> {
  const { signal } = exchange;
  const { allows } = exchange.client;
  const named = nameModels(await runtime.inventory({ signal }), runtime);
  const allowed = allows === undefined ? named.models : named.models.filter(({ ref }) => allows(ref));
  const { loadedAt } = configState();

  function encode(name: string, model: CatalogModel): JsonObject {
    const described = runtime.describeModel(model);
    return {
      name,
      model: name,
      modified_at: new Date(model.modifiedAt ?? loadedAt).toISOString(),
      size: described?.sizeBytes ?? 0,
      digest: digestOf(model, described),
      details: encodeDetails(described),
      capabilities: capabilitiesOf(model, described),
    };
  }

  async function encodeAgent(id: string): Promise<JsonObject[]> {
    try {
      const model = await runtime.findModel(id, { signal, allows });
      return [{ ...encode(`${id}:latest`, model), digest: digestOf({ ref: id }, undefined) }];
    } catch (error) {
      // An agent whose model does not exist is listed once it does.
      if (isProviderError(error) && !signal.aborted) return [];
      throw error;
    }
  }

  const agents = agentNames(runtime.loaded).filter((id) => id !== 'openclaw/default');
  const encoded = [
    ...(await Promise.all(agents.map(encodeAgent))).flat(),
    ...allowed.map((model) => encode(named.nameOf(model), model)),
  ];
  sendReply(exchange, { body: JSON.stringify({ models: encoded }) });
}
