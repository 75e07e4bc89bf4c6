import type { ProviderSetup } from './provider-setup.ts';
import { createRequestLimiter } from './request-limiter.ts';
import type { RequestLimiter, RequestLimits, RequestLoad } from './request-limiter.ts';

/** The request limiters of all providers. */
export interface RequestLimiters {
  /** Returns the limiter of a provider, with the limits of its setup. */
  of(setup: ProviderSetup): RequestLimiter;
  /** The load of the providers that had at least one request. */
  loads(): readonly RequestLoad[];
}

/** Default queue length if the configuration only limits concurrency. */
const DEFAULT_MAX_QUEUED = 256;

/** Creates a limiter for the first request to a provider. Without `maxConcurrent`, requests are not queued. */
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
