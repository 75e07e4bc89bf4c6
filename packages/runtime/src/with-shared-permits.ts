import { ProviderError } from '@openclaw/provider';
import { cancelledInQueue } from './request-limiter.ts';
import type { LimitedRequest, RequestLimiter, RequestPermit } from './request-limiter.ts';
import type { PermitStore } from './shared-state.ts';

export interface WithSharedPermitsOptions {
  /** Absent while nothing is shared. */
  readonly permits: () => PermitStore | undefined;
  /** What the permits are for. Each process has to use the same text for it. */
  readonly endpoint: string;
  /** Id of the provider, for messages. */
  readonly provider: string;
  /** The clock of the limiter. */
  readonly now: () => number;
}

/** Adds a limit that several processes share: a request that got its local permit then waits for one of those. */
export function withSharedPermits(limiter: RequestLimiter, options: WithSharedPermitsOptions): RequestLimiter {
  return {
    ...limiter,
    tryAcquire: (request) => (options.permits() === undefined ? limiter.tryAcquire(request) : undefined),
    async acquire(request = {}) {
      const local = await limiter.acquire(request);
      const permits = options.permits();
      const cap = limiter.counts().maxConcurrent;
      if (permits === undefined || cap === Infinity) return local;
      try {
        return joinPermits(local, await acquireShared(permits, { ...options, request, cap }));
      } catch (error) {
        local.release();
        throw error;
      }
    },
  };
}

async function acquireShared(
  permits: PermitStore,
  { endpoint, provider, now, request, cap }: WithSharedPermitsOptions & { request: LimitedRequest; cap: number },
): Promise<() => void> {
  const { signal, startBefore = Infinity } = request;
  if (startBefore === Infinity) return translated(permits.acquire(endpoint, { cap, signal }));
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(tooLate()), Math.max(0, startBefore - now()));
  try {
    const either = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
    return await translated(permits.acquire(endpoint, { cap, signal: either }));
  } finally {
    clearTimeout(timer);
  }

  async function translated(acquired: Promise<() => void>): Promise<() => void> {
    try {
      return await acquired;
    } catch (error) {
      if (signal?.aborted !== true) throw error;
      throw cancelledInQueue(provider);
    }
  }

  function tooLate(): ProviderError {
    return new ProviderError(
      'overloaded',
      `${provider} is busy: the gateways together run as many requests as they may, so the request cannot start before its deadline. Try again later, or allow more time.`,
      { provider, queue: 'deadline', retryAfterMs: 10_000 },
    );
  }
}

function joinPermits(local: RequestPermit, releaseShared: () => void): RequestPermit {
  return {
    release() {
      releaseShared();
      local.release();
    },
  };
}
