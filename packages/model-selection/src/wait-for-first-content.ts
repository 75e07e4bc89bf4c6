import type { CandidateRequest, FirstContent } from './candidate-request.ts';
import type { CatalogModel } from './catalog-model.ts';
import type { Schedule } from './schedule.ts';

/** Patience ended before the candidate began. */
export interface FirstContentTimeout {
  readonly type: 'timed-out';
  /** Whether its server was still loading the model. */
  readonly loading: boolean;
  readonly limitMs: number;
}

/** Tells whether a server is loading a model, that is: does not have it in memory yet. */
export type IsLoading = (model: CatalogModel, options: { readonly signal: AbortSignal }) => Promise<boolean>;

interface Patience {
  /** Absent or 0: as long as it takes. */
  readonly limitMs: number | undefined;
  readonly isLoading: IsLoading | undefined;
  readonly schedule: Schedule;
}

/**
 * Waits for a candidate to begin, up to a limit. Whether it is loading is asked when half of the time has passed, so that
 * the answer is there when the time is up and giving up does not wait for it.
 */
export function waitForFirstContent(
  request: CandidateRequest,
  { limitMs, ...rest }: Patience,
): Promise<FirstContent | FirstContentTimeout> {
  return limitMs === undefined || limitMs === 0 ? request.firstContent : awaitUpTo(limitMs, { request, ...rest });
}

async function awaitUpTo(
  limitMs: number,
  { request, isLoading, schedule }: Omit<Patience, 'limitMs'> & { readonly request: CandidateRequest },
): Promise<FirstContent | FirstContentTimeout> {
  const asking = new AbortController();
  let loading = false;
  let cancelLimit = (): void => undefined;
  const limit = new Promise<FirstContentTimeout>((resolve) => {
    cancelLimit = schedule(() => resolve({ type: 'timed-out', loading, limitMs }), limitMs);
  });
  const cancelAsking = schedule(() => {
    isLoading?.(request.model, { signal: asking.signal }).then(
      (answer) => {
        loading = answer;
      },
      // A server that does not even say what it is loading is not known to be loading.
      () => undefined,
    );
  }, limitMs / 2);
  try {
    return await Promise.race([request.firstContent, limit]);
  } finally {
    cancelLimit();
    cancelAsking();
    asking.abort();
  }
}
