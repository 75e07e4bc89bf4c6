import { request as httpRequest } from 'node:http';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { startScripted } from '../../test/scripted-runtime.ts';

async function open(gateway: object = {}, options: { token?: string; monotonicNow?: () => number } = {}) {
  const started = await startScripted(undefined, { gateway, ...options });
  onTestFinished(() => started.gateway.close());
  return started.gateway;
}

/** `fetch` does not let a test set `Host`. */
function get(url: string, headers: Record<string, string>, method = 'GET') {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const request = httpRequest(url, { headers, method }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject);
    request.end();
  });
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

test.each(['GET /v1/models', 'GET /v1/models/openclaw', 'GET /status', 'GET /log', 'GET /metrics'])(
  'wants the token for %s',
  async (endpoint) => {
    const { url } = await open({}, { token: 'right' });
    const path = endpoint.slice('GET '.length);
    expect((await get(url + path, {})).status).toBe(401);
    expect((await get(url + path, bearer('wrong'))).status).toBe(401);
    expect((await get(url + path, bearer('right'))).status).toBe(200);
  },
);

test.each(['/v1/chat/completions', '/v1/embeddings', '/v1/completions'])(
  'wants the token for POST %s',
  async (path) => {
    const { url } = await open({}, { token: 'right' });
    expect((await get(url + path, {}, 'POST')).status).toBe(401);
    expect((await get(url + path, bearer('right'), 'POST')).status).toBe(400);
  },
);

test.each(['/healthz', '/readyz', '/'])('wants no token for %s, which shows nothing', async (path) => {
  const { url } = await open({}, { token: 'right' });
  expect((await get(url + path, {})).status).toBe(200);
});

test('tells why providers cannot be reached to the owner only', async () => {
  const { url } = await open({}, { token: 'right' });
  expect((await get(`${url}/readyz`, {})).body).not.toContain('problems');
  expect((await get(`${url}/readyz`, bearer('right'))).body).toContain('problems');
});

test('is no place to guess at where no token is needed either', async () => {
  const rateLimit = { maxAttempts: 3, windowMs: 60_000, lockoutMs: 300_000, exemptLoopback: false };
  const { url } = await open({ auth: { rateLimit } }, { token: 'right' });
  for (const guess of ['one', 'two', 'three']) await get(`${url}/readyz`, bearer(guess));
  expect((await get(`${url}/v1/models`, bearer('four'))).status).toBe(429);
});

test('locks addresses out that keep guessing, for a while', async () => {
  let time = 0;
  const { url } = await open(
    { auth: { rateLimit: { maxAttempts: 3, windowMs: 60_000, lockoutMs: 300_000, exemptLoopback: false } } },
    { token: 'right', monotonicNow: () => time },
  );
  for (let attempt = 0; attempt < 3; attempt++)
    expect((await get(`${url}/v1/models`, bearer('wrong'))).status).toBe(401);
  const locked = await get(`${url}/v1/models`, bearer('wrong'));
  expect(locked.status).toBe(429);
  expect(locked.headers['retry-after']).toBe('300');
  expect((await get(`${url}/v1/models`, {})).status).toBe(429);
  time = 300_000;
  expect((await get(`${url}/v1/models`, bearer('wrong'))).status).toBe(401);
});

test('lets the right token in from an address that others have locked out', async () => {
  const rateLimit = { maxAttempts: 3, windowMs: 60_000, lockoutMs: 300_000, exemptLoopback: false };
  const { url } = await open({ auth: { rateLimit } }, { token: 'right' });
  for (let attempt = 0; attempt < 10; attempt++) await get(`${url}/v1/models`, bearer('wrong'));
  expect((await get(`${url}/v1/models`, bearer('right'))).status).toBe(200);
  expect((await get(`${url}/v1/models`, bearer('wrong'))).status).toBe(429);
});

test('does not count attempts that lie far apart, or bring no token', async () => {
  let time = 0;
  const { url } = await open(
    { auth: { rateLimit: { maxAttempts: 2, windowMs: 1_000, lockoutMs: 300_000, exemptLoopback: false } } },
    { token: 'right', monotonicNow: () => time },
  );
  for (let attempt = 0; attempt < 4; attempt++) {
    time += 1_000;
    expect((await get(`${url}/v1/models`, bearer('wrong'))).status).toBe(401);
    expect((await get(`${url}/v1/models`, {})).status).toBe(401);
  }
});

test('never locks this machine out, but the web pages on it', async () => {
  const { url } = await open({}, { token: 'right' });
  const browser = { ...bearer('wrong'), origin: url };
  for (let attempt = 0; attempt < 5; attempt++)
    expect((await get(`${url}/v1/models`, bearer('wrong'))).status).toBe(401);
  for (let attempt = 0; attempt < 3; attempt++) expect((await get(`${url}/v1/models`, browser)).status).toBe(401);
  expect((await get(`${url}/v1/models`, browser)).status).toBe(429);
  expect((await get(`${url}/v1/models`, bearer('wrong'))).status).toBe(401);
});

test.each([
  'localhost',
  '127.0.0.1',
  '[::1]',
  'app.localhost',
  'gateway.example',
  'GATEWAY.example',
  'localhost.',
  'my_app.localhost',
])('answers to the name %s', async (host) => {
  const { url, port } = await open({ allowedHosts: ['gateway.example'] });
  expect((await get(`${url}/healthz`, { host: `${host}:${port}` })).status).toBe(200);
});

test.each([
  'evil.example',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  'evil.example/.localhost',
  'evil#.localhost',
  'evil?.localhost',
  'evil@.localhost',
  'evil:80/.localhost',
  'evil..localhost',
  '.localhost',
  '127.999.999.999',
  '127.1',
  '[127.0.0.1]',
  '[::1',
  '::1',
  'localhost:x',
])('does not answer to the name %s', async (host) => {
  const { url } = await open();
  const reply = await get(`${url}/healthz`, { host });
  expect(reply.status).toBe(403);
  expect(JSON.parse(reply.body).error.code).toBe('host_not_allowed');
});

const hasIPv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));

test.runIf(hasIPv6)('listens on IPv6 alone', async () => {
  const { url, port } = await open({ bind: 'custom', customBindHost: '::1' });
  expect(url).toBe(`http://[::1]:${port}`);
  for (const host of ['[::1]', 'localhost'])
    expect((await get(`${url}/healthz`, { host: `${host}:${port}` })).status).toBe(200);
});

test('answers to web pages only when their origin is named', async () => {
  const { url } = await open({ cors: { origins: ['http://app.example'] } });
  expect((await get(`${url}/v1/models`, { origin: 'http://evil.example' })).status).toBe(403);
  expect((await get(`${url}/v1/models`, { origin: 'null' })).status).toBe(403);
  expect((await get(`${url}/v1/models`, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  const allowed = await get(`${url}/v1/models`, { origin: 'http://app.example' });
  expect(allowed.status).toBe(200);
  expect(allowed.headers).toMatchObject({ 'access-control-allow-origin': 'http://app.example', vary: 'origin' });
  expect((await get(`${url}/v1/models`, { origin: url })).status).toBe(200);
});

test('lets a page read a refusal that its origin may know of', async () => {
  const { url } = await open({ cors: { origins: ['http://app.example'] } }, { token: 'right' });
  const reply = await get(`${url}/v1/models`, { origin: 'http://app.example' });
  expect(reply.status).toBe(401);
  expect(reply.headers['access-control-allow-origin']).toBe('http://app.example');
});

test('answers preflights without a token, for allowed origins', async () => {
  const { url } = await open({ cors: { origins: ['http://app.example'] } }, { token: 'right' });
  const ask = (origin: string, path: string) =>
    get(
      url + path,
      {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, content-type',
      },
      'OPTIONS',
    );
  const reply = await ask('http://app.example', '/v1/chat/completions');
  expect(reply).toMatchObject({
    status: 204,
    headers: {
      'access-control-allow-origin': 'http://app.example',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type',
    },
  });
  expect((await ask('http://evil.example', '/v1/chat/completions')).status).toBe(403);
  expect((await ask('http://app.example', '/nothing')).status).toBe(204);
});

test.each(['/nothing', '/v1/nothing', '/v1/chat/completions'])(
  'lets a page of an allowed origin read why %s fails',
  async (path) => {
    const { url } = await open({ cors: { origins: ['http://app.example'] } });
    const { status, headers } = await get(url + path, { origin: 'http://app.example' });
    expect(status).toBe(path === '/v1/chat/completions' ? 405 : 404);
    expect(headers['access-control-allow-origin']).toBe('http://app.example');
  },
);

test('refuses to listen where others can reach it without a token', async () => {
  await expect(startScripted(undefined, { gateway: { bind: 'lan' } })).rejects.toMatchObject({
    code: 'token-required',
    message: expect.stringContaining('Refusing to listen on 0.0.0.0'),
  });
  const { gateway } = await startScripted(undefined, { gateway: { bind: 'lan' }, token: 'right' });
  await gateway.close();
});

test('sends what keeps browsers from guessing and framing', async () => {
  const { url } = await open();
  expect((await get(url, { accept: 'text/html' })).headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  });
});
