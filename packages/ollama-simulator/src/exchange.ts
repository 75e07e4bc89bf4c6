import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JournalPage } from './journal.ts';
import { unlessAborted } from './pause.ts';

/** One request and its answer, with the ways in which an answer can go wrong. */
export interface Exchange {
  /** Aborts when the connection is gone, whoever closed it. */
  readonly signal: AbortSignal;
  readonly page: JournalPage;
  readonly begun: boolean;
  /** A whole answer. */
  readonly send: (
    status: number,
    answer?: { body?: string | Uint8Array; headers?: Readonly<Record<string, string>> },
  ) => Promise<void>;
  /** The headers of an answer that comes in pieces; they leave with the first piece. */
  begin(status: number, headers: Readonly<Record<string, string>>): void;
  /** One socket write. Resolves when it has left the process. */
  write(bytes: string | Uint8Array): Promise<void>;
  end(): void;
  /** Destroys the connection; what was written before still arrives. */
  cut(): void;
  /** Destroys the connection with a TCP reset. */
  reset(): void;
}

/** Follows one request until its connection or its answer is over. */
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
  // A reset by the client comes as an error too; `close` tells all there is to know.
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
      begin(status, { 'content-length': String(bytes.length), ...headers });
      const sent = Promise.withResolvers<void>();
      response.end(request.method === 'HEAD' ? undefined : bytes, sent.resolve);
      await unlessAborted(sent.promise, gone.signal);
    },
    begin,
    write: (bytes) =>
      unlessAborted(
        new Promise((resolve) => {
          // A write that fails means that the connection is going: `close` follows, and aborts.
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
