import { expect, test, vi } from 'vitest';
import { ByteCollector } from './byte-collector.ts';
import { classifyFailure } from './classify-failure.ts';
import { readServerWords } from './server-words.ts';

// What costs the square of its length takes minutes at these lengths, and what is linear a second or two.
vi.setConfig({ testTimeout: 60_000 });

test.each([
  ['a page of titles', `<html>${'<title '.repeat(150_000)}`],
  ['a page of preformatted text', `<html>${'<pre '.repeat(200_000)}`],
  ['brackets and blanks', '[ '.repeat(500_000)],
  ['a code that looks like a message', JSON.stringify({ error: { code: 'model '.repeat(200_000) } })],
  ['many codes', JSON.stringify({ errors: Array.from({ length: 100_000 }, () => ({ type: 'model x' })) })],
])('the words of a server: %s', (_title, body) => {
  expect(classifyFailure(readServerWords(body), { status: 500 })).toEqual({ code: 'server-error' });
});

test('a body that comes byte by byte', () => {
  const collector = new ByteCollector();
  for (let at = 0; at < 1_000_000; at++) collector.push(Buffer.from([at % 251]));

  expect(collector.length).toBe(1_000_000);
  expect(collector.take().every((byte, at) => byte === at % 251)).toBe(true);
  expect(collector.take()).toHaveLength(0);
});
