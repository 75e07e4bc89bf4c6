import { createChunkEncoder, encodeCompletion, parseChatRequest } from '@openclaw/openai-wire';
import { collectMessage, openEventStream, ProviderError } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import type { Exchange, GatewayContext } from '../gateway-context.ts';
import { createSseWriter } from '../http/create-sse-writer.ts';
import { noteFailure } from '../http/note-failure.ts';
import { readJsonBody } from '../http/read-json-body.ts';
import { encodeHeaderValue, sendReply } from '../http/send-reply.ts';
import type { RequestTrace } from '../observe/request-journal.ts';
import { JSON_LIMITS } from '../openai-api/limits.ts';
import { tellLater } from './tell-later.ts';

/** `POST /v1/chat/completions`, whole or as a stream. */
export async function chatCompletions(exchange: Exchange, context: GatewayContext): Promise<void> {
  const { signal, trace } = exchange;
  const { runtime, settings, bodyMemory: memory } = context;
  const body = await readJsonBody(exchange, { maxBytes: settings().limits.maxBodyBytes, memory, ...JSON_LIMITS });
  const { request, ...parsed } = parseChatRequest(body);
  // `openclaw:<agent>` is the older way to write `openclaw/<agent>`.
  const model = request.model?.replace(/^openclaw:/i, 'openclaw/');
  trace.asked(model, parsed.stream);
  if (settings().logPrompts) context.logger.info({ requestId: trace.id, messages: request.messages }, 'prompt');
  const asked = { ...request, ...(model !== undefined && { model }), client: exchange.client };
  const events = runtime.chat(asked, { signal });
  const created = Math.floor(context.now() / 1000);
  const identity = { id: `chatcmpl-${exchange.unique}`, created };
  if (parsed.stream) {
    await streamAnswer(exchange, { context, events, identity, includeUsage: parsed.includeUsage });
    return;
  }
  const message = await collectMessage(events, { onEvent: (event) => trace.see(event) });
  if (settings().logPrompts) context.logger.info({ requestId: trace.id, message }, 'answer');
  sendReply(exchange, { headers: describeAnswer(trace), body: encodeCompletion(message, identity) });
}

/** When it is known how many of the model's mistakes were put right; HTTP/1.0 (nginx, by default) knows no trailers. */
type RepairsTold = 'repairs-known' | 'repairs-follow' | 'without-repairs';

/** Who answered, after how many attempts and repairs. */
function describeAnswer(trace: RequestTrace, repairsTold: RepairsTold = 'repairs-known'): readonly string[] {
  const { model = '', attempts, repairs } = trace;
  const told: Record<RepairsTold, readonly string[]> = {
    'repairs-known': ['x-openclaw-repairs', String(repairs.length)],
    'repairs-follow': ['trailer', 'x-openclaw-repairs'],
    'without-repairs': [],
  };
  const count = String(Math.max(1, attempts.length));
  return ['x-openclaw-model', encodeHeaderValue(model), 'x-openclaw-attempts', count, ...told[repairsTold]];
}

const SSE_HEADERS = [
  'content-type',
  'text/event-stream; charset=utf-8',
  // Proxies that buffer (nginx) would hold the stream back.
  'x-accel-buffering',
  'no',
];

interface StreamedAnswer {
  readonly context: GatewayContext;
  readonly events: AsyncIterable<StreamEvent>;
  readonly identity: { readonly id: string; readonly created: number };
  readonly includeUsage: boolean;
}

/** Until the first event a failure is a status; after it, an event that says so. Only an answer that ended ends with `[DONE]`. */
async function streamAnswer(
  { request, response, headers, trace, signal }: Exchange,
  { context, events, identity, includeUsage }: StreamedAnswer,
): Promise<void> {
  const { keepAliveCommentMs } = context.settings().limits;
  const writer = createSseWriter(response, {
    headers: [...SSE_HEADERS, ...headers],
    keepAliveMs: keepAliveCommentMs,
    openAfterMs: keepAliveCommentMs,
    early: tellLater(trace, request),
  });
  const encoder = createChunkEncoder({ ...identity, includeUsage });
  const source = openEventStream(events);
  try {
    for (let ended = false; !ended;) {
      const pulled = await source.pull();
      if (pulled.length === 0)
        throw new ProviderError('invalid-response', 'The answer broke off: it has neither an end nor an error.');
      let text = '';
      for (const event of pulled) {
        trace.see(event);
        if (event.type === 'start')
          writer.open(describeAnswer(trace, request.httpVersion === '1.0' ? 'without-repairs' : 'repairs-follow'));
        text += encoder.encode(event);
      }
      if (text !== '' && !writer.send(text)) await writer.drained();
      const last = pulled.at(-1);
      if (last?.type === 'error') throw last.error;
      ended = last?.type === 'finish';
    }
    writer.end({ 'x-openclaw-repairs': String(trace.repairs.length) });
  } catch (error) {
    if (writer.opened) writer.send(`data: ${noteFailure(error, { trace, signal, logger: context.logger }).body}\n\n`);
    else throw error;
  } finally {
    writer.end();
    await source.return();
  }
}
