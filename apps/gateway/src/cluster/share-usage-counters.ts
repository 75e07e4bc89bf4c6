import type { UsageCounters } from '../clients/usage-counters.ts';
import type { Cluster } from './cluster.ts';

/**
 * Counters that the gateways of a cluster share. Every amount is counted locally, too: that is what holds while the store
 * does not answer.
 */
export function shareUsageCounters(local: UsageCounters, { counters }: Pick<Cluster, 'counters'>): UsageCounters {
  return {
    async add(key, entry) {
      const own = await local.add(key, entry);
      const shared = await counters.add(key, entry);
      return shared === undefined ? own : { used: shared.count, endsInMs: shared.resetsInMs };
    },
  };
}
