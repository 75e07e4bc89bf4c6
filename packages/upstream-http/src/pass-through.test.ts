import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { passThrough } from './pass-through.ts';
import { createUpstream } from './upstream.ts';
import type { Upstream } from './upstream.ts';

test('no key comes back in a success, its content type or its headers', async () => {
  const upstream = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': `text/plain; key=sk-0123456789`, 'x-key': ['a', 'sk-0123456789'] });
    response.end('{"key":"\\u0073k-0123456789"}');
  });
  const passed = await passThrough(upstream, { path: 'embeddings', body: {} });

  expect(await read(passed.body)).toBe('{"key":"***"}');
  expect(passed.contentType).toBe('text/plain; key=***');
  expect(JSON.stringify(passed.headers)).not.toContain('sk-0123456789');
});

test.each<[string, number, Record<string, string>, object]>([
  ['a body that is compressed', 200, { 'content-encoding': 'gzip' }, { code: 'invalid-response' }],
  ['a redirect without an address', 302, {}, { code: 'invalid-response', status: 302 }],
  ['a redirect', 307, { location: '/elsewhere' }, { code: 'invalid-response', status: 307 }],
  ['an error that is compressed', 404, { 'content-encoding': 'br' }, { code: 'unsupported', status: 404 }],
])('%s is a failure, as for a chat', async (_title, status, headers, expected) => {
  const upstream = await serve((_request, response) => response.writeHead(status, headers).end('...'));

  await expect(passThrough(upstream, { path: 'embeddings', body: {} })).rejects.toMatchObject(expected);
});

async function read(body: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const bytes of body) all.push(bytes);
  return Buffer.concat(all).toString();
}

async function serve(listener: RequestListener): Promise<Upstream> {
  const server = createServer((request, response) => {
    request.resume();
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const upstream = createUpstream({
    id: 'local',
    baseUrl: `http://127.0.0.1:${port}/v1`,
    apiKey: 'sk-0123456789',
  });
  onTestFinished(async () => {
    await upstream.close();
    server.closeAllConnections();
    server.close();
  });
  return upstream;
}
