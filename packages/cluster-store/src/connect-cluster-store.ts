import { createClusterLink } from './cluster-link.ts';
import type { LinkStatus } from './cluster-link.ts';
import { ClusterStoreError } from './cluster-store-error.ts';
import type { PermitLoad } from './endpoint-permits.ts';
import { createSharedAffinity } from './shared-affinity.ts';
import type { SharedAffinity } from './shared-affinity.ts';
import { createSharedCircuits } from './shared-circuits.ts';
import type { SharedCircuits } from './shared-circuits.ts';
import { createSharedCounters } from './shared-counters.ts';
import type { SharedCounters } from './shared-counters.ts';
import { createSharedPermits } from './shared-permits.ts';
import type { SharedPermits } from './shared-permits.ts';
import { openStoreConnection } from './store-connection.ts';
import type { StoreLoad } from './store-connection.ts';
import { createStoreKeys } from './store-keys.ts';

/** What the gateways of a cluster share. */
export interface ClusterStore {
  readonly permits: SharedPermits;
  readonly circuits: SharedCircuits;
  readonly affinity: SharedAffinity;
  readonly counters: SharedCounters;
  status(): ClusterStatus;
  /** Leaves the cluster and closes the connections, within the time limit. */
  close(): Promise<void>;
}

export interface ClusterStatus extends LinkStatus {
  readonly gatewayId: string;
  /** The permits of this gateway. */
  readonly permits: PermitLoad;
  readonly store: StoreLoad;
}

export interface ClusterStoreOptions {
  /** `redis://user:password@host:6379/0`, or `rediss://…` for TLS. */
  readonly url: string;
  /** No other process may have it. */
  readonly gatewayId: string;
  /** Clusters with different prefixes can use the same store. @default 'openclaw' */
  readonly prefix?: string | undefined;
  /** The limit of every operation. @default 100 */
  readonly timeoutMs?: number | undefined;
  /** How long the permits of a gateway count after it has died. @default 10_000 */
  readonly leaseMs?: number | undefined;
  /** How often a gateway reports. @default 1000 */
  readonly beatMs?: number | undefined;
  /** The clock of the circuit breaker, in milliseconds. @default performance.now */
  readonly now?: (() => number) | undefined;
  /** Called once for each change between `joined` and `alone`. */
  readonly onChange?: ((status: ClusterStatus) => void) | undefined;
}

/**
 * Joins the cluster that uses a store, Redis 6.2 or Valkey or later. Returns after a second at most, whether or not the
 * store answers: without it, the gateway goes on alone and joins later.
 * @throws {ClusterStoreError} `invalid-url`
 */
export async function connectClusterStore({
  url,
  gatewayId,
  prefix = 'openclaw',
  timeoutMs = 100,
  leaseMs = 10_000,
  beatMs = 1_000,
  now = () => performance.now(),
  onChange,
}: ClusterStoreOptions): Promise<ClusterStore> {
  const keys = createStoreKeys(prefix);
  const times = { leaseMs, beatMs };
  const connection = openStoreConnection({
    url,
    timeoutMs,
    channels: [keys.releasedChannel, keys.circuitsChannel],
    onMessage(channel, message) {
      if (channel === keys.releasedChannel) permits.handleRelease(message);
      else circuits.handleMessage(message);
    },
    onReady: () => void link.beat(),
  });
  let reported = 0;
  const link = createClusterLink({ connection, keys, gatewayId, ...times, onChange: handleChange, onBeat: handleBeat });
  const permits = createSharedPermits({ link, keys, gatewayId, ...times });
  const circuits = createSharedCircuits({ link, keys, gatewayId, now });

  function status(): ClusterStatus {
    return { ...link.status(), gatewayId, permits: permits.load(), store: connection.load() };
  }

  function handleChange({ lost }: { readonly lost: boolean }): void {
    permits.updateAll();
    circuits.send({ all: lost });
    const current = status();
    if (current.changes !== reported) onChange?.(current);
    reported = current.changes;
  }

  function handleBeat(): void {
    circuits.read().catch((error: unknown) => {
      // The gateway is alone now, which has been reported.
      if (!(error instanceof ClusterStoreError)) throw error;
    });
  }

  await connection.waitUntilReady({ limitMs: CONNECT_MS });
  await link.beat();
  return {
    permits,
    circuits,
    affinity: createSharedAffinity({ link, keys }),
    counters: createSharedCounters({ link, keys }),
    status,
    async close() {
      await permits.close();
      await link.close();
      connection.close();
    },
  };
}

/** How long the first connection is waited for. */
const CONNECT_MS = 1_000;
