import { describe, expect, test } from 'vitest';
import { post, rawRequest, readJson, start } from '../test/simulator-client.ts';

describe('a request that is refused', () => {
  test.each([
    { body: '', status: 400, error: 'missing request body' },
    { body: {}, status: 400, error: 'model is required' },
    { body: { name: 'x' }, status: 404, error: "model 'x' not found" },
    { body: { model: '??' }, status: 500, error: 'unqualified name: registry.ollama.ai/library/??:latest' },
  ])('of /api/show with $body, in the native envelope', async ({ body, status, error }) => {
    const { url } = await start();
    const response = await post(`${url}/api/show`, body);
    expect([response.status, await readJson(response)]).toEqual([status, { error }]);
  });

  test.each([
    { path: '/api/nope', method: 'GET', status: 404, text: '404 page not found' },
    { path: '/api/tags', method: 'POST', status: 405, text: '405 method not allowed' },
    { path: '/api/tags', method: 'POST', version: '0.6.8', status: 404, text: '404 page not found' },
    { path: '/api/tags', method: 'HEAD', version: '0.5.7', status: 404, text: '' },
    { path: '/api/tags', method: 'HEAD', status: 200, text: '' },
  ])('of $method $path by $version: $status', async ({ path, method, status, text, version }) => {
    const { url } = await start(version === undefined ? {} : { version });
    const response = await fetch(url + path, { method });
    expect([response.status, await response.text()]).toEqual([status, text]);
  });

  test.each([
    { headers: { origin: 'https://evil.example' }, status: 403 },
    { headers: { origin: 'https://good.example' }, status: 200 },
    { headers: { origin: 'http://localhost:3000' }, status: 200 },
    { headers: { origin: 'vscode-webview://x' }, status: 200 },
    { headers: { host: 'evil.example' }, status: 403 },
    { headers: { host: 'box.local:11434' }, status: 200 },
    { headers: { host: '192.168.1.5' }, status: 200 },
    { headers: { host: '8.8.8.8' }, status: 403 },
  ])('of a page or a host by $headers: $status, without a body', async ({ headers, status }) => {
    const { port } = await start({ origins: ['https://good.example'] });
    const answer = await rawRequest(port, { host: 'localhost', ...headers });
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer.endsWith('\r\n\r\n')).toBe(status === 403);
  });

  test('not, whatever its Host, when it is not bound to loopback', async () => {
    const { port } = await start({ host: '0.0.0.0' });
    expect(await rawRequest(port, { host: 'anything.example' })).toContain('HTTP/1.1 200 ');
  });
});

test('a page that is let in may read the answer, and ask beforehand', async () => {
  const { url } = await start();
  const origin = 'http://localhost:3000';
  const answer = await fetch(`${url}/v1/models`, { headers: { origin } });
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
  const preflight = await fetch(`${url}/v1/chat/completions`, { method: 'OPTIONS', headers: { origin } });
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([
    204,
    'GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS',
  ]);
});
