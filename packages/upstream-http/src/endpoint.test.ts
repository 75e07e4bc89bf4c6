import { expect, test } from 'vitest';
import { createEndpoint, parseBaseUrl } from './endpoint.ts';

test.each<[string, string]>([
  ['http://127.0.0.1:11434', 'http://127.0.0.1:11434/chat/completions'],
  ['http://127.0.0.1:8000/v1/', 'http://127.0.0.1:8000/v1/chat/completions'],
  ['http://[::1]:11434/v1', 'http://[::1]:11434/v1/chat/completions'],
  [
    'https://a.example/openai/deployments/x?api-version=2024-10-21',
    'https://a.example/openai/deployments/x/chat/completions?api-version=2024-10-21',
  ],
])('%s is asked at %s', (baseUrl, asked) => {
  expect(createEndpoint(parseBaseUrl(baseUrl, { provider: 'p' })).resolve('chat/completions').href).toBe(asked);
});

test('the path of the API follows from that of the base URL, without its trailing slashes', () => {
  const base = parseBaseUrl('https://box.example/ollama//?key=1', { provider: 'p' });
  const endpoint = createEndpoint(base, { path: (given) => `${given}/v1` });

  expect(endpoint.baseUrl).toBe('https://box.example/ollama/v1');
  expect(endpoint.resolve('models').href).toBe('https://box.example/ollama/v1/models?key=1');
});
