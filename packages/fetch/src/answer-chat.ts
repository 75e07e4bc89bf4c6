import { createChunkEncoder, encodeCompletion, parseChatRequest } from '@openclaw/openai-wire';
import type { ChunkEncoderOptions } from '@openclaw/openai-wire';
import { ProviderError } from '@openclaw/provider';
import type { Attempt, StreamEvent } from '@openclaw/provider';
import type { ChatAnswer } from '@openclaw/runtime';
import type { Call } from './call.ts';
import type { FetchContext } from './fetch-context.ts';
import { encodeFailure } from './error-response.ts';
import { toByteStream } from './to-byte-stream.ts';

/**
 * `POST /chat/completions`, whole or streamed.
 * @throws {ProviderError} if the request failed before there was an answer
 */
export async function answerChat(call: Call, { claw }: FetchContext): Promise<Response> {
  const { request, stream, includeUsage } = parseChatRequest(await call.json());
  const id = `chatcmpl-${crypto.randomUUID().replaceAll('-', '')}`;
  const reply = { id, created: Math.floor(Date.now() / 1000), includeUsage };
  const answer = claw.chat(request, { signal: call.signal });
  if (stream) return streamAnswer(answer, { reply, signal: call.signal });
  const message = await answer.message();
  const headers = { ...describeAnswer({ ...message, id }), 'x-openclaw-repairs': String(message.repairs.length) };
  return new Response(encodeCompletion(message, reply), {
    headers: { ...headers, 'content-type': 'application/json' },
  });
}

interface StreamAnswerOptions {
  readonly reply: ChunkEncoderOptions;
  readonly signal: AbortSignal | undefined;
}

/** A failure before the answer starts rejects. After that, it is the last frame of the stream, without `[DONE]`. */
async function streamAnswer(answer: ChatAnswer, { reply, signal }: StreamAnswerOptions): Promise<Response> {
  const encoder = createChunkEncoder(reply);
  let model = '';
  let attempts: readonly Attempt[] = [];

  function encode(events: readonly StreamEvent[]): string {
    let text = '';
    for (const event of events) {
      if (event.type === 'start') ({ model, attempts = [] } = event);
      text += event.type === 'error' ? encodeEnd(event.error) : encoder.encode(event);
    }
    return text;
  }

  function encodeEnd(error: ProviderError): string {
    if (model === '') throw error;
    signal?.throwIfAborted();
    return `data: ${encodeFailure(error)}\n\n`;
  }

  /** The text of the next events; `undefined` at the end. */
  async function pull(): Promise<string | undefined> {
    for (;;) {
      const events = await answer.pull();
      if (events.length === 0) return undefined;
      const text = encode(events);
      if (text !== '') return text;
    }
  }

  const utf8 = new TextEncoder();
  let next = await pull();
  if (next === undefined)
    throw new ProviderError('invalid-response', 'The answer broke off: it has neither an end nor an error.');
  const body = toByteStream({
    async pull() {
      const text = next ?? (await pull());
      next = undefined;
      return text === undefined ? undefined : utf8.encode(text);
    },
    close: () => answer.return(),
  });
  const headers = {
    ...describeAnswer({ id: reply.id, model, attempts }),
    'content-type': 'text/event-stream; charset=utf-8',
  };
  return new Response(body, { headers });
}

/** As the gateway says it. */
function describeAnswer({ id, model, attempts }: { id: string; model: string; attempts: readonly Attempt[] }) {
  return {
    'x-openclaw-model': encodeURI(model),
    'x-openclaw-attempts': String(Math.max(1, attempts.length)),
    'x-request-id': id,
  };
}
