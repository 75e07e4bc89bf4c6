import { expect, test } from 'vitest';
import type { Catalog } from './build-catalog.ts';
import { PlanCache } from './plan-cache.ts';
import type { KnownPlan, PlanKey } from './plan-cache.ts';

function known(key: PlanKey): KnownPlan {
  return { ...key, plan: { candidates: [], leftOut: [] }, catalog: {} as Catalog, refreshes: [] };
}

test.each([
  { query: { model: 'ollama/b' } },
  { query: { model: 'ollama/a', agent: 'main' } },
  { query: { model: 'ollama/a', allowFallbacks: false } },
  { query: { model: 'ollama/a' }, needs: { tools: true } },
  { query: { model: 'ollama/a' }, needs: { images: true } },
  { query: { model: 'ollama/a' }, needs: { images: true, imagesOptional: true } },
  { query: {} },
])('a plan serves requests that equal its own in all that it depends on: %j', (key) => {
  const plans = new PlanCache();
  const plan = known({ query: { model: 'ollama/a' } });
  const other = known(key);
  plans.set(plan);
  expect(plans.find(key)).toBeUndefined();
  plans.set(other);
  expect(plans.find(structuredClone(key))).toBe(other);
  expect(plans.find({ query: { model: 'ollama/a' }, needs: {} })).toBe(plan);
});

test('a newer plan replaces one for the same requests', () => {
  const plans = new PlanCache();
  const newer = known({ query: { model: 'a' } });
  plans.set(known({ query: { model: 'a' } }));
  plans.set(newer);
  expect(plans.find({ query: { model: 'a' } })).toBe(newer);
});

test('names that clients make up do not fill the memory', () => {
  const plans = new PlanCache();
  for (let index = 0; index < 1_000; index++) {
    plans.set(known({ query: { model: `m${index}` } }));
    plans.set(known({ query: { agent: `a${index}` } }));
  }
  const models = Array.from({ length: 1_000 }, (_, index) => plans.find({ query: { model: `m${index}` } }));
  const agents = Array.from({ length: 1_000 }, (_, index) => plans.find({ query: { agent: `a${index}` } }));
  expect(models.filter(Boolean).length).toBeLessThanOrEqual(100);
  expect(agents.filter(Boolean).length).toBeLessThanOrEqual(50);
  expect(models.at(-1)).toBeDefined();
  expect(agents.at(-1)).toBeDefined();
});
