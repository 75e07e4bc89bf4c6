import type { JsonObject } from '@openclaw/provider';
import type { Exchange, GatewayContext } from '../../gateway-context.ts';
import { parseModelName } from '../../surfaces/ollama/parse-model-name.ts';
import { parseStream } from '../../surfaces/ollama/parse-settings.ts';
import { relayResponse } from './relay-response.ts';

export interface RelayToOllamaOptions {
  readonly exchange: Exchange;
  readonly context: GatewayContext;
  readonly path: '/api/generate' | '/api/embed' | '/api/embeddings';
}

/**
 * Sends a request to the Ollama server of its model and relays the response, when the model's turn has come.
 * @returns whether the model is on an Ollama server; if not, nothing was sent.
 */
export async function relayToOllama(
  body: JsonObject,
  { exchange, context: { runtime, logger }, path }: RelayToOllamaOptions,
): Promise<boolean> {
  const { trace, signal, client } = exchange;
  const name = parseModelName(body);
  trace.asked(name, path === '/api/generate' && parseStream(body));
  const { provider, model, ref } = await runtime.findModel(name, { signal, allows: client.allows });
  if (!runtime.ollamaServers().some((server) => server.provider === provider)) return false;
  const { name: _name, ...rest } = body;
  const { allows: _allows, ...queued } = client;
  const request = { ...queued, provider, method: 'POST', path, body: { ...rest, model }, queued: true } as const;
  const response = await runtime.requestOllama(request, { signal });
  await relayResponse(response, { exchange, logger, model: ref, endMark: '"done":true' });
  return true;
}
