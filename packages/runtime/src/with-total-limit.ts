import { createEventStream, ProviderError } from '@openclaw/provider';
import type { EventStream, EventStreamSource, StreamEvent } from '@openclaw/provider';

export interface TotalLimitOptions {
  /** For all attempts together, in milliseconds; `0` for no limit. */
  readonly limitMs: number;
  /** The caller's. It is listened to from the first pull to the end. */
  readonly signal: AbortSignal | undefined;
  /** Called at the first pull; what it returns, once at the end. */
  readonly onBegin: () => () => void;
}

/**
 * Ends an answer that takes too long with a `timeout`: to the caller it is no abort, since the caller did not leave.
 * Signals are joined by hand: `AbortSignal.any` leaves weak references behind, which cost more than the rest of a request.
 */
export function withTotalLimit(
  open: (signal: AbortSignal) => Promise<EventStream>,
  options: TotalLimitOptions,
): EventStream {
  return createEventStream(new LimitedRequest(open, options));
}

/** A class, as there is one for each request: see `createEventStream`. */
class LimitedRequest implements EventStreamSource {
  readonly #open: (signal: AbortSignal) => Promise<EventStream>;
  readonly #options: TotalLimitOptions;
  readonly #ends = new AbortController();
  #opening: Promise<EventStream> | undefined;
  #events: EventStream | undefined;
  #timer: NodeJS.Timeout | undefined;
  #onEnd: (() => void) | undefined;
  #ranOut = false;
  readonly #onAbort = (): void => this.#ends.abort(this.#options.signal?.reason);

  constructor(open: (signal: AbortSignal) => Promise<EventStream>, options: TotalLimitOptions) {
    this.#open = open;
    this.#options = options;
  }

  async pull(): Promise<readonly StreamEvent[]> {
    this.#opening ??= this.#begin();
    this.#events ??= await this.#opening;
    const pulled = await this.#events.pull();
    return this.#ranOut ? pulled.map((event) => this.#tellOfLimit(event)) : pulled;
  }

  close(): Promise<unknown> | void {
    clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#onEnd?.();
    // Who leaves while it is still being decided who is asked waits for nobody.
    if (this.#events === undefined) return this.#ends.abort(LEFT);
    return this.#events.return();
  }

  #begin(): Promise<EventStream> {
    const { limitMs, signal, onBegin } = this.#options;
    this.#onEnd = onBegin();
    signal?.addEventListener('abort', this.#onAbort);
    if (signal?.aborted === true) this.#onAbort();
    if (limitMs > 0) this.#timer = setTimeout(() => this.#runOut(), Math.min(limitMs, LONGEST_TIMER_MS));
    return this.#open(this.#ends.signal);
  }

  #runOut(): void {
    this.#ranOut = !this.#ends.signal.aborted;
    this.#ends.abort(LEFT);
  }

  #tellOfLimit(event: StreamEvent): StreamEvent {
    if (event.type !== 'error' || event.error.code !== 'aborted') return event;
    return { type: 'error', error: tooLong(this.#options.limitMs, event.error) };
  }
}

/** A timer for longer than 24 days would ring at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Made once: a reason of its own for each, stack trace included, costs more than all else that ends a request. */
const LEFT = new DOMException('Nobody waits for this answer any more.', 'AbortError');

function tooLong(limitMs: number, cause: ProviderError): ProviderError {
  const message = `The answer was not whole after ${limitMs / 1000} s, which is all that a request may take with its fallbacks. Raise agents.defaults.timeoutSeconds, or set it to 0 for no limit.`;
  return new ProviderError('timeout', message, { clock: 'total', cause });
}
