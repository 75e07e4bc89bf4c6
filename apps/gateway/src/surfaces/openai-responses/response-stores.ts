import { createResponseStore } from './response-store.ts';
import type { ResponseStore } from './response-store.ts';

/** The stores of all clients. What one client has said is not for another. */
export interface ResponseStores {
  /** The store of a client, by name. */
  of(client: string): ResponseStore;
}

/** Creates the store of a client for its first request. The names come from the configuration, so that they are few. */
export function createResponseStores(): ResponseStores {
  const stores = new Map<string, ResponseStore>();
  return {
    of(client) {
      const known = stores.get(client);
      if (known !== undefined) return known;
      const created = createResponseStore();
      stores.set(client, created);
      return created;
    },
  };
}
