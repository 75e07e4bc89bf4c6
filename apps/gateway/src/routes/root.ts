import type { RouteHandler } from '../gateway-context.ts';
import { sendReply } from '../http/send-reply.ts';
import { page } from './page.ts';

/** `GET /`: the page for browsers, and for Ollama's clients the text by which they know a server that is up. */
export function root(): RouteHandler {
  const showPage = page('page.html');
  return (exchange, context) => {
    if (exchange.request.headers.accept?.includes('text/html') === true) return showPage(exchange, context);
    sendReply(exchange, { contentType: 'text/plain; charset=utf-8', body: 'Ollama is running' });
  };
}
