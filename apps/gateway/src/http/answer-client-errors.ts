import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayError } from '../gateway-error.ts';
import type { GatewayErrorCode } from '../gateway-error.ts';
import { encodeError } from '../openai-api/encode-error.ts';

/**
 * Answers bytes that are no request, or not in time, in the same words as everything else, and closes the connection. While a
 * reply to an earlier request is on its way there is no place for another: it is cut, and does not end as a success.
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
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const replying = (replies.get(socket) ?? []).some((response) => response.headersSent && !isOver(response));
    if (!socket.writable || error.code === 'ECONNRESET' || replying) socket.destroy();
    else answer(error, socket);
  });
}

function isOver({ writableFinished, destroyed }: ServerResponse): boolean {
  return writableFinished || destroyed;
}

function answer(error: NodeJS.ErrnoException, socket: Duplex): void {
  const known = CLIENT_ERRORS.get(error.code ?? '') ?? NOT_HTTP;
  const { status, body } = encodeError(new GatewayError(known.code, known.message));
  socket.end(
    `HTTP/1.1 ${status} ${known.reason}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
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

const CLIENT_ERRORS: ReadonlyMap<string, ClientErrorAnswer> = new Map<string, ClientErrorAnswer>([
  [
    'HPE_HEADER_OVERFLOW',
    { code: 'headers-too-large', reason: 'Request Header Fields Too Large', message: 'The headers are too large.' },
  ],
  [
    'ERR_HTTP_REQUEST_TIMEOUT',
    { code: 'body-timeout', reason: 'Request Timeout', message: 'The request did not arrive in time.' },
  ],
]);
