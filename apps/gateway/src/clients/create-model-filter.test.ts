import { expect, test } from 'vitest';
import { createModelFilter } from './create-model-filter.ts';

test.each([
  ['ollama/qwen3:8b', 'ollama/qwen3:8b', true],
  ['ollama/qwen3:8b', 'ollama/Qwen3:8B', true],
  ['ollama/qwen3:8b', 'ollama/qwen3:14b', false],
  ['ollama/qwen3', 'ollama/qwen3:latest', true],
  ['ollama/qwen3:latest', 'ollama/qwen3', true],
  ['ollama/qwen3', 'ollama/qwen3:8b', false],
  ['*', 'openrouter/any/model', true],
  ['ollama/*', 'ollama/gpt-oss:20b', true],
  ['ollama/*', 'ollama-cloud/gpt-oss:20b', false],
  ['*/qwen*', 'desk/qwen3:8b', true],
  ['*/qwen*', 'desk/llama3', false],
  ['ollama/*:latest', 'ollama/llama3', true],
  ['ollama/a*a', 'ollama/a', false],
  ['ollama/a*b*c', 'ollama/a-c-b-c', true],
  ['ollama/a*b*b', 'ollama/ab', false],
  ['ollama/llama3.2', 'ollama/llama3x2', false],
])('%s and %s: %j', (pattern, ref, expected) => {
  expect(createModelFilter([pattern])(ref)).toBe(expected);
});

test('one of several patterns is enough, and none allows nothing', () => {
  expect(createModelFilter(['ollama/a', 'ollama/b*'])('ollama/bc')).toBe(true);
  expect(createModelFilter([])('ollama/a')).toBe(false);
});
