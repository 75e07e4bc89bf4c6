import { stripVTControlCharacters } from 'node:util';
import widthOf from 'fast-string-width';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMarkdownRenderer } from './markdown.ts';
import { createStyle } from './style.ts';
import { createWordWrap } from './word-wrap.ts';

function wrapAll(pieces: readonly string[], columns: number): string {
  const wrap = createWordWrap({ columns: () => columns });
  return pieces.map((piece) => wrap.push(piece)).join('') + wrap.end();
}

function wordsOf(text: string): string[] {
  return stripVTControlCharacters(text).trim().split(/\s+/);
}

test.each([
  ['one two three four', 9, 'one two\nthree\nfour'],
  ['- is no bullet here', 10, '- is no\nbullet\nhere'],
  ['1. one two three', 10, '1. one two\n   three'],
  ['  • one two three', 11, '  • one two\n    three'],
  ['│ one two three', 9, '│ one two\n│ three'],
  ['    indented words', 12, '    indented\n    words'],
  ['漢字かな交じり文', 8, '漢字かな\n交じり文'],
  ['漢字か。な', 7, '漢字\nか。な'],
  ['a unbreakable-word b', 6, 'a\nunbreakable-word\nb'],
  ['ends here \nnext', 20, 'ends here\nnext'],
  ['\u001B[1mone two\u001B[22m three', 8, '\u001B[1mone two\u001B[22m\nthree'],
])('%j within %i columns', (text, columns, expected) => {
  expect(wrapAll([text], columns)).toBe(expected);
});

test('without a width lines are left as they are', () => {
  const wrap = createWordWrap({ columns: () => undefined });
  expect(wrap.push('one two ') + wrap.push('three') + wrap.end()).toBe('one two three');
});

test('a word is written as soon as it is whole, and one without end is not waited for', () => {
  const wrap = createWordWrap({ columns: () => 40 });
  expect(wrap.push('one tw')).toBe('one');
  expect(wrap.push('o ')).toBe(' two');
  expect(wrap.push('x'.repeat(600))).toContain('x'.repeat(600));
});

test('an indentation is shortened for a word that does not fit behind it', () => {
  expect(wrapAll(['   defdefbc and', ' more'], 10)).toBe('  defdefbc\n   and\n   more');
});

test('breaks at the same places however the text arrives, loses no word, and keeps within the width', () => {
  // Words arrive in pieces; styles arrive whole, as the renderer writes them.
  const word = fc.array(fc.constantFrom('a', 'bc', 'def'), { maxLength: 3 });
  const separator = fc.constantFrom([' '], ['  '], ['\n'], ['\n', '\n'], [' ', '\u001B[1m'], ['\u001B[22m', ' ']);
  const arriving = fc.array(fc.tuple(word, separator), { maxLength: 30 }).map((parts) => parts.flat(2));
  fc.assert(
    fc.property(arriving, fc.integer({ min: 10, max: 40 }), (pieces, columns) => {
      const whole = pieces.join('');
      const shown = wrapAll([whole], columns);
      expect(wrapAll(pieces, columns)).toBe(shown);
      expect(wordsOf(shown)).toEqual(wordsOf(whole));
      for (const line of shown.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    }),
  );
});

test('code is not broken, the text around it is', () => {
  const renderer = createMarkdownRenderer(createStyle(false), { columns: () => 12 });
  const shown =
    renderer.push('some words to break\n```\na = "a long line of code"\n```\nand words again') + renderer.end();
  expect(shown).toBe('some words\nto break\na = "a long line of code"\nand words\nagain');
});
