import type { ProviderError, TimeoutClock, Timeouts } from '@openclaw/provider';
import type { Dispatcher } from 'undici';
import { dispatchRequest } from './connection-pool.ts';
import type { HttpRequest, PendingConnection } from './connection-pool.ts';
import { translateConnectionError } from './connection-failures.ts';
import type { Failures } from './failures.ts';
import type { HttpResponseHead } from './http-exchange.ts';
import { LONGEST_TIMER_MS } from './request-clocks.ts';

export interface FetchWholeOptions {
  readonly request: HttpRequest;
  readonly failures: () => Failures;
  /** The limit for the first event is that of the whole body, of which nothing is known before its end. */
  readonly timeouts: Timeouts;
  readonly signal: AbortSignal | undefined;
  readonly maxBytes: number;
}

/** What came of a response. */
export interface WholeResponse extends HttpResponseHead {
  readonly bytes: Buffer;
  /** Why it ended before its end. */
  readonly failure?: unknown;
}

/**
 * Sends a request and waits for all of its response: one promise, where a stream needs one for each read.
 * @throws {ProviderError} when no response came: connection, clocks, abort
 */
export function fetchWhole(
  dispatcher: Dispatcher,
  { request, failures, timeouts, signal, maxBytes }: FetchWholeOptions,
): Promise<WholeResponse> {
  if (signal?.aborted === true) return Promise.reject(failures().aborted(signal.reason));
  return new Promise((resolve, reject) => {
    const pending: PendingConnection = {};
    const reads: Buffer[] = [];
    let readBytes = 0;
    let controller: Dispatcher.DispatchController | undefined;
    let head: HttpResponseHead | undefined;
    let settled = false;
    let waiting: NodeJS.Timeout | undefined;
    const total = startTimer('total', timeouts.totalMs);
    signal?.addEventListener('abort', abort);

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started;
        if (settled) started.abort(new Error('The request was cancelled while it connected.'));
        else waitFor('first-event', timeouts.firstEventMs);
      },
      onResponseStart(_controller, status, responseHeaders) {
        if (status < 200) return;
        head = { status, headers: responseHeaders };
        // A refusal is said at once, so the time that a model may take is not for it.
        if (status >= 300) waitFor('idle', timeouts.idleMs);
      },
      onResponseData(_controller, bytes) {
        readBytes += bytes.length;
        if (readBytes > maxBytes) cancel(failures().overLimit('the body', maxBytes));
        else reads.push(bytes);
      },
      onResponseEnd: () => settle(),
      onResponseError: (_controller, error) => settle(translateConnectionError(error, { failures })),
    };
    try {
      dispatchRequest(dispatcher, { request, handler, pending });
    } catch (error) {
      settle(error);
    }
    // An idle connection was taken at once, as most are.
    if (controller === undefined && !settled) waitFor('connect', timeouts.connectMs);

    function waitFor(clock: TimeoutClock, ms: number): void {
      clearTimeout(waiting);
      waiting = startTimer(clock, ms);
    }

    function startTimer(clock: TimeoutClock, ms: number): NodeJS.Timeout | undefined {
      return ms > 0 ? setTimeout(expire, Math.min(ms, LONGEST_TIMER_MS), clock, ms) : undefined;
    }

    function expire(clock: TimeoutClock, limitMs: number): void {
      cancel(failures().timeout(clock, limitMs));
    }

    function abort(): void {
      cancel(failures().aborted(signal?.reason));
    }

    /** Closes the connection, in whichever state it is. */
    function cancel(reason: ProviderError): void {
      if (settled) return;
      settle(reason);
      if (controller === undefined) pending.socket?.destroy(reason);
      else controller.abort(reason);
    }

    function settle(failure?: unknown): void {
      if (settled) return;
      settled = true;
      clearTimeout(waiting);
      clearTimeout(total);
      signal?.removeEventListener('abort', abort);
      if (head === undefined) return reject(failure);
      const [first = NO_BYTES] = reads;
      const bytes = reads.length > 1 ? Buffer.concat(reads, readBytes) : first;
      resolve(failure === undefined ? { ...head, bytes } : { ...head, bytes, failure });
    }
  });
}

const NO_BYTES = Buffer.alloc(0);
