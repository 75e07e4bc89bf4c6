import type { IsLoading } from './wait-for-first-content.ts';
import type { Ask } from './candidate-request.ts';
import type { CatalogModel } from './catalog-model.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { Plan } from './plan.ts';
import type { RetryLimits } from './retry-wait.ts';
import type { Schedule } from './schedule.ts';

/** A plan and how it is carried out. */
export interface FallbackSelection {
  readonly plan: Plan;
  /**
   * Sends the request to a model. An answer that comes with a single pull counts only when it has ended well, so that the next
   * model is asked for one that was cut, too.
   */
  readonly ask: Ask;
  /** What earlier requests learned. @default nothing, and nothing is remembered */
  readonly circuits?: CircuitBreaker | undefined;
  readonly retry?: RetryLimits | undefined;
  /**
   * How long a model may take to its first word while another one that is well is waiting, then it is given up. A model
   * that is not asked to stream says its first word when its answer is whole. 0 is no limit. @default no limit
   */
  readonly firstEventLimitMs?: ((model: CatalogModel) => number | undefined) | undefined;
  /**
   * Tells a cold load from a hang when a model is given up. A load goes on behind the scenes, does not count as a failure,
   * and answers after all when everybody else fails; meanwhile other requests go to other candidates. A hang is closed. Without it everything that is slow is a hang.
   */
  readonly isLoading?: IsLoading | undefined;
  /** How long a load goes on behind the scenes. @default 300_000 */
  readonly keepLoadingMs?: number | undefined;
  /** Ends loads that go on after the answer; while it is being given, the request's own signal does. */
  readonly keepLoadingUntil?: AbortSignal | undefined;
  /** Monotonic milliseconds, for durations and retry waits. @default performance.now */
  readonly now?: (() => number) | undefined;
  readonly schedule?: Schedule | undefined;
  /** From 0 up to 1, for jitter. */
  readonly random?: (() => number) | undefined;
}
