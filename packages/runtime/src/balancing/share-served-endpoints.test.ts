import { expect, test } from 'vitest';
import type { AffinityStore } from '../shared-state.ts';
import { createServedEndpoints } from './served-endpoints.ts';
import { shareServedEndpoints } from './share-served-endpoints.ts';

function createAffinity(): AffinityStore {
  const served = new Map<string, string>();
  return {
    find: async (key, { endpoints }) => endpoints.find((endpoint) => endpoint === served.get(key)),
    remember(key, { endpoint }) {
      served.set(key, endpoint);
    },
  };
}

const createTable = (affinity?: AffinityStore) =>
  shareServedEndpoints(createServedEndpoints({ now: () => 0 }), { affinity: () => affinity });

test('one process learns which endpoint served a conversation in another one', async () => {
  const affinity = createAffinity();
  const [one, two] = [createTable(affinity), createTable(affinity)];
  two.set('x', 'a');
  one.set('x', 'b');
  await two.recall('x', ['a', 'b']);
  expect(two.get('x')).toBe('b');
});

test('what it knows stays where the others know nothing, or an endpoint that is gone', async () => {
  const affinity = createAffinity();
  const table = createTable(affinity);
  table.set('x', 'a');
  affinity.remember('x', { endpoint: 'gone', ttlMs: 1 });
  await table.recall('x', ['a', 'b']);
  expect(table.get('x')).toBe('a');
});

test('without a shared state nothing is waited for', () => {
  const table = createTable();
  table.set('x', 'a');
  expect(table.recall('x', ['a'])).toBeUndefined();
  expect(table.get('x')).toBe('a');
});
