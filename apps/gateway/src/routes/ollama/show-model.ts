import { isObject, readObject } from '@openclaw/openai-wire';
import type { CatalogModel } from '@openclaw/model-selection';
import type { JsonObject } from '@openclaw/provider';
import type { DiscoveredModel } from '@openclaw/runtime/internal';
import type { Exchange, GatewayContext } from '../../gateway-context.ts';
import { GatewayError } from '../../gateway-error.ts';
import { readRequestBody } from '../../http/read-request-body.ts';
import { sendReply } from '../../http/send-reply.ts';
import { parseModelName } from '../../surfaces/ollama/parse-model-name.ts';
import { capabilitiesOf, encodeDetails } from './describe-model.ts';
import { requestJson } from './request-json.ts';

/**
 * `POST /api/show`: what the model's Ollama server says of it. Fields that clients cannot do without are added, and stand
 * for themselves if the server is of another kind or cannot be reached: one failed reply hides all models in some clients.
 */
export async function showOllamaModel(exchange: Exchange, context: GatewayContext): Promise<void> {
  const { runtime, configState } = context;
  const body = readObject(await readRequestBody(exchange, context), 'body');
  const name = parseModelName(body);
  const model = await runtime.findModel(name, { signal: exchange.signal, allows: exchange.client.allows });
  const shown = await askServer(model, { body, exchange, runtime });
  if (shown?.status === 404) throw new GatewayError('model-not-found', `model '${name}' not found`, { param: 'model' });
  const described = runtime.describeModel(model);
  const assumed: JsonObject = {
    license: '',
    modelfile: '',
    parameters: '',
    template: '',
    details: encodeDetails(described),
    capabilities: capabilitiesOf(model, described),
    modified_at: new Date(model.modifiedAt ?? configState().loadedAt).toISOString(),
  };
  const reported = shown?.status === 200 ? shown.body : {};
  const reply = { ...assumed, ...reported, model_info: encodeModelInfo(model, { described, reported }) };
  sendReply(exchange, { body: JSON.stringify(reply) });
}

async function askServer(
  { provider, model }: CatalogModel,
  { body, exchange, runtime }: { body: JsonObject; exchange: Exchange; runtime: GatewayContext['runtime'] },
) {
  if (!runtime.ollamaServers().some((server) => server.provider === provider)) return undefined;
  const verbose = body['verbose'] === true;
  const request = { provider, method: 'POST', path: '/api/show', body: { model, verbose } } as const;
  return requestJson(request, { exchange, runtime });
}

/** Clients read the context window at `<architecture>.context_length`. The configuration may allow less than the model could. */
function encodeModelInfo(
  { ref, contextWindow }: CatalogModel,
  { described, reported }: { readonly described: DiscoveredModel | undefined; readonly reported: JsonObject },
): JsonObject {
  const given = isObject(reported['model_info']) ? reported['model_info'] : {};
  const named = given['general.architecture'];
  const architecture = typeof named === 'string' && named !== '' ? named : (described?.family ?? 'unknown');
  const key = `${architecture}.context_length`;
  const trained = given[key];
  return {
    'general.basename': ref,
    ...given,
    'general.architecture': architecture,
    [key]: typeof trained === 'number' ? Math.min(trained, contextWindow) : contextWindow,
  };
}
