import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayError } from '../gateway-error.ts';
import type { GatewayErrorCode } from '../gateway-error.ts';
import { encodeError } from '../openai-api/encode-error.ts';

/**
 * Answers bytes that are no request, or not in time, and requests for a tunnel, in the same words as everything else, and closes
 * the connection. While a reply to an earlier request is on its way there is no place for another: it is cut, and does not end
 * as a success.
 */
export function answerClientErrors(server: Server): void {
  /** Replies of a connection, in the order in which they go out. */
  const replies = new WeakMap<Duplex, ServerResponse[]>();
  server.on('request', ({ socket }, response) => {
    const open = replies.get(socket);
    if (open === undefined) replies.set(socket, [response]);
    else {
      while (open[0] !== undefined && isOver(open[0])) open.shift();
      open.push(response);
    }
  });
  const replying = (socket: Duplex) =>
    (replies.get(socket) ?? []).some((response) => response.headersSent && !isOver(response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET' || replying(socket)) socket.destroy();
    else answer(CLIENT_ERRORS.get(error.code ?? '') ?? NOT_HTTP, socket);
  });
  server.on('connect', (_request, socket) => {
    // Node lets go of such a connection: nobody else listens to its errors, or closes it when the gateway is stopped.
    socket.on('error', () => socket.destroy());
    if (replying(socket)) socket.destroy();
    else answer(NO_PROXY, socket).once('finish', () => socket.destroy());
  });
}

function isOver({ writableFinished, destroyed }: ServerResponse): boolean {
  return writableFinished || destroyed;
}

function answer({ code, reason, message }: ClientErrorAnswer, socket: Duplex): Duplex {
  const { status, body } = encodeError(new GatewayError(code, message));
  return socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

interface ClientErrorAnswer {
  readonly code: GatewayErrorCode;
  readonly reason: string;
  readonly message: string;
}

const NOT_HTTP: ClientErrorAnswer = {
  code: 'invalid-request',
  reason: 'Bad Request',
  message: 'This is not an HTTP request.',
};

const NO_PROXY: ClientErrorAnswer = {
  code: 'invalid-request',
  reason: 'Bad Request',
  message: 'This gateway is no proxy and opens no tunnels. Ask it for a path, such as /v1/models.',
};

const CLIENT_ERRORS: ReadonlyMap<string, ClientErrorAnswer> = new Map<string, ClientErrorAnswer>([
  [
    'HPE_INVALID_URL',
    {
      code: 'invalid-request',
      reason: 'Bad Request',
      message: 'What the request asks for is neither a path nor an http:// URL.',
    },
  ],
  [
    'HPE_HEADER_OVERFLOW',
    { code: 'headers-too-large', reason: 'Request Header Fields Too Large', message: 'The headers are too large.' },
  ],
  [
    'ERR_HTTP_REQUEST_TIMEOUT',
    { code: 'body-timeout', reason: 'Request Timeout', message: 'The request did not arrive in time.' },
  ],
]);
