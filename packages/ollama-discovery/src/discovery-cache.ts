import type { ModelDetails } from './model-details.ts';

/** What one server's models can do, by digest. A digest names content, so what it says stays true wherever the model is found. */
export type CachedModels = ReadonlyMap<string, CachedModel>;

export interface CachedModel {
  readonly details: ModelDetails;
  /** When the server said so, in milliseconds since 1970. */
  readonly savedAt: number;
}

/** Remembers what `/api/show` answered, so that a list asks only about models that are new. */
export interface DiscoveryCache {
  /** What is known of this server's models; an empty map when nothing is. `endpoint` is its native base URL. */
  load(endpoint: string): Promise<CachedModels>;
  /** Replaces what is known of this server's models. */
  save(endpoint: string, models: CachedModels): Promise<void>;
}

export interface MemoryDiscoveryCacheOptions {
  /** How many servers are remembered; the one saved longest ago goes first. @default 32 */
  readonly maxEndpoints?: number | undefined;
}

/** A cache that lives as long as the process. */
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
