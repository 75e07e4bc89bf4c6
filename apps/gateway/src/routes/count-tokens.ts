import type { RouteHandler } from '../gateway-context.ts';
import { readRequestBody } from '../http/read-request-body.ts';
import { sendReply } from '../http/send-reply.ts';
import type { TokenCounter } from '../surfaces/surface.ts';

/** Counts the tokens of a request. Sends nothing to a model: clients count often, and before they know whether they ask. */
export function countTokens(surface: TokenCounter): RouteHandler {
  return async (exchange, context) => {
    const request = surface.parseCount(await readRequestBody(exchange, context));
    const tokens = await context.runtime.countTokens({ ...request, ...exchange.client }, { signal: exchange.signal });
    sendReply(exchange, { body: surface.encodeCount(tokens) });
  };
}
