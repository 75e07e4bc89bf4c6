import type { Exchange, GatewayContext } from '../gateway-context.ts';
import { describeConnection } from '../connect/describe-connection.ts';
import { renderFile } from '../connect/client-setup.ts';
import { CLIENTS } from '../connect/clients.ts';
import { readAuthority } from '../http/read-authority.ts';
import { parseRequestTarget } from '../http/parse-request-target.ts';
import { sendReply } from '../http/send-reply.ts';

/** `GET /connect`: how to set up client programs, for the page. Keys are placeholders. */
export async function connect(exchange: Exchange, { runtime, settings }: GatewayContext): Promise<void> {
  const { request, signal } = exchange;
  const authority = readAuthority(request, parseRequestTarget(request.url));
  const connection = await describeConnection(runtime, {
    url: `http://${authority}`,
    hasToken: settings().requiresToken,
    signal,
  });
  const clients = CLIENTS.map(({ id, name, api, setUp }) => {
    const { file, shell, code, notes = [] } = setUp(connection);
    return { id, name, api, notes, shell, code: code?.text, file: file && { path: file.path, text: renderFile(file) } };
  });
  sendReply(exchange, { body: JSON.stringify({ clients }) });
}
