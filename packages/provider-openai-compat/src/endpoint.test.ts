import { expect, test } from 'vitest';
import { createEndpoint, parseBaseUrl } from './endpoint.ts';
import { detectServer } from './server-kind.ts';
import { quirksOf } from './server-quirks.ts';
import type { ServerKind } from './server-kind.ts';

test.each<[string, ServerKind, string]>([
  ['http://127.0.0.1:11434', 'ollama', 'http://127.0.0.1:11434/v1/chat/completions'],
  ['http://127.0.0.1:11434/', 'ollama', 'http://127.0.0.1:11434/v1/chat/completions'],
  ['http://127.0.0.1:11434/v1/', 'ollama', 'http://127.0.0.1:11434/v1/chat/completions'],
  ['https://box.example/ollama', 'ollama', 'https://box.example/ollama/v1/chat/completions'],
  ['http://127.0.0.1:8000', 'vllm', 'http://127.0.0.1:8000/chat/completions'],
  [
    'https://a.example/openai/deployments/x?api-version=2024-10-21',
    'unknown',
    'https://a.example/openai/deployments/x/chat/completions?api-version=2024-10-21',
  ],
  ['http://[::1]:11434/v1', 'ollama', 'http://[::1]:11434/v1/chat/completions'],
])('%s of a server of kind %s is asked at %s', (baseUrl, server, asked) => {
  const endpoint = createEndpoint(parseBaseUrl(baseUrl, { provider: 'p' }), { server });

  expect(endpoint.resolve('chat/completions').href).toBe(asked);
});

test.each<[string, string, ServerKind]>([
  ['ollama', 'http://box:8080/v1', 'ollama'],
  ['my-box', 'http://box:11434/v1', 'ollama'],
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

test('a host that departs from its kind has quirks of its own', () => {
  expect(quirksOf('unknown', { baseUrl: new URL('https://api.mistral.ai/v1') }).usageInStream).toBe(false);
  expect(quirksOf('unknown', { baseUrl: new URL('https://api.deepseek.com') }).reasoningField).toBe(
    'reasoning_content',
  );
  expect(quirksOf('unknown', { baseUrl: new URL('http://127.0.0.1:8000/v1') }).usageInStream).toBe(true);
});
