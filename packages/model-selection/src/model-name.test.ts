import { expect, test } from 'vitest';
import { normalizeModelName } from './model-name.ts';

test.each([
  ['Llama3.3', 'llama3.3:latest'],
  ['llama3.3:latest', 'llama3.3:latest'],
  ['gpt-oss:20B', 'gpt-oss:20b'],
  ['host:5000/user/repo', 'host:5000/user/repo:latest'],
  ['hf.co/user/repo:Q4_K_M', 'hf.co/user/repo:q4_k_m'],
])('%s is compared as %s', (name, normalized) => {
  expect(normalizeModelName(name)).toBe(normalized);
});

test('a server may have another default tag', () => {
  expect(normalizeModelName('llama3.3', { defaultTag: 'stable' })).toBe('llama3.3:stable');
});
