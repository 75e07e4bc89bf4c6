import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JournalPage } from './journal.ts';
import { unlessAborted } from './pause.ts';

/** Headers of a response; an array is several lines. */
export type ResponseHeaders = Readonly<Record<string, string | string[]>>;

/** One request and its response, including failures. */
export interface Exchange {
  /** Aborts when the connection is closed, by either side. */
  readonly signal: AbortSignal;
  readonly page: JournalPage;
  readonly begun: boolean;
  /** Sends a whole response, chunked if it is long or `transfer-encoding` is among the headers. */
  readonly send: (status: number, answer?: { body?: string | Uint8Array; headers?: ResponseHeaders }) => Promise<void>;
  /** Sets the headers of a chunked response; they are sent with the first piece. */
  begin(status: number, headers: ResponseHeaders): void;
  /** One socket write. Resolves when it was flushed. */
  write(bytes: string | Uint8Array): Promise<void>;
  end(): void;
  /** Destroys the connection after the written data was sent. */
  cut(): void;
  /** Destroys the connection with a TCP reset. */
  reset(): void;
}

/** Go announces the length of bodies up to this one; longer ones are chunked. */
const MAX_LENGTH_IN_ADVANCE = 2048;

/** Tracks one request until its connection or its response ends. */
export function createExchange(
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  { page, closing }: { page: JournalPage; closing: AbortSignal },
): Exchange {
  const gone = new AbortController();
  let cut = false;
  response.once('close', () => {
    page.finish(response.writableFinished ? 'finished' : cut || closing.aborted ? 'cut' : 'client-left');
    gone.abort(new Error('The connection was closed.'));
  });
  // A reset by the client is an error too; `close` follows and is sufficient.
  request.on('error', () => undefined);
  response.on('error', () => undefined);

  const begin: Exchange['begin'] = (status, headers) => {
    response.writeHead(status, headers);
    page.note({ status, phase: 'replying' });
  };
  return {
    signal: gone.signal,
    page,
    get begun() {
      return response.headersSent;
    },
    async send(status, { body = '', headers = {} } = {}) {
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      const chunked = status === 204 || bytes.length > MAX_LENGTH_IN_ADVANCE || 'transfer-encoding' in headers;
      begin(status, { ...(chunked ? {} : { 'content-length': String(bytes.length) }), ...headers });
      const sent = Promise.withResolvers<void>();
      response.end(request.method === 'HEAD' ? undefined : bytes, sent.resolve);
      await unlessAborted(sent.promise, gone.signal);
    },
    begin,
    write: (bytes) =>
      unlessAborted(
        new Promise((resolve) => {
          // If a write fails, `close` follows, and aborts.
          response.write(bytes, (error) => void (error ?? resolve()));
        }),
        gone.signal,
      ),
    end: () => void response.end(),
    cut() {
      cut = true;
      response.destroy();
    },
    reset() {
      cut = true;
      request.socket.resetAndDestroy();
    },
  };
}
