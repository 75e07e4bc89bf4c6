import { ASSUMED_LOAD_MS } from './balancing/model-residency.ts';
import type { ModelResidency } from './balancing/model-residency.ts';
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
  /** Forgets the limiters without requests that none of the setups needs. */
  keepOnly(setups: readonly ProviderSetup[]): void;
}

/** Default queue length if the configuration only limits concurrency. */
const DEFAULT_MAX_QUEUED = 256;

/** How long requests of one model may precede overdue ones of others at most. Loading a model takes a quarter of it, or less. */
const GROUP_MS = 60_000;

export interface RequestLimitersOptions {
  /** A monotonic clock in milliseconds. */
  readonly now?: (() => number) | undefined;
  /** What is known of the loaded models of a server. Without it, requests are not grouped by model. */
  readonly residencyOf?: ((setup: ProviderSetup) => ModelResidency | undefined) | undefined;
  /** Permits that several processes share; absent while nothing is shared. */
  readonly permits?: (() => PermitStore | undefined) | undefined;
}

/** Creates a limiter for the first request to a provider. Without `maxConcurrent`, requests are not queued. */
export function createRequestLimiters({
  now = () => performance.now(),
  residencyOf = () => undefined,
  permits = () => undefined,
}: RequestLimitersOptions = {}): RequestLimiters {
  const limiters = new Map<string, Limiter>();
  return {
    of(setup) {
      const { id: provider, endpoint, baseUrl, maxConcurrent = Infinity, maxQueued = DEFAULT_MAX_QUEUED } = setup;
      const residency = residencyOf(setup);
      const limits: RequestLimits = {
        maxConcurrent,
        maxQueued,
        groupMs: residency === undefined ? 0 : GROUP_MS,
        maxModels: residency?.maxModels(),
      };
      const key = keyOf(setup);
      const known = limiters.get(key);
      if (known !== undefined) {
        if (!isSame(known.limits, limits)) known.limiter.resize(limits);
        known.limits = limits;
        return known.limiter;
      }
      const isLoaded = (model: string) => residencyOf(setup)?.isLoaded(model) ?? false;
      const loadMs = () => residencyOf(setup)?.meanLoadMs() ?? ASSUMED_LOAD_MS;
      const limiter = withSharedPermits(createRequestLimiter({ provider, now, isLoaded, loadMs, ...limits }), {
        permits,
        endpoint: `${provider} ${baseUrl}`,
        provider,
        now,
      });
      limiters.set(key, { limiter, limits, endpoint: endpoint?.name });
      return limiter;
    },
    loads: () =>
      [...limiters.values()].map(({ limiter, endpoint }) => ({
        ...limiter.load(),
        ...(endpoint !== undefined && { endpoint }),
      })),
    keepOnly(setups) {
      const wanted = new Set(setups.map(keyOf));
      for (const [key, { limiter }] of limiters) {
        const { running, queued } = limiter.counts();
        if (!wanted.has(key) && running + queued === 0) limiters.delete(key);
      }
    },
  };
}

interface Limiter {
  readonly limiter: RequestLimiter;
  limits: RequestLimits;
  /** The name of the endpoint, if the configuration lists those of the provider. */
  readonly endpoint: string | undefined;
}

function isSame(one: RequestLimits, other: RequestLimits): boolean {
  const { maxConcurrent, maxQueued, maxModels, groupMs } = one;
  return (
    maxConcurrent === other.maxConcurrent &&
    maxQueued === other.maxQueued &&
    maxModels === other.maxModels &&
    groupMs === other.groupMs
  );
}

function keyOf({ id, endpoint, baseUrl }: Pick<ProviderSetup, 'id' | 'endpoint' | 'baseUrl'>): string {
  return endpoint === undefined ? id : `${id} ${baseUrl}`;
}
