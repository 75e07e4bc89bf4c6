import type { Duplex } from 'node:stream';
import { GatewayError } from '../gateway-error.ts';
import type { GatewayErrorCode } from '../gateway-error.ts';
import { encodeError } from '../openai-api/encode-error.ts';

/** Answers bytes that are no request, or not in time, in the same words as everything else, and closes the connection. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
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
