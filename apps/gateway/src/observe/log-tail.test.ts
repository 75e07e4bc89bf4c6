import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLogTail } from './log-tail.ts';

describe('createLogTail', () => {
  test('gives a reader from before a restart all lines', () => {
    const tail = createLogTail();
    tail.write('a');
    expect(tail.after(1)).toEqual([]);
    expect(tail.after(70)).toEqual([{ sequence: 1, text: 'a' }]);
  });

  test('drops the oldest lines beyond the bound of characters', () => {
    const tail = createLogTail({ maxCharacters: 5 });
    for (const line of ['aa', 'bb', 'ccc']) tail.write(line);
    expect(tail.after(0)).toEqual([
      { sequence: 2, text: 'bb' },
      { sequence: 3, text: 'ccc' },
    ]);
    tail.write('longer than the bound');
    expect(tail.after(0)).toEqual([]);
  });

  test('a reader gets the last lines after the last that it has read', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.integer({ min: 1, max: 9 }), fc.nat(40), (count, maxLines, sequence) => {
        const tail = createLogTail({ maxLines });
        for (let line = 1; line <= count; line += 1) tail.write(String(line));
        const expected = Array.from({ length: count }, (_, index) => index + 1)
          .slice(-maxLines)
          .filter((line) => line > (sequence > count ? 0 : sequence));
        expect(tail.after(sequence)).toEqual(expected.map((line) => ({ sequence: line, text: String(line) })));
      }),
    );
  });
});
