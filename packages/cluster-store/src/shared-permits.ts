import { epochArgs } from './cluster-link.ts';
import type { ClusterLink, LinkTimes } from './cluster-link.ts';
import { createEndpointPermits } from './endpoint-permits.ts';
import type { AcquireOptions, EndpointPermits, PermitLoad } from './endpoint-permits.ts';
import { hashKey } from './hash-key.ts';
import { SYNC_PERMITS } from './scripts.ts';
import type { StoreKeys } from './store-keys.ts';

/** Permits that count across all gateways of a cluster. */
export interface SharedPermits {
  /**
   * Waits for a permit of an endpoint, and no longer than the time limit for the store.
   * @returns a function that releases the permit; a second call does nothing.
   * @throws the signal's reason if it is aborted first
   */
  acquire(endpoint: string, options: AcquireOptions): Promise<() => void>;
  /** What this gateway holds and waits for, of all endpoints. */
  load(): PermitLoad;
}

export interface SharedPermitsOptions extends LinkTimes {
  readonly link: ClusterLink;
  readonly keys: StoreKeys;
  readonly gatewayId: string;
}

export interface SharedPermitsControl extends SharedPermits {
  /** Reports all permits again. */
  updateAll(): void;
  /** A permit of this endpoint was released by another gateway. */
  handleRelease(endpointHash: string): void;
  close(): Promise<void>;
}

export function createSharedPermits({ link, keys, gatewayId, ...times }: SharedPermitsOptions): SharedPermitsControl {
  const endpoints = new Map<string, EndpointPermits>();

  function permitsOf(endpoint: string): EndpointPermits {
    const hash = hashKey(endpoint);
    const known = endpoints.get(hash);
    if (known !== undefined) return known;
    const created = createEndpointPermits({
      link,
      renewMs: times.leaseMs / 3,
      report: async ({ number, held, wanted, cap, share }) => {
        const report = [gatewayId, number, held, wanted, cap, share, times.leaseMs, ...epochArgs(times)];
        const args = [...report, keys.releasedChannel, hash];
        return Number(await link.run(SYNC_PERMITS, { keys: [keys.permits(hash), keys.epoch], args }));
      },
    });
    endpoints.set(hash, created);
    return created;
  }

  return {
    acquire: (endpoint, options) => permitsOf(endpoint).acquire(options),
    load() {
      const loads = [...endpoints.values()].map((endpoint) => endpoint.load());
      return {
        held: loads.reduce((sum, { held }) => sum + held, 0),
        waiting: loads.reduce((sum, { waiting }) => sum + waiting, 0),
      };
    },
    updateAll() {
      for (const endpoint of endpoints.values()) endpoint.update();
    },
    handleRelease: (endpointHash) => endpoints.get(endpointHash)?.retry(),
    async close() {
      await Promise.all(Array.from(endpoints.values(), (endpoint) => endpoint.close()));
    },
  };
}
