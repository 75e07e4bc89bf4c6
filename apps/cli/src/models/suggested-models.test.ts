import { expect, test } from 'vitest';
import { suggestModels } from './suggested-models.ts';

const GiB = 2 ** 30;
const names = (memoryBytes?: number): string[] => suggestModels({ memoryBytes }).map(({ name }) => name);

test.each([
  [8, 'qwen3.5:4b'],
  [16, 'qwen3:14b'],
  [32, 'qwen3:30b'],
  [64, 'qwen3.5:35b'],
  [128, 'gpt-oss:120b'],
])('%i GiB of memory: the first suggestion is %s', (gib, first) => {
  expect(names(gib * GiB)[0]).toBe(first);
});

test('a small machine gets the smallest model, an unknown one the small models first', () => {
  expect(names(GiB)).toEqual(['qwen3:1.7b']);
  expect(names()).toEqual(['qwen3:1.7b', 'qwen3:4b', 'qwen3.5:4b', 'qwen3:8b']);
});

test('every machine is offered a model for releases of Ollama before 0.17.1', () => {
  for (const gib of [1, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128])
    expect(
      names(gib * GiB).filter((name) => !name.startsWith('qwen3.5')),
      `${gib} GiB`,
    ).not.toEqual([]);
});
