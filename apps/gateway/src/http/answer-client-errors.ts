import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayError } from '../gateway-error.ts';
import type { GatewayErrorCode } from '../gateway-error.ts';
import { PLAIN_JSON_ERRORS } from './error-encoder.ts';
import type { ErrorEncoder } from './error-encoder.ts';
import { toFailure } from './to-failure.ts';

export interface ClientErrorOptions {
  /** How long a client may take to read the answer and close its side. Then the socket is destroyed. */
  readonly lingerMs?: number | undefined;
  /** How the client of a request reads errors. @default plain JSON */
  readonly errorsOf?: ((request: IncomingMessage) => ErrorEncoder) | undefined;
}

/**
 * Answers what is no HTTP request, requests that do not arrive in time, and requests for a tunnel, and closes the
 * connection. Responses to earlier requests of the connection are sent first. A response that is being sent at that moment
 * is cut, and does not end as a success.
 */
export function answerClientErrors(
  server: Server,
  { lingerMs = 1_000, errorsOf = () => PLAIN_JSON_ERRORS }: ClientErrorOptions = {},
): void {
  /** Requests of a connection whose responses have not been sent, and the latest one in any case. */
  const exchanges = new WeakMap<Duplex, ClientExchange[]>();
  const refused = new WeakSet<Duplex>();

  const track = (request: IncomingMessage, response: ServerResponse) => {
    let tracked = exchanges.get(request.socket);
    if (tracked === undefined) exchanges.set(request.socket, (tracked = []));
    // The responses of a connection end in the order of its requests.
    while (tracked[0] !== undefined && isOver(tracked[0].response)) tracked.shift();
    tracked.push({ request, response });
  };
  server.on('request', track);
  server.on('checkExpectation', track);

  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET') socket.destroy();
    else refuse(socket, CLIENT_ERRORS.get(error.code ?? '') ?? NOT_HTTP);
  });
  server.on('connect', (_request, socket) => {
    // Node removes its own listeners from such a connection, also those that end its open responses when it closes.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      for (const { response } of exchanges.get(socket) ?? []) if (!isOver(response)) response.emit('close');
    });
    socket.resume();
    refuse(socket, NO_TUNNEL);
  });

  function refuse(socket: Duplex, reply: ClientErrorReply): void {
    // After its first error the parser reports the same error for every further chunk.
    if (refused.has(socket)) return;
    refused.add(socket);
    const all = exchanges.get(socket) ?? [];
    const latest = all.at(-1);
    // Of a request that has not arrived whole, this is the end, and the answer to it.
    const failed = latest?.request.complete === false ? latest : undefined;
    const before = all.filter((exchange) => exchange !== failed && !isOver(exchange.response));
    const isBegun = (exchange: ClientExchange) => exchange.response.headersSent;
    if (before.some(isBegun)) {
      socket.destroy();
      return;
    }
    const end = () => {
      if (!socket.writable || (failed !== undefined && isBegun(failed))) socket.destroy();
      else closeWith(socket, encodeReply(reply, failed === undefined ? PLAIN_JSON_ERRORS : errorsOf(failed.request)));
    };
    const last = before.at(-1);
    if (last === undefined) {
      end();
      return;
    }
    last.response.once('close', end);
    // After an error Node no longer ends open responses when the client closes its side.
    socket.once('end', () => socket.destroy());
  }

  function closeWith(socket: Duplex, bytes: string): void {
    socket.end(bytes);
    const timer = setTimeout(() => socket.destroy(), lingerMs);
    socket.once('close', () => clearTimeout(timer));
  }
}

interface ClientExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

function isOver({ writableFinished, destroyed }: ServerResponse): boolean {
  return writableFinished || destroyed;
}

function encodeReply({ code, reason, message }: ClientErrorReply, encoder: ErrorEncoder): string {
  const { status, body } = encoder.encodeError(toFailure(new GatewayError(code, message)));
  return `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`;
}

interface ClientErrorReply {
  readonly code: GatewayErrorCode;
  readonly reason: string;
  readonly message: string;
}

const NOT_HTTP: ClientErrorReply = {
  code: 'invalid-request',
  reason: 'Bad Request',
  message: 'This is not an HTTP request.',
};

const NO_TUNNEL: ClientErrorReply = {
  code: 'invalid-request',
  reason: 'Bad Request',
  message: 'This gateway is no proxy and opens no tunnels. Ask it for a path, such as /v1/models.',
};

const CLIENT_ERRORS: ReadonlyMap<string, ClientErrorReply> = new Map<string, ClientErrorReply>([
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
