import type { RouteHandler } from '../gateway-context.ts';
import { GatewayError } from '../gateway-error.ts';
import { sendReply } from '../http/send-reply.ts';

/**
 * `GET /v1/responses`. Codex tries a WebSocket first; after 426 it uses HTTP for the rest of its session, and after any
 * other status it tries again and again.
 */
export const refuseWebSocket: RouteHandler = (exchange) => {
  if (exchange.request.headers.upgrade === undefined) {
    throw new GatewayError('method-not-allowed', 'GET does not work at /v1/responses. Use POST, or name a response.', {
      headers: { allow: 'POST, OPTIONS' },
    });
  }
  const message = 'This gateway has no WebSocket. Send the request with POST.';
  sendReply(exchange, {
    status: 426,
    headers: ['connection', 'close'],
    body: JSON.stringify({
      error: { message, type: 'invalid_request_error', param: null, code: 'upgrade_not_supported' },
    }),
  });
};
