import type { ClusterLink } from './cluster-link.ts';
import { ClusterStoreError } from './cluster-store-error.ts';
import { hashKey } from './hash-key.ts';
import { ADD_TO_COUNTER } from './scripts.ts';
import type { StoreKeys } from './store-keys.ts';

/** Counters that all gateways of a cluster share: requests per minute, tokens per day. */
export interface SharedCounters {
  /**
   * Adds to the counter of a name in the current window. Windows are aligned to the store's clock, so that of a day begins
   * at midnight UTC. Nothing is added if the count would exceed the limit.
   * @returns `undefined` if the store does not answer in time: then count locally
   */
  add(name: string, options: AddOptions): Promise<CounterState | undefined>;
}

export interface AddOptions {
  /** 0 only reads. */
  readonly amount: number;
  readonly windowMs: number;
  /** @default none */
  readonly limit?: number | undefined;
}

export interface CounterState {
  /** Whether the amount was within the limit. */
  readonly added: boolean;
  readonly count: number;
  readonly resetsInMs: number;
}

export function createSharedCounters({
  link,
  keys,
}: {
  readonly link: ClusterLink;
  readonly keys: StoreKeys;
}): SharedCounters {
  return {
    async add(name, { amount, windowMs, limit = -1 }) {
      // One key for each window, so that the counts of a minute and of a day do not meet.
      const key = keys.counter(hashKey(`${windowMs} ${name}`));
      try {
        const reply = await link.run(ADD_TO_COUNTER, { keys: [key], args: [amount, windowMs, limit] });
        const [added, count, resetsInMs] = Array.isArray(reply) ? reply.map(Number) : [];
        if (added === undefined || count === undefined || resetsInMs === undefined) return undefined;
        return { added: added === 1, count, resetsInMs };
      } catch (error) {
        if (error instanceof ClusterStoreError) return undefined;
        throw error;
      }
    },
  };
}
