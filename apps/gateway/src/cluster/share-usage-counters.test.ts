import { expect, test } from 'vitest';
import { createUsageCounters } from '../clients/usage-counters.ts';
import type { Cluster } from './cluster.ts';
import { shareUsageCounters } from './share-usage-counters.ts';

const MINUTE = { windowMs: 60_000 };

test('what all gateways have counted together holds, and the own count while the store does not answer', async () => {
  let answers = true;
  let count = 0;
  // Another gateway counts the same amounts.
  const counters: Cluster['counters'] = {
    async add(_name, { amount }) {
      count += 2 * amount;
      return answers ? { added: true, count, resetsInMs: 1_000 } : undefined;
    },
  };
  const shared = shareUsageCounters(createUsageCounters({ now: () => 0 }), { counters });
  expect(await shared.add('requests:ann', { amount: 1, ...MINUTE })).toEqual({ used: 2, endsInMs: 1_000 });
  expect(await shared.add('requests:ann', { amount: 1, ...MINUTE })).toEqual({ used: 4, endsInMs: 1_000 });
  answers = false;
  expect(await shared.add('requests:ann', { amount: 1, ...MINUTE })).toEqual({ used: 3, endsInMs: 60_000 });
});
