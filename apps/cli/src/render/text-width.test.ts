import fc from 'fast-check';
import fastStringWidth from 'fast-string-width';
import { expect, test } from 'vitest';
import { textWidth } from './text-width.ts';

test.each([
  ['', 0],
  ['models list', 11],
  ['日本', 4],
  ['e\u0301', 1],
  ['\u001b[31mred\u001b[39m', 3],
])('%j takes %i columns', (text, width) => {
  expect(textWidth(text)).toBe(width);
});

test('ASCII takes as many columns as with the full rules', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(textWidth(text)).toBe(fastStringWidth(text));
    }),
  );
});
