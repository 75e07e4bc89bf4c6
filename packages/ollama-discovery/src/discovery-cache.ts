import type { ModelDetails } from './model-details.ts';

/**
 * Details of the models of one server, by digest. A digest identifies content, so details stay valid if a model is
 * renamed.
 */
export type CachedModels = ReadonlyMap<string, CachedModel>;

export interface CachedModel {
  readonly details: ModelDetails;
  /** When the details were loaded, in milliseconds since 1970. */
  readonly savedAt: number;
}

/** Caches responses of `/api/show`, so that a list requests only details of new models. */
export interface DiscoveryCache {
  /** Returns the cached models of a server; an empty map if there are none. `endpoint` is its native base URL. */
  load(endpoint: string): Promise<CachedModels>;
  /** Replaces the cached models of a server. */
  save(endpoint: string, models: CachedModels): Promise<void>;
}

export interface MemoryDiscoveryCacheOptions {
  /** Maximum number of servers; the one that was saved longest ago is evicted first. @default 32 */
  readonly maxEndpoints?: number | undefined;
}

/** An in-memory cache. */
export function createMemoryDiscoveryCache({ maxEndpoints = 32 }: MemoryDiscoveryCacheOptions = {}): DiscoveryCache {
  const endpoints = new Map<string, CachedModels>();
  return {
    async load(endpoint) {
      return endpoints.get(endpoint) ?? new Map();
    },
    async save(endpoint, models) {
      endpoints.delete(endpoint);
      endpoints.set(endpoint, models);
      for (const oldest of endpoints.keys()) {
        if (endpoints.size <= maxEndpoints) break;
        endpoints.delete(oldest);
      }
    },
  };
}
