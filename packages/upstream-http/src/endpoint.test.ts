import { expect, test } from 'vitest';
import { createEndpoint, parseBaseUrl } from './endpoint.ts';

test.each<[string, string | undefined, string]>([
  ['http://127.0.0.1:11434', '/v1', 'http://127.0.0.1:11434/v1/chat/completions'],
  ['http://127.0.0.1:11434/', '/v1', 'http://127.0.0.1:11434/v1/chat/completions'],
  ['http://127.0.0.1:11434/v1/', '/v1', 'http://127.0.0.1:11434/v1/chat/completions'],
  ['https://box.example/ollama', '/v1', 'https://box.example/ollama/v1/chat/completions'],
  ['http://127.0.0.1:8000', undefined, 'http://127.0.0.1:8000/chat/completions'],
  [
    'https://a.example/openai/deployments/x?api-version=2024-10-21',
    undefined,
    'https://a.example/openai/deployments/x/chat/completions?api-version=2024-10-21',
  ],
  ['http://[::1]:11434/v1', '/v1', 'http://[::1]:11434/v1/chat/completions'],
])('%s with the suffix %s is asked at %s', (baseUrl, suffix, asked) => {
  const endpoint = createEndpoint(parseBaseUrl(baseUrl, { provider: 'p' }), { suffix });

  expect(endpoint.resolve('chat/completions').href).toBe(asked);
});
