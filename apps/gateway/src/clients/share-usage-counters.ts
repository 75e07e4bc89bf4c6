import type { SharedCounters } from '@openclaw/cluster-store';
import type { UsageCounters } from './usage-counters.ts';

/**
 * Counters that all gateways of a cluster share. Their windows are those of the store's clock: a day begins at midnight UTC.
 * While the store does not answer, each gateway counts what it sees itself.
 */
export function shareUsageCounters(
  shared: SharedCounters,
  { local }: { readonly local: UsageCounters },
): UsageCounters {
  return {
    async add(key, entry) {
      const state = await shared.add(key, entry);
      return state === undefined ? local.add(key, entry) : { used: state.count, endsInMs: state.resetsInMs };
    },
  };
}
