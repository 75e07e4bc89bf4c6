import type { ProviderError } from '@openclaw/provider';

/** How often, and for how long, the last candidate is asked again. */
export interface RetryLimits {
  /** @default 2 */
  readonly maxRetries?: number | undefined;
  /** From the first failure of the last candidate to the start of its last retry. @default 10_000 */
  readonly budgetMs?: number | undefined;
}

interface RetryState extends RetryLimits {
  /** How often it was asked again already. */
  readonly retries: number;
  /** Since its first failure. */
  readonly elapsedMs: number;
  readonly random: () => number;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;

/**
 * How long to wait before the last candidate is asked again: what the server asked for, else a time that doubles and is
 * up to a half shorter by chance. `undefined` when it is not to be asked again, or the wait would not fit the budget.
 */
export function retryWaitMs(
  error: ProviderError,
  { maxRetries = 2, budgetMs = 10_000, retries, elapsedMs, random }: RetryState,
): number | undefined {
  if (retries >= maxRetries) return undefined;
  const backoffMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** retries) * (1 - random() / 2);
  const waitMs = error.retryAfterMs ?? backoffMs;
  return elapsedMs + waitMs <= budgetMs ? waitMs : undefined;
}
