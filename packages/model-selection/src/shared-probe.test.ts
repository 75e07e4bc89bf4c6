import { collectMessage, ProviderError } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { catalogModel } from '../test/catalog-model.ts';
import { answering, scriptModels } from '../test/scripted-models.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createMemoryCircuitStore } from './circuit-store.ts';
import type { CircuitStore } from './circuit-store.ts';
import { createModelCatalog } from './model-catalog.ts';
import { planCandidates } from './plan-candidates.ts';
import { streamWithFallback } from './stream-with-fallback.ts';

const REFUSED = new ProviderError('connection-failed', 'Nothing listens there.');

/** Circuits whose probes another process has claimed a moment earlier, unless `won`. */
function storeOfTwo({ won }: { readonly won: boolean }): CircuitStore {
  return { ...createMemoryCircuitStore(), confirmProbe: async () => won };
}

function createCase({ won, refs }: { readonly won: boolean; readonly refs: readonly string[] }) {
  const models = refs.map((ref) => catalogModel(ref));
  const [primary, ...fallbacks] = refs;
  const circuits = createCircuitBreaker({ store: storeOfTwo({ won }), maxBackoffMs: 0 });
  const [first] = models;
  if (first !== undefined) circuits.forceAcquire(first).fail(REFUSED);
  const plan = planCandidates({ catalog: createModelCatalog(models), primary, fallbacks, circuits: circuits.status() });
  const { ask, asked } = scriptModels(Object.fromEntries(refs.map((ref) => [ref, [answering]])));
  return { asked, circuits, ask: () => collectMessage(streamWithFallback({ plan, ask, circuits })) };
}

test('the process that claimed the probe probes', async () => {
  const { ask, asked, circuits } = createCase({ won: true, refs: ['a/1', 'b/2'] });
  await ask();
  expect(asked).toEqual(['a/1']);
  expect(circuits.status()).toEqual([]);
});

test('where another process probes, the next candidate answers, and its circuit is left alone', async () => {
  const { ask, asked, circuits } = createCase({ won: false, refs: ['a/1', 'b/2'] });
  const { attempts } = await ask();
  expect(asked).toEqual(['b/2']);
  expect(attempts?.map(({ model, outcome }) => `${model} ${outcome}`)).toEqual(['a/1 skipped', 'b/2 ok']);
  expect(circuits.status()).toMatchObject([{ state: 'probing', endpoint: 'http://a.test/v1' }]);
});

test('without another candidate the request is sent all the same', async () => {
  const { ask, asked } = createCase({ won: false, refs: ['a/1'] });
  await ask();
  expect(asked).toEqual(['a/1']);
});
