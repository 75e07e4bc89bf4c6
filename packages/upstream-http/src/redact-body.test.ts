import { expect, test } from 'vitest';
import { redactBody } from './redact-body.ts';

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
