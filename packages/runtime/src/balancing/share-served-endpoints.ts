import type { AffinityStore } from '../shared-state.ts';
import type { ServedEndpoints } from './served-endpoints.ts';

/** A table that several processes share. Reading it stays synchronous. */
export interface SharedServedEndpoints extends ServedEndpoints {
  /**
   * Learns which of the endpoints served a key last, in any process. Never rejects, and takes no longer than the store
   * allows. `undefined`: nothing is shared.
   */
  recall(key: string, endpoints: readonly string[]): Promise<void> | undefined;
}

/** How long the store keeps a conversation: as long as the local table does. */
const AFFINITY_MS = 3_600_000;

/** Adds what other processes know to a table. */
export function shareServedEndpoints(
  local: ServedEndpoints,
  { affinity }: { readonly affinity: () => AffinityStore | undefined },
): SharedServedEndpoints {
  return {
    get: (key) => local.get(key),
    set(key, endpoint) {
      local.set(key, endpoint);
      affinity()?.remember(key, { endpoint, ttlMs: AFFINITY_MS });
    },
    recall(key, endpoints) {
      const found = affinity()?.find(key, { endpoints });
      return found?.then((endpoint) => {
        if (endpoint !== undefined) local.set(key, endpoint);
      });
    },
  };
}
