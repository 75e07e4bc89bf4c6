import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeControls, hasControls } from './escape-controls.ts';

const range = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index));
const CONTROLS = [
  ...range(0x00, 0x1f),
  ...range(0x7f, 0x9f),
  ...range(0x2028, 0x2029),
  ...range(0x202a, 0x202e),
  ...range(0x2066, 0x2069),
];

test.each(CONTROLS)('a control character becomes a JSON escape of itself (%j)', (character) => {
  const escaped = escapeControls(`a${character}b`);
  expect(escaped).toMatch(/^a\\u[0-9a-f]{4}b$/);
  expect(JSON.parse(`"${escaped}"`)).toBe(`a${character}b`);
  expect(hasControls(character)).toBe(true);
});

test('every other text stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const plain = Array.from(text)
        .filter((character) => !CONTROLS.includes(character))
        .join('');
      expect(escapeControls(plain)).toBe(plain);
      expect(hasControls(plain)).toBe(false);
    }),
  );
});

test('chosen characters are kept', () => {
  expect(escapeControls('a\tb\nc\rd', { keep: '\t\n' })).toBe('a\tb\nc\\u000dd');
});
