import { expect, test } from 'vitest';
import { createModelCatalog } from './model-catalog.ts';
import { planCandidates } from './plan-candidates.ts';
import { streamWithFallback } from './stream-with-fallback.ts';

test.each<[unknown, string]>([
  [undefined, 'planCandidates: `input.catalog` is missing. Expected a catalog of `createModelCatalog(models)`.'],
  [{ catalog: [] }, 'planCandidates: `input.catalog` is an array.'],
])('a plan of %j is refused', (input, message) => {
  expect(() => planCandidates(input as never)).toThrow(TypeError);
  expect(() => planCandidates(input as never)).toThrow(message);
});

test.each<[unknown, string]>([
  [undefined, 'streamWithFallback: `selection.plan` is missing. Expected a plan of `planCandidates(…)`.'],
  [{ plan: ['a/b'], ask: () => undefined }, 'streamWithFallback: `selection.plan` is an array.'],
  [{ plan: { candidates: [] } }, 'streamWithFallback: `selection.ask` is missing. Expected a function'],
])('a selection of %j is refused at once', (selection, message) => {
  expect(() => streamWithFallback(selection as never)).toThrow(TypeError);
  expect(() => streamWithFallback(selection as never)).toThrow(message);
});

test('a catalog needs its models', () => {
  expect(() => createModelCatalog(undefined as never)).toThrow(
    'createModelCatalog: `models` is missing. Expected an array of models of `createCatalogModel(…)`.',
  );
  expect(() => createModelCatalog(['ollama/qwen3:8b'] as never)).toThrow('`models[0]` is "ollama/qwen3:8b".');
});
