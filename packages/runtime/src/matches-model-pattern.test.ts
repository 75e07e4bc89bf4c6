import { expect, test } from 'vitest';
import { matchesModelPattern } from './matches-model-pattern.ts';

test.each([
  ['gpt-oss:20b', 'gpt-oss:20b', true],
  ['gpt-oss:20b', 'GPT-OSS:*', true],
  ['gpt-oss:20b', 'gpt-oss', false],
  ['gpt-oss:20b', '*', true],
  ['gpt-oss:20b', '*:20b', true],
  ['gpt-oss:120b', '*:20b', false],
  ['qwen3-coder:30b', 'qwen*coder*', true],
  ['qwen3:30b', 'qwen*coder*', false],
  ['llama3.3:latest', 'llama3.3', true],
  ['llama3x3:latest', 'llama3.3', false],
  ['llama3.3:latest', 'llama3.3:latest', true],
  ['hf.co/user/model:q4', 'hf.co/*', true],
  ['aba', 'ab*ba', false],
  ['abba', 'ab*ba', true],
  ['abab', '*ab*ab', true],
  ['ab', '*ab*ab', false],
])('%s and %s: %s', (model, pattern, expected) => {
  expect(matchesModelPattern(model, pattern)).toBe(expected);
});
