import type { Exchange, GatewayContext } from '../gateway-context.ts';
import { sendReply } from '../http/send-reply.ts';

/** `GET /log?after=N`: the last lines of the log after a sequence, for the page. */
export function logLines(exchange: Exchange, { logger }: GatewayContext): void {
  const after = /[?&]after=(\d{1,15})(?:&|$)/.exec(exchange.request.url ?? '')?.[1] ?? '0';
  const lines = logger.linesAfter?.(Number(after)) ?? [];
  sendReply(exchange, { body: JSON.stringify({ lines }) });
}
