import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { GatewayError } from '../gateway-error.ts';
import { createBodyMemory } from './create-body-memory.ts';
import { readJsonBody } from './read-json-body.ts';

const LIMITS = { maxDepth: 4, maxParts: 40, maxValues: 100 };

/** Sends a body over a socket and gives what was read of it, or the error. */
async function read(
  body: string | Uint8Array | ReadableStream,
  headers: Record<string, string> = {},
  {
    maxBytes = 1000,
    limits = LIMITS,
    late = false,
  }: { maxBytes?: number; limits?: typeof LIMITS; late?: boolean } = {},
) {
  const memory = createBodyMemory(() => ({ maxBodyBytes: maxBytes, maxBufferedBytes: maxBytes }));
  const { signal } = new AbortController();
  let outcome: unknown;
  const server = createServer((request, response) => {
    const arrived = late ? arrival(request) : Promise.resolve();
    void arrived
      .then(() => readJsonBody({ request, response, signal }, { maxBytes, memory, limits }))
      .catch((error: GatewayError) => ({ failed: error.code, message: error.message }))
      .then((value) => {
        outcome = value;
        request.resume();
        response.end();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
  return outcome;
}

async function arrival(request: IncomingMessage): Promise<void> {
  while (!request.complete) await nextTurn();
}

test('reads JSON', async () => {
  expect(await read('{"a":["b\\"[[[[[["]}')).toEqual({ a: ['b"[[[[[['] });
});

test('reads a body that arrived before', async () => {
  expect(await read('{"a":["b"]}', {}, { late: true })).toEqual({ a: ['b'] });
  const long = { a: 'b'.repeat(10_000) };
  expect(await read(JSON.stringify(long), {}, { late: true, maxBytes: 20_000 })).toEqual(long);
  expect(await read('', {}, { late: true })).toMatchObject({ failed: 'invalid-request' });
  expect(await read(new Blob(['[', 'x'.repeat(2000)]).stream(), {}, { late: true })).toMatchObject({
    failed: 'body-too-large',
  });
  expect(await read('[[[[[]]]]]', {}, { late: true })).toMatchObject({ failed: 'invalid-request' });
});

test('does not take brackets inside strings for depth', async () => {
  expect(await read(JSON.stringify({ a: '[[[[[[{{{{\\"' }))).toEqual({ a: '[[[[[[{{{{\\"' });
});

test.each(['[[[[[]]]]]', '{"a":[{"b":[{}]}]}', `${' '.repeat(1024 * 1024)}[[[[[`, `[${'[[[[[]]]]],'.repeat(10)}`])(
  'refuses what nests too deep (%#) before it is parsed',
  async (body) => {
    expect(await read(body, {}, { maxBytes: 2_000_000 })).toMatchObject({
      failed: 'invalid-request',
      message: expect.stringContaining('nests more than 4'),
    });
  },
);

test('reads what nests as deep as it may', async () => {
  expect(await read('[{"a":[{}]}]')).toEqual([{ a: [{}] }]);
});

test.each([
  ['objects', `[${'{},'.repeat(40)}`],
  ['keys', `{${'"k":0,'.repeat(40)}`],
  ['strings', `[${'"",'.repeat(40)}`],
  ['numbers', `[${'0,'.repeat(101)}`],
])('refuses too many %s before they are parsed', async (_name, body) => {
  expect(await read(body)).toMatchObject({ failed: 'body-too-large', message: expect.stringContaining('more than') });
});

test('reads a large body whole', async () => {
  const text = 'ä'.repeat(3_000_000);
  expect(await read(JSON.stringify([text]), {}, { maxBytes: 10_000_000 })).toEqual([text]);
});

test.each([
  ['{"password": hunter2}', "The body is not JSON: no value begins with 'h'."],
  ['{"password": "hunter2"', 'The body is not JSON: there is a mistake at position 22 (line 1 column 23).'],
  ['{"hunter2"', 'The body is not JSON: there is a mistake at position 10 (line 1 column 11).'],
  ['[', 'The body is not JSON: it ends too early.'],
])('says what is wrong with %s, and does not quote it', async (body, message) => {
  expect(await read(body)).toEqual({ failed: 'invalid-request', message });
});

test.each([
  ['too much, announced', 'x'.repeat(1001), {}, 'body-too-large'],
  ['too much, not announced', new Blob(['x'.repeat(5000)]).stream(), {}, 'body-too-large'],
  ['an unknown encoding', '{}', { 'content-encoding': 'compress' }, 'unsupported-encoding'],
  ['two encodings', '{}', { 'content-encoding': 'gzip, br' }, 'unsupported-encoding'],
  ['an empty body', '', {}, 'invalid-request'],
])('refuses %s', async (_name, body, headers, code) => {
  expect(await read(body, headers as Record<string, string>)).toMatchObject({ failed: code });
});

const ENCODINGS = [
  ['gzip', gzipSync],
  ['GZIP', gzipSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
] as const;

test.each(ENCODINGS)('reads a body that is compressed with %s', async (encoding, compress) => {
  const value = { text: 'ä'.repeat(100), list: [1, 2, 3] };
  expect(await read(compress(JSON.stringify(value)), { 'content-encoding': encoding })).toEqual(value);
});

test.each(ENCODINGS)('counts the plain bytes of a body that is compressed with %s', async (encoding, compress) => {
  const body = compress(JSON.stringify({ text: 'x'.repeat(20_000_000) }));
  expect(await read(body, { 'content-encoding': encoding }, { maxBytes: 100_000 })).toMatchObject({
    failed: 'body-too-large',
    message: expect.stringContaining('larger than 100000 bytes'),
  });
});

test.each(ENCODINGS)('refuses a body that is not what %s says', async (encoding, compress) => {
  const cut = compress(JSON.stringify({ text: randomBytes(300).toString('hex') })).subarray(0, -20);
  for (const body of ['{"a":1}', cut])
    expect(await read(body, { 'content-encoding': encoding })).toMatchObject({ failed: 'invalid-request' });
});

test('reads a body without the memory that a window of Zstandard asks for', async () => {
  const params = { [constants.ZSTD_c_windowLog]: 27, [constants.ZSTD_c_enableLongDistanceMatching]: 1 };
  const body = zstdCompressSync(JSON.stringify({ text: 'x'.repeat(20_000_000) }), { params });
  expect(await read(body, { 'content-encoding': 'zstd' }, { maxBytes: 100_000_000 })).toMatchObject({
    failed: 'invalid-request',
  });
});

test('reads JSON behind a byte order mark, and refuses what is not UTF-8', async () => {
  expect(await read('\ufeff{"a":1}')).toEqual({ a: 1 });
  const latin1 = new Blob([new Uint8Array([0x22, 0xe9, 0x22])]).stream();
  expect(await read(latin1)).toMatchObject({ failed: 'invalid-request', message: expect.stringContaining('UTF-8') });
});
