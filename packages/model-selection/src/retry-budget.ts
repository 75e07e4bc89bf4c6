import type { ProviderError } from '@openclaw/provider';
import { retryWaitMs } from './retry-wait.ts';
import type { RetryLimits } from './retry-wait.ts';
import type { Schedule } from './schedule.ts';

export interface RetryBudgetOptions {
  readonly limits: RetryLimits;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly schedule: Schedule;
  /** From 0 up to 1, for jitter. */
  readonly random: () => number;
}

/**
 * How often the last candidate is retried, and how long each retry waits. A class, as there is one for each request:
 * see `createEventStream`.
 */
export class RetryBudget {
  readonly #options: RetryBudgetOptions;
  #retries = 0;
  #firstFailedAt: number | undefined;
  #waitMs: number | undefined;
  #endWait: (() => void) | undefined;

  constructor(options: RetryBudgetOptions) {
    this.#options = options;
  }

  /** Plans a retry after a failure, unless the budget is spent. @returns whether there is one */
  plan(error: ProviderError): boolean {
    const { limits, now, random } = this.#options;
    this.#firstFailedAt ??= now();
    const elapsedMs = now() - this.#firstFailedAt;
    this.#waitMs = retryWaitMs(error, { ...limits, retries: this.#retries, elapsedMs, random });
    return this.#waitMs !== undefined;
  }

  /** Whether a retry was planned and has not been waited for. */
  isPlanned(): boolean {
    return this.#waitMs !== undefined;
  }

  /** Waits until the planned retry is due, or until `cancel`. */
  async wait(): Promise<void> {
    const waitMs = this.#waitMs ?? 0;
    this.#waitMs = undefined;
    this.#retries += 1;
    await new Promise<void>((resolve) => {
      const cancel = this.#options.schedule(resolve, waitMs);
      this.#endWait = () => {
        cancel();
        resolve();
      };
    });
  }

  /** Ends a wait at once. */
  cancel(): void {
    this.#endWait?.();
  }
}
