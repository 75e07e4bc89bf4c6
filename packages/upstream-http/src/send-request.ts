import { isProviderError } from '@openclaw/provider';
import type { Timeouts } from '@openclaw/provider';
import type { Dispatcher } from 'undici';
import { ByteCollector } from '@openclaw/upstream-errors';
import type { Failures } from '@openclaw/upstream-errors';
import { translateConnectionError } from './connection-failures.ts';
import { openExchange } from './http-exchange.ts';
import type { HttpRequest } from './dispatch-request.ts';
import type { HttpExchange } from './http-exchange.ts';
import { startRequestClocks } from './request-clocks.ts';
import type { RequestClocks } from './request-clocks.ts';

export interface SendRequestOptions {
  readonly request: HttpRequest;
  readonly failures: () => Failures;
  readonly timeouts: Timeouts;
  /** Any of them aborts. */
  readonly signals: readonly (AbortSignal | undefined)[];
}

/** A request under way, with its clocks. What goes wrong rejects with a ProviderError. */
export interface SentRequest extends Pick<HttpExchange, 'body' | 'head'> {
  readonly clocks: RequestClocks;
  /** Ends everything: clocks, listeners and the connection, which is kept for the next request when the answer was `complete`. */
  readonly finish: (complete?: boolean) => void;
}

/**
 * Sends a request under its clocks and signals.
 * @throws {ProviderError} `aborted` when a signal was aborted already; nothing is sent then.
 */
export function sendRequest(
  dispatcher: Dispatcher,
  { request, failures, timeouts, signals }: SendRequestOptions,
): SentRequest {
  const aborted = signals.find((signal) => signal?.aborted === true);
  if (aborted !== undefined) throw failures().aborted(aborted.reason);

  let exchange: HttpExchange | undefined;
  const clocks = startRequestClocks(timeouts, {
    expire: (clock, limitMs) => exchange?.cancel(failures().timeout(clock, limitMs)),
  });
  try {
    exchange = openExchange(dispatcher, {
      request,
      onConnected: () => clocks.connected(),
      onReconnect: () => clocks.reconnecting(),
      translate: (error) => translateConnectionError(error, { failures }),
    });
  } catch (error) {
    clocks.stop();
    throw error;
  }
  const { head, body, release, cancel } = exchange;
  for (const signal of signals) signal?.addEventListener('abort', abort, { once: true });
  return { head, body, clocks, finish };

  function abort(event: Event): void {
    const reason: unknown = event.target instanceof AbortSignal ? event.target.reason : undefined;
    cancel(failures().aborted(reason));
  }

  function finish(complete = false): void {
    clocks.stop();
    for (const signal of signals) signal?.removeEventListener('abort', abort);
    if (complete) release();
    else cancel(failures().aborted(LEFT));
  }
}

/**
 * Why an answer is cancelled whose consumer has left; a read that is under way ends with it. Made once: a reason of its own for each,
 * stack trace included, costs more than all else that ends a request.
 */
export const LEFT = new DOMException('The consumer left.', 'AbortError');

/** Reads the body of a failed answer, as far as it comes and as far as anybody wants to read it. */
export async function readBodyText(
  sent: SentRequest,
  { maxBytes = 64 * 1024 }: { readonly maxBytes?: number } = {},
): Promise<string> {
  const reads = new ByteCollector();
  sent.clocks.event();
  try {
    for await (const read of watchBody(sent)) {
      reads.push(read);
      if (reads.length >= maxBytes) break;
    }
  } catch (error) {
    // The status is known and says more than a body that broke off. An abort is not about the body.
    if (!isProviderError(error) || error.code === 'aborted') throw error;
  }
  return new TextDecoder().decode(reads.take().subarray(0, maxBytes));
}

/** The bytes of an answer under the idle clock. The last of them finishes the request, and so does leaving, even before the first. */
export function watchBody({ body, clocks, finish }: SentRequest): AsyncIterableIterator<Uint8Array, void, undefined> {
  const iterator: AsyncIterableIterator<Uint8Array, void, undefined> = {
    async next() {
      try {
        clocks.wait();
        const read = await body.next();
        clocks.rest();
        clocks.event();
        if (read.done === true) finish(true);
        return read;
      } catch (error) {
        finish();
        throw error;
      }
    },
    async return() {
      finish();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
