import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineBuffer } from './line-buffer.ts';

const text = fc
  .array(
    fc.oneof(fc.constantFrom('\n', '\r', '\r\n', '\n\n', 'é', '😀', 'data: x', ''), fc.string({ maxLength: 80 })),
    { maxLength: 20 },
  )
  .map((pieces) => pieces.join(''));

test('lines are the same however the bytes are cut', () => {
  fc.assert(
    fc.property(text, fc.array(fc.nat(400), { maxLength: 30 }), (written, cuts) => {
      const bytes = new TextEncoder().encode(written);
      const places = [
        0,
        ...cuts.filter((cut) => cut < bytes.length).toSorted((one, other) => one - other),
        bytes.length,
      ];
      const lines = createLineBuffer();
      const pushed = places.slice(1).map((end, at) => lines.push(bytes.subarray(places[at], end)));

      expect(pushed.every((each) => each === '' || each.endsWith('\n'))).toBe(true);
      expect(pushed.join('') + lines.rest()).toBe(written.replaceAll(/\r\n?/g, '\n'));
    }),
    { numRuns: 1_000 },
  );
});

test('a line ends with a lone CR as soon as it is there', () => {
  const lines = createLineBuffer();

  expect(lines.push(new TextEncoder().encode('data: x\r'))).toBe('data: x\n');
  expect(lines.push(new TextEncoder().encode('\ndata: y\r\n'))).toBe('data: y\n');
});

test('a byte order mark is dropped at the beginning, and nowhere else', () => {
  const lines = createLineBuffer();
  const bytes = new TextEncoder().encode('\uFEFFa\uFEFF\n');

  expect(lines.push(bytes.subarray(0, 2)) + lines.push(bytes.subarray(2))).toBe('a\uFEFF\n');
});
