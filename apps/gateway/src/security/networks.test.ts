import { request as httpRequest } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { startScripted } from '../../test/scripted-runtime.ts';

async function open(gateway: object = {}, options: { token?: string } = {}) {
  const started = await startScripted(undefined, { gateway, ...options });
  onTestFinished(() => started.gateway.close());
  return started.gateway;
}

/** `fetch` does not let a test set `Host`. */
function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
    request.end();
  });
}

test.each(['host.docker.internal:18789', 'mybox.local', '192.168.7.9:1', '[fd00::7]'])(
  'the name %s is one that no page on the Internet can have',
  async (host) => {
    const { url } = await open();
    expect(await statusOf(`${url}/v1/models`, { host })).toBe(200);
  },
);

test('a gateway with a token takes every name, as a page that was bound anew has no token', async () => {
  const { url } = await open({}, { token: 'right' });
  expect(await statusOf(`${url}/v1/models`, { host: 'openclaw:18789' })).toBe(401);
  expect(await statusOf(`${url}/v1/models`, { host: 'openclaw:18789', authorization: 'Bearer right' })).toBe(200);
  expect(await statusOf(`${url}/v1/models`, { host: 'open claw', authorization: 'Bearer right' })).not.toBe(200);
});

test.each([
  ['http://localhost:*', 'http://localhost:5173', true],
  ['http://localhost:*', 'http://localhost.evil.example:1', false],
  ['http://localhost:*', 'https://localhost:1', false],
  ['chrome-extension://*', 'chrome-extension://abcdef', true],
  ['https://ui.example.com/', 'https://ui.example.com', true],
  ['https://*.example.com', 'https://a.example.com', true],
  ['https://*.example.com', 'https://example.com', false],
  ['*', 'http://anywhere.example', true],
])('origins: %s and a page of %s', async (pattern, origin, allowed) => {
  const { url } = await open({ cors: { origins: [pattern] } });
  expect(await statusOf(`${url}/v1/models`, { origin })).toBe(allowed ? 200 : 403);
});

test('behind a trusted proxy the client that guesses is locked out, and no other', async () => {
  const rateLimit = { maxAttempts: 2, windowMs: 60_000, lockoutMs: 300_000, exemptLoopback: true };
  const { url } = await open({ auth: { rateLimit }, trustedProxies: ['127.0.0.0/8'] }, { token: 'right' });
  const guess = (client: string) =>
    statusOf(`${url}/v1/models`, { authorization: 'Bearer wrong', 'x-forwarded-for': client });
  for (let attempt = 0; attempt < 2; attempt++) expect(await guess('203.0.113.7')).toBe(401);
  expect(await guess('203.0.113.7')).toBe(429);
  expect(await guess('203.0.113.8')).toBe(401);
});

test('TLS that would not be served keeps the gateway from starting', async () => {
  await expect(startScripted(undefined, { gateway: { tls: { enabled: true } } })).rejects.toMatchObject({
    code: 'invalid-settings',
    message: expect.stringContaining('plain HTTP only'),
  });
});
