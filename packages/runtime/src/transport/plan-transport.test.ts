import { expect, test } from 'vitest';
import { planTransport } from './plan-transport.ts';

const PROXY = 'http://squid.example:3128';
const PUBLIC = 'https://api.example.com/v1';

function proxyOf(url: string, env: Record<string, string>, request?: Parameters<typeof planTransport>[1]['request']) {
  const plan = planTransport(url, { request, path: 'request', env });
  return 'problem' in plan ? plan.problem : plan.transport?.proxy?.url;
}

test.each([
  [PUBLIC, { HTTPS_PROXY: PROXY }, PROXY],
  [PUBLIC, { https_proxy: PROXY, HTTPS_PROXY: 'http://other:1' }, PROXY],
  [PUBLIC, { HTTP_PROXY: PROXY }, undefined],
  ['http://api.example.com/v1', { HTTP_PROXY: PROXY }, PROXY],
  ['http://api.example.com/v1', { HTTPS_PROXY: PROXY }, undefined],
  [PUBLIC, { ALL_PROXY: PROXY }, PROXY],
  [PUBLIC, { HTTPS_PROXY: 'squid.example:3128' }, PROXY],
  [PUBLIC, { HTTPS_PROXY: ' ' }, undefined],
  [PUBLIC, {}, undefined],
])('%s with %j', (url, env, proxy) => {
  expect(proxyOf(url, env as Record<string, string>)).toBe(proxy);
});

test.each([
  'http://127.0.0.1:11434/v1',
  'http://localhost:1234/v1',
  'https://192.168.1.5/v1',
  'https://10.0.0.1/v1',
  'http://[::1]:11434',
  'http://[fd00::1]/v1',
  'https://nas.local/v1',
  'http://host.docker.internal:11434/v1',
  'http://ollama:11434/v1',
])('%s is never reached through a proxy of the environment', (url) => {
  expect(proxyOf(url, { HTTPS_PROXY: PROXY, HTTP_PROXY: PROXY, ALL_PROXY: PROXY })).toBeUndefined();
});

test.each([
  ['api.example.com', true],
  ['example.com', true],
  ['.example.com', true],
  ['*.example.com', true],
  ['other.org, EXAMPLE.COM', true],
  ['other.org example.com:443', true],
  ['*', true],
  ['example.com:8443', false],
  ['ample.com', false],
  ['', false],
  [',', false],
])('NO_PROXY %j', (noProxy, isDirect) => {
  expect(proxyOf(PUBLIC, { HTTPS_PROXY: PROXY, NO_PROXY: noProxy })).toBe(isDirect ? undefined : PROXY);
});

test('NO_PROXY knows IPv6', () => {
  const env = (noProxy: string) => ({ HTTPS_PROXY: PROXY, NO_PROXY: noProxy });
  expect(proxyOf('https://[2001:db8::1]/v1', env('2001:db8::1'))).toBeUndefined();
  expect(proxyOf('https://[2001:db8::1]/v1', env('[2001:db8::1]:443'))).toBeUndefined();
  expect(proxyOf('https://[2001:db8::1]/v1', env('2001:db8::2'))).toBe(PROXY);
});

test('the proxy of the provider is used for local addresses, too, and without NO_PROXY', () => {
  const request = { proxy: { mode: 'explicit-proxy' as const, url: PROXY } };
  expect(proxyOf('http://10.0.0.1/v1', { NO_PROXY: '*' }, request)).toBe(PROXY);
  expect(
    proxyOf(PUBLIC, { HTTPS_PROXY: PROXY, NO_PROXY: 'example.com' }, { proxy: { mode: 'env-proxy' } }),
  ).toBeUndefined();
});

test.each([
  [{ HTTPS_PROXY: 'socks5://me:secret@h:1' }, undefined, /^HTTPS_PROXY is not the URL of an HTTP proxy/],
  [{}, { proxy: { mode: 'explicit-proxy' as const } }, /^request\.proxy\.url is not the URL/],
  [{}, { tls: { ca: '/etc/ca.pem' } }, /^request\.tls\.ca is not a certificate as PEM text/],
  [{}, { tls: { key: '-----BEGIN PRIVATE KEY-----\nsecret' } }, /^request\.tls cannot be used: /],
])('%j with %j is a problem', (env, request, message) => {
  const problem = proxyOf(PUBLIC, env as Record<string, string>, request);
  expect(problem).toMatch(message);
  expect(problem).not.toContain('secret');
});
