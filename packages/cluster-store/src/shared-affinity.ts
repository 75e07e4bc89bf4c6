import type { ClusterLink } from './cluster-link.ts';
import { ClusterStoreError } from './cluster-store-error.ts';
import { hashKey } from './hash-key.ts';
import type { StoreConnection } from './store-connection.ts';
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
  connection,
  keys,
}: {
  readonly link: ClusterLink;
  readonly connection: StoreConnection;
  readonly keys: StoreKeys;
}): SharedAffinity {
  return {
    async find(conversation, { endpoints }) {
      if (!link.isJoined()) return undefined;
      const hash = await connection.get(keys.affinity(hashKey(conversation))).catch(ignoreFailure);
      return endpoints.find((endpoint) => hashKey(endpoint) === hash);
    },
    remember(conversation, { endpoint, ttlMs }) {
      if (!link.isJoined()) return;
      const key = keys.affinity(hashKey(conversation));
      connection.set(key, hashKey(endpoint), { ttlMs }).catch(ignoreFailure);
    },
  };
}

/** Beats find out whether the store still answers. */
function ignoreFailure(error: unknown): undefined {
  if (!(error instanceof ClusterStoreError)) throw error;
}
