import { createBatch } from '@openclaw/provider';
import type { ProviderError, TimeoutClock, Timeouts } from '@openclaw/provider';
import type { Dispatcher } from 'undici';
import { ByteCollector } from '@openclaw/upstream-errors';
import type { Failures } from '@openclaw/upstream-errors';
import { translateConnectionError } from './connection-failures.ts';
import type { PendingConnection } from './connection-pool.ts';
import { dispatchRequest } from './dispatch-request.ts';
import type { HttpRequest, ResponseHandler } from './dispatch-request.ts';
import type { HttpResponseHead } from './http-exchange.ts';
import { afterReading } from './after-reading.ts';
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
  readonly bytes: Uint8Array;
  /** Why it ended before its end. */
  readonly failure?: unknown;
}

/**
 * Sends a request and waits for all of its response: one promise, where a stream needs one for each read.
 * @throws {ProviderError} when no response came: connection, clocks, abort
 */
export function fetchWhole(dispatcher: Dispatcher, options: FetchWholeOptions): Promise<WholeResponse> {
  const { signal, failures } = options;
  if (signal?.aborted === true) return Promise.reject(failures().aborted(signal.reason));
  return new Promise((resolve, reject) => new WholeFetch(options, { resolve, reject }).send(dispatcher));
}

/** Who waits for a response. */
interface Waiting {
  readonly resolve: (response: WholeResponse) => void;
  readonly reject: (reason: unknown) => void;
}

/** A class, as there is one for each request: the closures of an object would cost more than what they do. */
class WholeFetch implements ResponseHandler {
  readonly #options: FetchWholeOptions;
  readonly #waiting: Waiting;
  readonly #pending: PendingConnection = {};
  readonly #reads = new ByteCollector();
  #controller: Dispatcher.DispatchController | undefined;
  #head: HttpResponseHead | undefined;
  #settled = false;
  #clock: NodeJS.Timeout | undefined;
  readonly #total: NodeJS.Timeout | undefined;
  readonly #onAbort = (): void => this.#cancel(this.#options.failures().aborted(this.#options.signal?.reason));

  constructor(options: FetchWholeOptions, waiting: Waiting) {
    this.#options = options;
    this.#waiting = waiting;
    this.#total = this.#startTimer('total', options.timeouts.totalMs);
    options.signal?.addEventListener('abort', this.#onAbort);
  }

  send(dispatcher: Dispatcher): void {
    try {
      dispatchRequest(dispatcher, { request: this.#options.request, handler: this, pending: this.#pending });
    } catch (error) {
      this.#settle(error);
    }
    // An idle connection was taken at once, as most are.
    if (this.#controller === undefined && !this.#settled) this.#waitFor('connect', this.#options.timeouts.connectMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#settled) controller.abort(new Error('The request was cancelled while it connected.'));
    else this.#waitFor('first-event', this.#options.timeouts.firstEventMs);
  }

  onReconnect(): void {
    this.#controller = undefined;
    this.#waitFor('connect', this.#options.timeouts.connectMs);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: HttpResponseHead['headers'],
  ): void {
    if (status < 200) return;
    this.#head = { status, headers };
    // A refusal is said at once, so the time that a model may take is not for it.
    if (status >= 300) this.#waitFor('idle', this.#options.timeouts.idleMs);
  }

  onResponseData(_controller: Dispatcher.DispatchController, bytes: Buffer): void {
    const { maxBytes, failures } = this.#options;
    this.#reads.push(bytes);
    if (this.#reads.length > maxBytes) this.#cancel(failures().overLimit('the body', maxBytes));
  }

  onResponseEnd(): void {
    this.#settle();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#settle(translateConnectionError(error, { failures: this.#options.failures }));
  }

  #waitFor(clock: TimeoutClock, ms: number): void {
    clearTimeout(this.#clock);
    this.#clock = this.#startTimer(clock, ms);
  }

  #startTimer(clock: TimeoutClock, ms: number): NodeJS.Timeout | undefined {
    if (ms <= 0) return undefined;
    const timer = setTimeout(
      () =>
        afterReading(() => {
          if (clock === 'total' || this.#clock === timer) this.#cancel(this.#options.failures().timeout(clock, ms));
        }),
      Math.min(ms, LONGEST_TIMER_MS),
    );
    return timer;
  }

  /** Closes the connection, in whichever state it is. */
  #cancel(reason: ProviderError): void {
    if (this.#settled) return;
    this.#settle(reason);
    if (this.#controller === undefined) this.#pending.socket?.destroy(reason);
    else this.#controller.abort(reason);
  }

  #settle(failure?: unknown): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#clock);
    clearTimeout(this.#total);
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    if (this.#head === undefined) return this.#waiting.reject(failure);
    const bytes = this.#reads.take();
    const response = failure === undefined ? { ...this.#head, bytes } : { ...this.#head, bytes, failure };
    answered.add({ waiting: this.#waiting, response });
  }
}

/** Responses that came together are handed on together. */
const answered = createBatch(({ waiting, response }: { readonly waiting: Waiting; readonly response: WholeResponse }) =>
  waiting.resolve(response),
);
