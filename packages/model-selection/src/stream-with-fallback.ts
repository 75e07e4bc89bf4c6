import { createEventStream, isProviderError } from '@openclaw/provider';
import type { EventStream, EventStreamSource, ProviderError, StreamEvent } from '@openclaw/provider';
import { checkSelection } from './check-arguments.ts';
import { abortedError, totalTimeoutError } from './fallback-errors.ts';
import { FallbackRun } from './fallback-run.ts';
import type { FallbackSelection } from './fallback-selection.ts';
import { scheduleWithTimeout } from './schedule.ts';

export interface FallbackOptions {
  readonly signal?: AbortSignal | undefined;
  /**
   * Timeout for all attempts together, in milliseconds. The answer then ends with a `timeout`. 0 is none. @default 0
   */
  readonly totalLimitMs?: number | undefined;
  /** Called once, when an answer that was pulled ends or is closed. */
  readonly onEnd?: (() => void) | undefined;
}

/**
 * Tries one candidate after another until one sends content. `start` is held until then. It has the full reference of
 * the model that answers and all attempts. A `fallback` event follows each failure. After `start` there is no
 * fallback: a failure is the last event. If all candidates fail, the last event is an `error` with an
 * `AllCandidatesFailedError`.
 *
 * Aborting the signal or leaving the loop closes every connection. Loading in the background continues after the
 * answer, until the signal is aborted.
 *
 * @param selection A selection, or a function that is called at the first pull. A cancelled request does not wait for
 * its promise. A `ProviderError` that it throws is the last event.
 */
export function streamWithFallback(
  selection: FallbackSelection | SelectLater,
  options: FallbackOptions = {},
): EventStream {
  checkSelection(selection);
  return createEventStream(new FallbackStream(typeof selection === 'function' ? selection : () => selection, options));
}

/** Selects the candidates at the first pull. */
type SelectLater = () => FallbackSelection | Promise<FallbackSelection>;

/**
 * The lifetime of a request: selection, attempts, cancellation. A class, as there is one for each request: see
 * `createEventStream`.
 */
class FallbackStream implements EventStreamSource {
  readonly #select: SelectLater;
  readonly #options: FallbackOptions;
  #started = false;
  #run: FallbackRun | undefined;
  #cancelled: ProviderError | undefined;
  /** Rejects the wait for the selection. */
  #rejectSelection: ((reason: ProviderError) => void) | undefined;
  #cancelLimit: (() => void) | undefined;
  readonly #onAbort = (): void => this.#cancel(abortedError(this.#options.signal));

  constructor(select: SelectLater, options: FallbackOptions) {
    this.#select = select;
    this.#options = options;
  }

  pull(): Promise<readonly StreamEvent[]> {
    return this.#run?.pull() ?? this.#start();
  }

  close(): Promise<unknown> | void {
    if (!this.#started) return;
    this.#cancelLimit?.();
    if (this.#run === undefined) this.#cancel(abortedError(undefined));
    const closing = this.#run?.close();
    this.#options.onEnd?.();
    return closing === undefined ? this.#stopWhenNothingLoads() : closing.then(() => this.#stopWhenNothingLoads());
  }

  #start(): Promise<readonly StreamEvent[]> {
    this.#started = true;
    const { signal, totalLimitMs = 0 } = this.#options;
    signal?.addEventListener('abort', this.#onAbort);
    if (signal?.aborted === true) return toErrorEvent(abortedError(signal));
    if (totalLimitMs > 0)
      this.#cancelLimit = scheduleWithTimeout(() => this.#cancel(totalTimeoutError(totalLimitMs)), totalLimitMs);
    let selection: FallbackSelection | Promise<FallbackSelection>;
    try {
      selection = this.#select();
    } catch (error) {
      return toErrorEvent(error);
    }
    return 'then' in selection ? this.#awaitSelection(selection) : this.#startRun(selection);
  }

  async #awaitSelection(selecting: Promise<FallbackSelection>): Promise<readonly StreamEvent[]> {
    let selection: FallbackSelection;
    try {
      selection = await Promise.race([selecting, this.#untilCancelled()]);
    } catch (error) {
      return toErrorEvent(error);
    }
    // The request may have been cancelled since the race was settled.
    return this.#cancelled === undefined ? this.#startRun(selection) : toErrorEvent(this.#cancelled);
  }

  #untilCancelled(): Promise<never> {
    return new Promise((_resolve, reject) => {
      this.#rejectSelection = reject;
    });
  }

  #startRun(selection: FallbackSelection): Promise<readonly StreamEvent[]> {
    this.#run = new FallbackRun(selection);
    return this.#run.pull();
  }

  #cancel(reason: ProviderError): void {
    this.#cancelled ??= reason;
    this.#run?.cancel(this.#cancelled);
    this.#rejectSelection?.(this.#cancelled);
  }

  #stopWhenNothingLoads(): void {
    if (this.#run === undefined) this.#stopListening();
    else this.#run.whenNothingLoads(() => this.#stopListening());
  }

  #stopListening(): void {
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
  }
}

/** Any other error is a bug in the selection. */
function toErrorEvent(error: unknown): Promise<readonly StreamEvent[]> {
  return isProviderError(error) ? Promise.resolve([{ type: 'error', error }]) : Promise.reject(error);
}
