import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { discoverModels, listRunningModels } from '@openclaw/ollama-discovery';
import { expect, onTestFinished, test } from 'vitest';
import { deadUrl, startSimulator } from '../test/start-runtime.ts';
import { createLightFetch } from './light-fetch.ts';

function lightFetch() {
  const light = createLightFetch();
  onTestFinished(() => light.close());
  return light.fetch;
}

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('finds the same as Node’s own fetch', async () => {
  const { url: baseUrl } = await startSimulator();
  const fetch = lightFetch();
  expect(await discoverModels({ baseUrl, fetch })).toEqual(await discoverModels({ baseUrl }));
  expect(await listRunningModels({ baseUrl, fetch })).toEqual([]);
});

test('sends a body in one piece, whatever script it is in', async () => {
  const url = await listen((request, response) => {
    request.pipe(response.writeHead(200, { 'x-length': request.headers['content-length'] }));
  });
  const { signal } = new AbortController();
  const init = { method: 'POST', headers: {}, body: 'modèle-日本', signal, redirect: 'manual' } as const;
  const response = await lightFetch()(url, init);
  expect(response).toMatchObject({ status: 200 });
  expect(response.headers.get('X-Length')).toBe('14');
  expect(await text(response.body!)).toBe('modèle-日本');
});

test('lets a refused connection be recognised', async () => {
  const discovery = discoverModels({ baseUrl: deadUrl(), fetch: lightFetch() });
  await expect(discovery).rejects.toMatchObject({ code: 'connection-failed', connection: 'refused' });
});

test('lets a host name that does not exist be recognised', async () => {
  const discovery = discoverModels({ baseUrl: 'http://nothing.invalid:11434', fetch: lightFetch() });
  await expect(discovery).rejects.toMatchObject({ code: 'connection-failed', connection: 'dns' });
});

test('lets something other than HTTP be recognised', async () => {
  const server = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(discoverModels({ baseUrl, fetch: lightFetch() })).rejects.toMatchObject({ connection: 'closed' });
});

test('lets plain http behind https:// be recognised', async () => {
  const baseUrl = await listen((_request, response) => response.end('{}'));
  const discovery = discoverModels({ baseUrl: baseUrl.replace('http:', 'https:'), fetch: lightFetch() });
  await expect(discovery).rejects.toMatchObject({ code: 'connection-failed', connection: 'tls' });
});

test('lets a connection that breaks in the middle be recognised', async () => {
  const baseUrl = await listen((_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{');
    setImmediate(() => response.destroy());
  });
  await expect(discoverModels({ baseUrl, fetch: lightFetch() })).rejects.toMatchObject({ connection: 'reset' });
});

test('does not follow a redirect', async () => {
  const elsewhere = await listen((_request, response) => response.end('{"models":[]}'));
  const baseUrl = await listen((_request, response) => response.writeHead(302, { location: elsewhere }).end());
  await expect(discoverModels({ baseUrl, fetch: lightFetch() })).rejects.toThrow(elsewhere);
});

test.each([
  ['before it answers', () => {}],
  ['in the middle of its answer', (_request, response) => void response.writeHead(200).write('{')],
] satisfies [string, RequestListener][])('times out on a server that stops %s', async (_when, listener) => {
  const baseUrl = await listen(listener);
  const discovery = discoverModels({ baseUrl, fetch: lightFetch(), requestTimeoutMs: 30 });
  await expect(discovery).rejects.toMatchObject({ code: 'timeout' });
});
