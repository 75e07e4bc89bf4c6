import type { FirstContentLimits, IsLoading } from './wait-for-first-content.ts';
import type { Ask } from './candidate-request.ts';
import type { ChooseTarget } from './candidate-turns.ts';
import type { CatalogModel } from './catalog-model.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { Plan } from './plan.ts';
import type { RetryLimits } from './retry-wait.ts';
import type { Schedule } from './schedule.ts';

/** A plan and the options of its attempts. */
export interface FallbackSelection {
  readonly plan: Plan;
  /**
   * Sends the request to a model. An answer that arrives with a single pull counts only if it is complete. The next model
   * replaces an incomplete one.
   */
  readonly ask: Ask;
  /**
   * Holds an answer back until its end, for a caller that needs all of it: a streamed answer that is cut is replaced by
   * the next model's, as a whole one is. @default false
   */
  readonly wholeAnswer?: boolean | undefined;
  /** Chooses the endpoint of a model with several, each time it is its turn. @default the first that is left */
  readonly chooseTarget?: ChooseTarget | undefined;
  /** Shared by all requests. @default a new one, so that no failure is recorded for other requests */
  readonly circuits?: CircuitBreaker | undefined;
  readonly retry?: RetryLimits | undefined;
  /**
   * How long a model may take to its first content while a healthy candidate is left. Then the attempt times out. The
   * first content of a whole answer is the complete answer. Limits may depend on what `isLoading` returns. 0 is no
   * limit. @default no limit
   */
  readonly firstEventLimitMs?: ((model: CatalogModel) => number | FirstContentLimits | undefined) | undefined;
  /**
   * Distinguishes a loading model from a hanging one when an attempt times out. A loading model continues in the background,
   * does not count as a failure, and answers after all if all other candidates fail. Meanwhile other requests use
   * other candidates. The connection to a hanging model is closed. @default every slow model is hanging
   */
  readonly isLoading?: IsLoading | undefined;
  /** How long a model may load in the background. @default 300_000 */
  readonly keepLoadingMs?: number | undefined;
  /** Ends loading in the background after the answer. Before that, the request's own signal does. */
  readonly keepLoadingUntil?: AbortSignal | undefined;
  /** Monotonic milliseconds, for durations and retry waits. @default performance.now */
  readonly now?: (() => number) | undefined;
  readonly schedule?: Schedule | undefined;
  /** From 0 up to 1, for jitter. */
  readonly random?: (() => number) | undefined;
}
