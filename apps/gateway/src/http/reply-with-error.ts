import type { IncomingMessage } from 'node:http';
import { retryAfterSeconds } from '@openclaw/upstream-errors';
import type { Exchange, GatewayLogger } from '../gateway-context.ts';
import type { ErrorEncoder } from './error-encoder.ts';
import { recordFailure } from './record-failure.ts';
import { sendReply } from './send-reply.ts';

export interface ErrorReplyOptions {
  readonly exchange: Exchange;
  readonly encoder: ErrorEncoder;
  readonly logger: GatewayLogger;
}

/** Replies with what was thrown on the way of a request. A reply that has begun is cut, so that it does not look whole. */
export function replyWithError(error: unknown, { exchange, encoder, logger }: ErrorReplyOptions): void {
  const { request, response, trace, signal } = exchange;
  const failure = recordFailure(error, { trace, signal, logger });
  if (response.destroyed) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, body, headers } = encoder.encodeError(failure);
  const { length: attempts } = trace.attempts;
  const all = {
    ...failure.headers,
    ...encodeRetryAfter(failure.retryAfterMs),
    ...headers,
    ...(attempts > 0 && { 'x-openclaw-attempts': String(attempts) }),
  };
  sendReply(exchange, { status, headers: Object.entries(all).flat(), body });
  if (!request.complete) discardRest(request);
}

function encodeRetryAfter(retryAfterMs: number | undefined): Readonly<Record<string, string>> {
  return retryAfterMs === undefined ? {} : { 'retry-after': String(retryAfterSeconds(retryAfterMs)) };
}

/** How long a client may go on sending a body that was refused already. */
const LINGER_MS = 5_000;

/**
 * Reads what is left of a body and drops it. Closing at once would reset the connection, and the client would never see
 * the reply that says why.
 */
function discardRest(request: IncomingMessage): void {
  const { socket } = request;
  const stop = () => {
    clearTimeout(timer);
    socket.off('close', stop);
  };
  const timer = setTimeout(() => request.destroy(), LINGER_MS);
  request.resume();
  request.once('close', stop);
  // Node does not close a request whose response has ended when its connection closes: the timer would hold up the exit.
  socket.once('close', stop);
}
