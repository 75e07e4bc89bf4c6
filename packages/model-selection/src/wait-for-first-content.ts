import type { CandidateRequest, FirstContent } from './candidate-request.ts';
import type { CatalogModel } from './catalog-model.ts';
import type { Schedule } from './schedule.ts';

/** The candidate sent no content in time. */
export interface FirstContentTimeout {
  readonly type: 'timed-out';
  /** Whether its server is still loading the model. */
  readonly loading: boolean;
  readonly limitMs: number;
}

/** How long a candidate may take to its first content, in milliseconds, by what its server reports about the model. */
export interface FirstContentLimits {
  /** If the server reports nothing. */
  readonly limitMs: number;
  /** While the server is loading the model. @default limitMs */
  readonly loadingMs?: number | undefined;
  /** While the model is in the memory of its server. @default limitMs */
  readonly loadedMs?: number | undefined;
}

/** Returns whether a server is loading a model, so that it is not in memory yet. */
export type IsLoading = (model: CatalogModel, options: { readonly signal: AbortSignal }) => Promise<boolean>;

interface WaitOptions {
  /** Absent or 0: no timeout. */
  readonly limitMs: number | FirstContentLimits | undefined;
  readonly isLoading: IsLoading | undefined;
  readonly schedule: Schedule;
}

/**
 * Waits for the first content of a candidate, up to a limit. After half of it `isLoading` is called, so that its
 * result is known when the time is up. Time in a queue does not count, and a candidate that has begun to answer has no
 * limit, although its content may be held back for a repair.
 */
export function waitForFirstContent(
  request: CandidateRequest,
  options: WaitOptions,
): Promise<FirstContent | FirstContentTimeout> {
  const { limitMs: limit } = options;
  const limits = typeof limit === 'number' ? { limitMs: limit } : limit;
  if (limits === undefined || limits.limitMs === 0) return request.firstContent;
  return waitUpTo(limits, { ...options, request });
}

async function waitUpTo(
  { limitMs, loadingMs = limitMs, loadedMs = limitMs }: FirstContentLimits,
  { request, isLoading, schedule }: Omit<WaitOptions, 'limitMs'> & { readonly request: CandidateRequest },
): Promise<FirstContent | FirstContentTimeout> {
  const asking = new AbortController();
  const timeout = Promise.withResolvers<FirstContentTimeout>();
  let loading: boolean | undefined;
  let cancelTimers = (): void => undefined;

  function waitUntil(dueMs: number, { from }: { readonly from: number }): void {
    const cancelLimit = schedule(() => onLimit(dueMs), dueMs - from);
    const cancelAsking = schedule(askServer, (dueMs - from) / 2);
    cancelTimers = () => {
      cancelLimit();
      cancelAsking();
    };
  }

  function askServer(): void {
    isLoading?.(request.model, { signal: asking.signal }).then(
      (answer) => {
        loading = answer;
      },
      // What a server that does not answer is doing is not known.
      () => {
        loading = undefined;
      },
    );
  }

  function onLimit(reachedMs: number): void {
    const dueMs = loading === undefined ? limitMs : loading ? loadingMs : loadedMs;
    if (dueMs > reachedMs) waitUntil(dueMs, { from: reachedMs });
    else timeout.resolve({ type: 'timed-out', loading: loading === true, limitMs: reachedMs });
  }

  request.watchProgress((progress) => {
    cancelTimers();
    if (progress === 'sent') waitUntil(limitMs, { from: 0 });
  });
  try {
    return await Promise.race([request.firstContent, timeout.promise]);
  } finally {
    request.watchProgress(undefined);
    cancelTimers();
    asking.abort();
  }
}
