import { collectMessage, openEventStream, ProviderError } from '@openclaw/provider';
import type { JsonValue, StreamEvent } from '@openclaw/provider';
import type { Exchange, GatewayContext, RouteHandler } from './gateway-context.ts';
import { createStreamWriter } from './http/create-stream-writer.ts';
import { readRequestBody } from './http/read-request-body.ts';
import { readSession } from './http/read-session.ts';
import { recordFailure } from './http/record-failure.ts';
import { encodeHeaderValue, sendReply } from './http/send-reply.ts';
import { trailersForEarlyReply } from './http/trailers-for-early-reply.ts';
import { answeringEndpoint } from './observe/answering-endpoint.ts';
import type { RequestTrace } from './observe/request-trace.ts';
import type { StreamEncoder, Surface } from './surfaces/surface.ts';

/** The endpoint of a client API that answers chat requests, whole or as a stream. */
export function answer<Reply>(surface: Surface<Reply>): RouteHandler {
  const reported = createOnceFilter();
  return async (exchange, context) => {
    const body = await readRequestBody(exchange, context);
    await answerBody(body, { surface, exchange, context, reported });
  };
}

export interface AnswerBodyOptions<Reply> {
  readonly surface: Surface<Reply>;
  readonly exchange: Exchange;
  readonly context: GatewayContext;
  /** Whether a part that was left out has not been logged yet. @default every part */
  readonly reported?: (part: string) => boolean;
}

/** Answers a chat request whose body has been read. */
export async function answerBody<Reply>(
  body: JsonValue,
  { surface, exchange, context, reported = () => true }: AnswerBodyOptions<Reply>,
): Promise<void> {
  const { signal, trace, client, sender, unique } = exchange;
  const { runtime, settings, logger, uptimeMs } = context;
  const receivedMs = uptimeMs();
  const origin = { unique, client: sender.name, now: context.now(), elapsedMs: () => uptimeMs() - receivedMs };
  const { request, stream, reply, leftOut = [] } = surface.parse(body, origin);
  trace.asked(request.model, stream);
  const unreported = leftOut.filter(reported);
  if (unreported.length > 0) logger.info({ requestId: trace.id, leftOut: unreported }, 'parts of a request left out');
  if (settings().logPrompts) logger.info({ requestId: trace.id, messages: request.messages }, 'prompt');
  const session = readSession(exchange.request.headers, body);
  const asked = { ...request, ...client, session, prefersStreaming: prefersStreaming(exchange), wholeAnswer: !stream };
  const events = runtime.chat(asked, { signal });
  if (stream) {
    const encoder = surface.createStreamEncoder(reply);
    await streamAnswer(exchange, { context, events, encoder, headers: surface.streamHeaders });
    return;
  }
  const message = await collectMessage(events, { onEvent: (event) => trace.see(event) });
  if (settings().logPrompts) logger.info({ requestId: trace.id, message }, 'answer');
  sendReply(exchange, { headers: describeAnswer(trace), body: surface.encodeAnswer(message, reply) });
}

/** The gateway's own page shows words as they come. Other clients get the default of the provider. */
function prefersStreaming({ request }: Exchange): true | undefined {
  return request.headers['x-openclaw-streaming'] === 'prefer' ? true : undefined;
}

/** Passes each text once: some clients send the same unsupported tool with every request. */
function createOnceFilter(): (text: string) => boolean {
  const seen = new Set<string>();
  return (text) => {
    if (seen.has(text) || seen.size >= MAX_REMEMBERED_TEXTS) return false;
    seen.add(text);
    return true;
  };
}

/** Clients choose these texts. Past the limit, nothing more is logged. */
const MAX_REMEMBERED_TEXTS = 200;

/** When repairs and warnings are known. HTTP/1.0 (nginx, by default) has no trailers. */
type RemarksKnown = 'known' | 'in-trailer' | 'left-out';

/** Reply headers: the model that answers and its endpoint, the number of attempts and repairs, and the warnings. */
function describeAnswer(trace: RequestTrace, known: RemarksKnown = 'known'): readonly string[] {
  const { model = '', attempts } = trace;
  const headers = ['x-openclaw-model', encodeHeaderValue(model)];
  const endpoint = answeringEndpoint(trace);
  if (endpoint !== undefined) headers.push('x-openclaw-endpoint', encodeHeaderValue(endpoint));
  headers.push('x-openclaw-attempts', String(Math.max(1, attempts.length)));
  if (known === 'in-trailer') headers.push('trailer', 'x-openclaw-repairs, x-openclaw-warnings');
  if (known === 'known') for (const remark of describeRemarks(trace)) headers.push(...remark);
  return headers;
}

/** The number of repairs, and the kinds of the warnings if there are any. */
function describeRemarks({ repairs, warnings }: RequestTrace): readonly (readonly [name: string, value: string])[] {
  const counted = ['x-openclaw-repairs', String(repairs.length)] as const;
  return warnings.length === 0 ? [counted] : [counted, ['x-openclaw-warnings', warnings.join(', ')]];
}

interface StreamedAnswer {
  readonly context: GatewayContext;
  readonly events: AsyncIterable<StreamEvent>;
  readonly encoder: StreamEncoder;
  readonly headers: readonly string[];
}

/** Before the first event a failure is a status. After it, the stream ends with an error in the shape of its API. */
async function streamAnswer(
  { request, response, headers: common, trace, signal }: Exchange,
  { context, events, encoder, headers }: StreamedAnswer,
): Promise<void> {
  const { keepAliveCommentMs } = context.settings().limits;
  const writer = createStreamWriter(response, {
    headers: [...headers, ...common],
    keepAlive: () => encoder.keepAlive(),
    keepAliveMs: keepAliveCommentMs,
    openAfterMs: keepAliveCommentMs,
    early: trailersForEarlyReply(trace, request),
  });
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
          writer.open(describeAnswer(trace, request.httpVersion === '1.0' ? 'left-out' : 'in-trailer'));
        text += encoder.encode(event);
      }
      if (text !== '' && !writer.send(text)) await writer.drained();
      const last = pulled.at(-1);
      if (last?.type === 'error') throw last.error;
      ended = last?.type === 'finish';
    }
    writer.end(Object.fromEntries(describeRemarks(trace)));
  } catch (error) {
    if (!writer.opened) throw error;
    writer.send(encoder.fail(recordFailure(error, { trace, signal, logger: context.logger })));
  } finally {
    writer.end();
    await source.return();
  }
}
