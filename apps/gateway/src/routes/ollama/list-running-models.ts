import { isObject } from '@openclaw/openai-wire';
import type { JsonObject, JsonValue } from '@openclaw/provider';
import type { AllowsModel } from '@openclaw/runtime/internal';
import type { Exchange, GatewayContext } from '../../gateway-context.ts';
import { sendReply } from '../../http/send-reply.ts';
import { nameModels } from './model-names.ts';
import type { NamedModels } from './model-names.ts';
import { requestJson } from './request-json.ts';

/** `GET /api/ps`: the models that the Ollama servers have in memory. A server that cannot be reached has none. */
export async function listRunningModels(exchange: Exchange, { runtime }: GatewayContext): Promise<void> {
  const { allows } = exchange.client;
  const named = nameModels(await runtime.inventory({ signal: exchange.signal }), runtime);
  const lists = await Promise.all(
    runtime.ollamaServers().map(async ({ provider, endpoint }) => {
      const request = { provider, endpoint, method: 'GET', path: '/api/ps' } as const;
      const response = await requestJson(request, { exchange, runtime });
      const models = response?.status === 200 ? response.body['models'] : undefined;
      return Array.isArray(models)
        ? models.flatMap((entry: JsonValue) => rename(entry, { provider, named, allows }))
        : [];
    }),
  );
  sendReply(exchange, { body: JSON.stringify({ models: lists.flat() }) });
}

interface RenameOptions {
  readonly provider: string;
  readonly named: NamedModels;
  readonly allows: AllowsModel | undefined;
}

function rename(entry: JsonValue, { provider, named, allows }: RenameOptions): JsonObject[] {
  if (!isObject(entry) || typeof entry['name'] !== 'string') return [];
  const model = named.find(provider, entry['name']);
  if (allows !== undefined && !allows(model?.ref ?? `${provider}/${entry['name']}`)) return [];
  const name = model === undefined ? entry['name'] : named.nameOf(model);
  return [{ ...entry, name, model: name }];
}
