import type { ProviderSetup } from './provider-setup.ts';
import { createRequestLimiter } from './request-limiter.ts';
import type { RequestLimiter, RequestLimits } from './request-limiter.ts';
import type { RequestLoad } from './request-load.ts';
import type { PermitStore } from './shared-state.ts';
import { withSharedPermits } from './with-shared-permits.ts';

/** The request limiters of all providers. */
export interface RequestLimiters {
  /** Returns the limiter of a provider, or of one of its endpoints, with the limits of its setup. */
  of(setup: ProviderSetup): RequestLimiter;
  /** The load of the providers and endpoints that had at least one request. */
  loads(): readonly RequestLoad[];
}

/** Default queue length if the configuration only limits concurrency. */
const DEFAULT_MAX_QUEUED = 256;

/**
 * How long requests of one model may precede those of others: about what loading a model takes, so that an endpoint spends
 * at most half of its time on loading.
 */
const GROUP_MS = 15_000;

export interface RequestLimitersOptions {
  /** A monotonic clock in milliseconds. */
  readonly now?: (() => number) | undefined;
  /** Permits that several processes share; absent while nothing is shared. */
  readonly permits?: (() => PermitStore | undefined) | undefined;
}

/** Creates a limiter for the first request to a provider. Without `maxConcurrent`, requests are not queued. */
export function createRequestLimiters({
  now = () => performance.now(),
  permits = () => undefined,
}: RequestLimitersOptions = {}): RequestLimiters {
  const limiters = new Map<string, Limiter>();
  return {
    of({ id: provider, endpoint, baseUrl, server, maxConcurrent = Infinity, maxQueued = DEFAULT_MAX_QUEUED }) {
      // Other servers do not load models for a request, or not so that it is known.
      const limits: RequestLimits = { maxConcurrent, maxQueued, groupMs: server === 'ollama' ? GROUP_MS : 0 };
      const key = endpoint === undefined ? provider : `${provider} ${baseUrl}`;
      const known = limiters.get(key)?.limiter;
      if (known !== undefined) {
        const { maxConcurrent: atOnce, maxQueued: waiting } = known.load();
        if (atOnce !== maxConcurrent || waiting !== maxQueued) known.resize(limits);
        return known;
      }
      const limiter = withSharedPermits(createRequestLimiter({ provider, now, ...limits }), {
        permits,
        endpoint: `${provider} ${baseUrl}`,
        provider,
        now,
      });
      limiters.set(key, { limiter, endpoint: endpoint?.name });
      return limiter;
    },
    loads: () =>
      [...limiters.values()].map(({ limiter, endpoint }) => ({
        ...limiter.load(),
        ...(endpoint !== undefined && { endpoint }),
      })),
  };
}

interface Limiter {
  readonly limiter: RequestLimiter;
  /** The name of the endpoint, if the configuration lists those of the provider. */
  readonly endpoint: string | undefined;
}
