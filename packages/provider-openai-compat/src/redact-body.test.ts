import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createOpenAICompatProvider } from './openai-compat-provider.ts';
import type { OpenAICompatProvider } from './openai-compat-provider.ts';
import { redactBody } from '@openclaw/upstream-http';

const KEY = 'sk-Top/"Secret"\\0123';
const SECRETS = [`${KEY}-longer`, KEY];

test.each([
  ['as it is', `key ${KEY}.`, 'key ***.'],
  ['as JSON', JSON.stringify({ key: KEY }), '{"key":"***"}'],
  ['as JSON with every escape', `{"key":"${escapeAll(KEY)}"}`, '{"key":"***"}'],
  ['as JSON with escaped slashes', JSON.stringify({ key: KEY }).replaceAll('/', '\\/'), '{"key":"***"}'],
  ['percent-encoded', `?key=${encodeURIComponent(KEY)}&a`, '?key=***&a'],
  ['a longer one that holds it', `${KEY}-longer`, '***'],
  ['its beginning alone', `${KEY.slice(0, 12)} and ${KEY.slice(0, 12)}`, undefined],
  ['its beginning, then itself', `${KEY.slice(0, 12)}${KEY}`, `${KEY.slice(0, 12)}***`],
  ['beside text of other bytes', `é 😀 ${KEY} 世界`, 'é 😀 *** 世界'],
])('a key in a body is redacted wherever the body is cut: %s', async (_title, text, expected) => {
  const bytes = Buffer.from(text);
  for (let at = 0; at <= bytes.length; at++) {
    const redacted = await read(redactBody(pieces([bytes.subarray(0, at), bytes.subarray(at)]), SECRETS));
    if (expected !== undefined) expect(redacted).toBe(expected);
    expect(redacted).not.toContain(KEY);
  }
  const single = await read(redactBody(pieces([...bytes].map((byte) => Buffer.from([byte]))), SECRETS));
  if (expected !== undefined) expect(single).toBe(expected);
});

test('text that is no part of a key goes on at once', async () => {
  const body = redactBody(pieces([Buffer.from('data: one\n\ns'), Buffer.from('k-a')]), SECRETS);

  expect(Buffer.from((await body.next()).value ?? []).toString()).toBe('data: one\n\n');
  expect(Buffer.from((await body.next()).value ?? []).toString()).toBe('sk-a');
});

test('no key comes back in a success, its content type or its headers', async () => {
  const provider = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': `text/plain; key=sk-0123456789`, 'x-key': ['a', 'sk-0123456789'] });
    response.end('{"key":"\\u0073k-0123456789"}');
  });
  const passed = await provider.post('embeddings', {});

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
  const provider = await serve((_request, response) => response.writeHead(status, headers).end('...'));

  await expect(provider.post('embeddings', {})).rejects.toMatchObject(expected);
});

async function* pieces(all: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void, undefined> {
  yield* all;
}

async function read(body: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const bytes of body) all.push(bytes);
  return Buffer.concat(all).toString();
}

function escapeAll(text: string): string {
  return Array.from(text, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

async function serve(listener: RequestListener): Promise<OpenAICompatProvider> {
  const server = createServer((request, response) => {
    request.resume();
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const provider = createOpenAICompatProvider({
    id: 'local',
    baseUrl: `http://127.0.0.1:${port}/v1`,
    apiKey: 'sk-0123456789',
  });
  onTestFinished(async () => {
    await provider.close();
    server.closeAllConnections();
    server.close();
  });
  return provider;
}
