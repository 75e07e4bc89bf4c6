import { expect, test, vi } from 'vitest';
import { decodePieces } from '../test/decode-pieces.ts';

// What costs the square of its length takes minutes at these lengths, and what is linear a second or two.
vi.setConfig({ testTimeout: 60_000 });

const LARGE = { maxBodyBytes: 64 * 1024 * 1024, maxArgumentsLength: 64 * 1024 * 1024 };

test('one line in reads of a few bytes', () => {
  const content = 'x'.repeat(1_000_000);
  const events = decodePieces(cut(line({ content }, true), 4), LARGE);

  expect(events.map(({ type }) => type)).toEqual(['start', 'text-delta', 'finish']);
});

test('many lines in one read', () => {
  const lines = Array.from({ length: 100_000 }, () => line({ content: 'no ' }, false)).join('');
  const events = decodePieces([Buffer.from(lines + line({ content: '' }, true))], LARGE);

  expect(events).toMatchObject([{ type: 'start' }, { text: 'no '.repeat(100_000) }, { type: 'finish' }]);
});

test('one document on many lines, in reads of a few bytes', () => {
  const document = JSON.stringify(JSON.parse(line({ content: 'Hi', pad: Array(100_000).fill(0) }, true)), null, 1);
  const events = decodePieces(cut(document, 7), LARGE);

  expect(events).toMatchObject([{ type: 'start' }, { text: 'Hi' }, { type: 'finish' }]);
});

test('many calls', () => {
  const call = { function: { name: 'f', arguments: { a: 1 } } };
  const lines = Array.from({ length: 50_000 }, () => line({ content: '', tool_calls: [call] }, false));
  const events = decodePieces([Buffer.from(lines.join('') + line({ content: '' }, true))], LARGE);

  expect(events.filter(({ type }) => type === 'tool-call-end')).toHaveLength(lines.length);
});

test('calls without arguments end at the limit of what is held', () => {
  const lines = Array.from({ length: 1_000 }, () => line({ tool_calls: [{ function: { name: 'f' } }] }, false));
  const events = decodePieces([Buffer.from(lines.join(''))], { maxArgumentsLength: 10_000 });

  expect(events.at(-1)).toMatchObject({ error: { message: expect.stringContaining('10000 bytes') } });
});

function line(message: object, done: boolean): string {
  return `${JSON.stringify({ model: 'm', created_at: '2026-01-01T00:00:00Z', message, done })}\n`;
}

function cut(text: string, size: number): Uint8Array[] {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}
