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

/** Returns whether a server is loading a model, so that it is not in memory yet. */
export type IsLoading = (model: CatalogModel, options: { readonly signal: AbortSignal }) => Promise<boolean>;

interface WaitOptions {
  /** Absent or 0: no timeout. */
  readonly limitMs: number | undefined;
  readonly isLoading: IsLoading | undefined;
  readonly schedule: Schedule;
}

/**
 * Waits for the first content of a candidate, up to a limit. After half of it `isLoading` is called, so that its
 * result is known when the time is up.
 */
export function waitForFirstContent(
  request: CandidateRequest,
  { limitMs, ...rest }: WaitOptions,
): Promise<FirstContent | FirstContentTimeout> {
  return limitMs === undefined || limitMs === 0 ? request.firstContent : waitUpTo(limitMs, { request, ...rest });
}

async function waitUpTo(
  limitMs: number,
  { request, isLoading, schedule }: Omit<WaitOptions, 'limitMs'> & { readonly request: CandidateRequest },
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
      // A server that does not answer is not known to be loading.
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
