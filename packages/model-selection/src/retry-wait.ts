import type { ProviderError } from '@openclaw/provider';

/** How often, and for how long, the last candidate is retried. */
export interface RetryLimits {
  /** @default 2 */
  readonly maxRetries?: number | undefined;
  /** From the first failure of the last candidate to the start of its last retry. @default 10_000 */
  readonly budgetMs?: number | undefined;
}

interface RetryState extends RetryLimits {
  /** Retries so far. */
  readonly retries: number;
  /** Time since its first failure. */
  readonly elapsedMs: number;
  readonly random: () => number;
}

const FIRST_WAIT_MS = 250;
const MAX_WAIT_MS = 8_000;

/**
 * The wait before the last candidate is retried: `Retry-After` of the server, or else exponential backoff with jitter,
 * which shortens it by up to a half. `undefined` if there are no retries left, or the wait exceeds the budget.
 */
export function retryWaitMs(
  error: ProviderError,
  { maxRetries = 2, budgetMs = 10_000, retries, elapsedMs, random }: RetryState,
): number | undefined {
  if (retries >= maxRetries) return undefined;
  const backoffMs = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** retries) * (1 - random() / 2);
  const waitMs = error.retryAfterMs ?? backoffMs;
  return elapsedMs + waitMs <= budgetMs ? waitMs : undefined;
}
