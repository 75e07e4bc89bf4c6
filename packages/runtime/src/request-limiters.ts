import type { ProviderSetup } from './provider-setup.ts';
import { createRequestLimiter } from './request-limiter.ts';
import type { RequestLimiter, RequestLimits, RequestLoad } from './request-limiter.ts';

/** The queue before each provider. */
export interface RequestLimiters {
  /** The provider's limiter, with the limits that its setup gives. */
  of(setup: ProviderSetup): RequestLimiter;
  /** How busy the providers are that were asked at least once. */
  loads(): readonly RequestLoad[];
}

/** How many may wait when the configuration limits how many run and says no more. */
const DEFAULT_MAX_QUEUED = 256;

/** Makes limiters when a provider is first asked. Without `maxConcurrent` nobody waits. */
export function createRequestLimiters(): RequestLimiters {
  const limiters = new Map<string, RequestLimiter>();
  return {
    of({ id: provider, maxConcurrent = Infinity, maxQueued = DEFAULT_MAX_QUEUED }) {
      const limits: RequestLimits = { maxConcurrent, maxQueued };
      const known = limiters.get(provider);
      if (known !== undefined) {
        const { maxConcurrent: atOnce, maxQueued: waiting } = known.load();
        if (atOnce !== maxConcurrent || waiting !== maxQueued) known.resize(limits);
        return known;
      }
      const limiter = createRequestLimiter({ provider, ...limits });
      limiters.set(provider, limiter);
      return limiter;
    },
    loads: () => [...limiters.values()].map((limiter) => limiter.load()),
  };
}
