import type { ClusterLink } from './cluster-link.ts';
import { ClusterStoreError } from './cluster-store-error.ts';
import { hashKey } from './hash-key.ts';
import type { StoreKeys } from './store-keys.ts';

/** Which endpoint has served a conversation. A hint, which may be missing at any time. */
export interface SharedAffinity {
  /** The endpoint among these that served last; waits no longer than the time limit for the store. */
  find(conversation: string, options: { readonly endpoints: readonly string[] }): Promise<string | undefined>;
  /** Remembers the endpoint, in the background. */
  remember(conversation: string, options: { readonly endpoint: string; readonly ttlMs: number }): void;
}

export function createSharedAffinity({
  link,
  keys,
}: {
  readonly link: ClusterLink;
  readonly keys: StoreKeys;
}): SharedAffinity {
  return {
    async find(conversation, { endpoints }) {
      const key = keys.affinity(hashKey(conversation));
      const hash = await link.use((store) => store.get(key)).catch(ignoreFailure);
      return endpoints.find((endpoint) => hashKey(endpoint) === hash);
    },
    remember(conversation, { endpoint, ttlMs }) {
      const key = keys.affinity(hashKey(conversation));
      link.use((store) => store.set(key, hashKey(endpoint), { ttlMs })).catch(ignoreFailure);
    },
  };
}

/** The gateway is alone now, which has been reported. */
function ignoreFailure(error: unknown): undefined {
  if (!(error instanceof ClusterStoreError)) throw error;
}
