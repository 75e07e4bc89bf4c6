import { isAbsent } from '@openclaw/openai-wire';
import type { JsonObject, JsonValue } from '@openclaw/provider';
import type { Exchange, GatewayContext } from '../../gateway-context.ts';
import { sendReply } from '../../http/send-reply.ts';
import { parseModelName } from '../../surfaces/ollama/parse-model-name.ts';
import { relayResponse } from './relay-response.ts';

export interface LoadModelOptions {
  readonly exchange: Exchange;
  readonly context: GatewayContext;
  readonly path: '/api/chat' | '/api/generate';
}

/**
 * A request without a question loads its model, or unloads it with `keep_alive: 0`. Servers of other kinds have no such
 * request: for them there is nothing to do.
 */
export async function loadModel(body: JsonObject, { exchange, context, path }: LoadModelOptions): Promise<void> {
  const { runtime, logger, now } = context;
  const { trace, signal, client } = exchange;
  const name = parseModelName(body);
  trace.asked(name, false);
  const { provider, model, ref } = await runtime.findModel(name, { signal, allows: client.allows });
  if (runtime.ollamaServers().some((server) => server.provider === provider)) {
    const { name: _name, ...rest } = body;
    const request = { provider, method: 'POST', path, body: { ...rest, model } } as const;
    await relayResponse(await runtime.requestOllama(request, { signal }), { exchange, logger, model: ref });
    return;
  }
  trace.answeredBy(ref);
  const empty = path === '/api/chat' ? { message: { role: 'assistant', content: '' } } : { response: '' };
  const reply = {
    model: ref,
    created_at: new Date(now()).toISOString(),
    ...empty,
    done: true,
    done_reason: isZero(body['keep_alive']) ? 'unload' : 'load',
  };
  sendReply(exchange, { body: JSON.stringify(reply) });
}

/** Whether a chat or a question is empty. */
export function isEmpty(value: JsonValue | undefined): boolean {
  return isAbsent(value) || value === '' || (Array.isArray(value) && value.length === 0);
}

/** `0`, `"0"`, `"0s"`. */
function isZero(keepAlive: JsonValue | undefined): boolean {
  return keepAlive === 0 || (typeof keepAlive === 'string' && Number.parseFloat(keepAlive) === 0);
}
