import { ProviderError } from '@openclaw/provider';
import type { OllamaResponse } from '@openclaw/runtime/internal';
import type { Exchange, GatewayContext } from '../../gateway-context.ts';
import { recordFailure } from '../../http/record-failure.ts';
import { relayBody } from '../../http/relay-body.ts';
import { encodeHeaderValue } from '../../http/send-reply.ts';
import { encodeError } from '../../surfaces/ollama/encode-error.ts';

export interface RelayOptions {
  readonly exchange: Exchange;
  readonly logger: GatewayContext['logger'];
  /** Reference of the model that answers. */
  readonly model?: string;
  /** Text that a stream has if it is complete: Ollama may end one early and cleanly. */
  readonly endMark?: string;
}

/** Sends the response of an Ollama server to the client. A stream that breaks off ends with a line with the error. */
export async function relayResponse(
  { status, contentType, body }: OllamaResponse,
  { exchange, logger, model, endMark = '' }: RelayOptions,
): Promise<void> {
  const { response, headers, trace, signal } = exchange;
  if (model !== undefined) trace.answeredBy(model);
  if (status >= 400) trace.fail(`upstream-${status}`, `${model ?? 'Ollama'} answered with status ${status}.`);
  const named = model === undefined ? [] : ['x-openclaw-model', encodeHeaderValue(model)];
  response.writeHead(status, ['content-type', contentType, ...headers, ...named]);
  const isStream = status === 200 && contentType.includes('ndjson');
  const end = createMarkFinder(isStream ? endMark : '');
  try {
    await relayBody(end.watch(body), exchange);
    if (!end.found())
      throw new ProviderError('invalid-response', `${model ?? 'Ollama'} ended its answer before it was complete.`, {
        model,
      });
    response.end();
  } catch (error) {
    if (!isStream) throw error;
    response.end(`\n${encodeError(recordFailure(error, { trace, signal, logger })).body}\n`);
  }
}

/** Looks for a text in a stream, wherever it is cut. */
function createMarkFinder(mark: string) {
  let found = mark === '';
  let tail = '';

  function read(chunk: Uint8Array): void {
    if (found) return;
    const text = tail + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    found = text.includes(mark);
    tail = text.slice(-mark.length);
  }

  return {
    async *watch(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of body) {
        read(chunk);
        yield chunk;
      }
    },
    found: () => found,
  };
}
