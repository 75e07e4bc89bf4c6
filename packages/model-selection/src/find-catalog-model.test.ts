import { expect, test } from 'vitest';
import { createCatalogModel } from './create-catalog-model.ts';
import { findCatalogModel } from './find-catalog-model.ts';

const model = (provider: string, name: string, aliases: readonly string[] = []) => ({
  ...createCatalogModel({ provider, model: name, endpoint: 'http://127.0.0.1:11434/v1' }),
  aliases,
});
const models = [
  model('desktop', 'llama3.3:latest', ['Fast']),
  model('desktop', 'qwen3:8b'),
  model('laptop', 'qwen3:8b'),
];

test.each([
  ['laptop/qwen3:8b', 'laptop/qwen3:8b'],
  ['fast', 'desktop/llama3.3:latest'],
  ['llama3.3', 'desktop/llama3.3:latest'],
  ['desktop/Llama3.3', 'desktop/llama3.3:latest'],
  ['qwen3:8b', undefined],
  ['gpt-oss:20b', undefined],
])('%s means %s', (name, ref) => {
  expect(findCatalogModel(models, name)?.ref).toBe(ref);
});
