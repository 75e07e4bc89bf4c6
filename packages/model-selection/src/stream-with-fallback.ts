import { createEventStream, isProviderError } from '@openclaw/provider';
import type { EventStream, EventStreamSource, ProviderError, StreamEvent } from '@openclaw/provider';
import { abortedError, totalTimeoutError } from './fallback-errors.ts';
import { FallbackRun } from './fallback-run.ts';
import type { FallbackSelection } from './fallback-selection.ts';
import { scheduleWithTimeout } from './schedule.ts';

export interface FallbackOptions {
  readonly signal?: AbortSignal | undefined;
  /** For all attempts together, in milliseconds; past it the answer ends with a `timeout`. 0 is no limit. @default 0 */
  readonly totalLimitMs?: number | undefined;
  /** Called once, when an answer that was begun is over or has been left. */
  readonly onEnd?: (() => void) | undefined;
}

/**
 * Asks one candidate after another until one says something. `start` is held back until then and carries the full reference
 * of the model that answers and all attempts; `fallback` events come as candidates fail. After `start` there is no
 * fallback: a failure is the last event, with what was said left as it is. When nobody answers, the only other event is an
 * `error` with an `AllCandidatesFailedError`.
 *
 * Aborting the signal or leaving the loop closes every connection. A load that goes on behind the scenes outlives the
 * answer: aborting the signal ends that, too.
 *
 * @param selection Or what makes one, at the first pull; nobody waits for it who has left or whose time is up. A
 * `ProviderError` that it throws is the answer's end.
 */
export function streamWithFallback(
  selection: FallbackSelection | SelectLater,
  options: FallbackOptions = {},
): EventStream {
  return createEventStream(new FallbackStream(typeof selection === 'function' ? selection : () => selection, options));
}

/** Decides who is asked when it is time to ask. */
type SelectLater = () => FallbackSelection | Promise<FallbackSelection>;

/** Until when a request is waited for. A class, as there is one for each request: see `createEventStream`. */
class FallbackStream implements EventStreamSource {
  readonly #select: SelectLater;
  readonly #options: FallbackOptions;
  #begun = false;
  #run: FallbackRun | undefined;
  #cancelled: ProviderError | undefined;
  /** Tells whoever waits while it is decided who is asked. */
  #failSelecting: ((reason: ProviderError) => void) | undefined;
  #cancelLimit: (() => void) | undefined;
  readonly #onAbort = (): void => this.#cancel(abortedError(this.#options.signal));

  constructor(select: SelectLater, options: FallbackOptions) {
    this.#select = select;
    this.#options = options;
  }

  pull(): Promise<readonly StreamEvent[]> {
    return this.#run?.pull() ?? this.#begin();
  }

  close(): Promise<unknown> | void {
    if (!this.#begun) return;
    this.#cancelLimit?.();
    if (this.#run === undefined) this.#cancel(abortedError(undefined));
    const closing = this.#run?.close();
    this.#options.onEnd?.();
    return closing === undefined ? this.#stopWhenNothingLoads() : closing.then(() => this.#stopWhenNothingLoads());
  }

  #begin(): Promise<readonly StreamEvent[]> {
    this.#begun = true;
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
    return 'then' in selection ? this.#beginLater(selection) : this.#carryOut(selection);
  }

  async #beginLater(selecting: Promise<FallbackSelection>): Promise<readonly StreamEvent[]> {
    let selection: FallbackSelection;
    try {
      selection = await Promise.race([selecting, this.#untilCancelled()]);
    } catch (error) {
      return toErrorEvent(error);
    }
    // It may have been left since the race was won.
    return this.#cancelled === undefined ? this.#carryOut(selection) : toErrorEvent(this.#cancelled);
  }

  #untilCancelled(): Promise<never> {
    return new Promise((_resolve, reject) => {
      this.#failSelecting = reject;
    });
  }

  #carryOut(selection: FallbackSelection): Promise<readonly StreamEvent[]> {
    this.#run = new FallbackRun(selection);
    return this.#run.pull();
  }

  #cancel(reason: ProviderError): void {
    this.#cancelled ??= reason;
    this.#run?.cancel(this.#cancelled);
    this.#failSelecting?.(this.#cancelled);
  }

  #stopWhenNothingLoads(): void {
    if (this.#run === undefined) this.#stopListening();
    else this.#run.whenNothingLoads(() => this.#stopListening());
  }

  #stopListening(): void {
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
  }
}

/** What is no answer's end is a bug of whoever selects. */
function toErrorEvent(error: unknown): Promise<readonly StreamEvent[]> {
  return isProviderError(error) ? Promise.resolve([{ type: 'error', error }]) : Promise.reject(error);
}
