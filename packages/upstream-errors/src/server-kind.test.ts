import { expect, test } from 'vitest';
import { detectServer } from './server-kind.ts';
import type { ServerKind } from './server-kind.ts';

test.each<[string, string, ServerKind]>([
  ['ollama', 'http://box:8080/v1', 'ollama'],
  ['my-box', 'http://box:11434/v1', 'ollama'],
  ['ollama-gpu', 'http://box:8080/v1', 'ollama'],
  ['Ollama-2', 'http://box:8080/v1', 'ollama'],
  ['ollamafarm', 'http://box:8080/v1', 'unknown'],
  ['openai', 'https://api.openai.com/v1', 'openai'],
  ['work', 'https://api.openai.com/v1', 'openai'],
  ['lm-studio', 'http://box:4321/v1', 'lm-studio'],
  ['local', 'http://127.0.0.1:1234/v1', 'lm-studio'],
  ['llama.cpp', 'http://127.0.0.1:8080/v1', 'llama-cpp'],
  ['OpenRouter', 'https://relay.example/v1', 'openrouter'],
  ['something', 'http://127.0.0.1:8000/v1', 'unknown'],
  ['constructor', 'http://127.0.0.1:8000/v1', 'unknown'],
])('provider %s at %s is taken for %s', (id, baseUrl, kind) => {
  expect(detectServer(id, { baseUrl: new URL(baseUrl) })).toBe(kind);
});

test('without a base URL the id decides', () => {
  expect([detectServer('ollama-gpu'), detectServer('box')]).toEqual(['ollama', 'unknown']);
});
