import { expect, test } from 'vitest';
import { controlSequence } from './control-sequence.ts';
import { createSafeStream } from './safe-stream.ts';
import { createStyle } from './style.ts';

function writeTo({ isTTY }: { isTTY: boolean }, text: string): string {
  let written = '';
  createSafeStream({ isTTY, write: (piece) => (written += piece) }).write(text);
  return written;
}

test('on a terminal only the sequences of this program take effect', () => {
  const style = createStyle(true);
  const text = `${controlSequence('K')}${style.bold('a\u001B[31mred\u009B2J\u202E')}\tb\r\nc\rd`;
  expect(writeTo({ isTTY: true }, text)).toBe('\u001B[K\u001B[1ma\\u001b[31mred\\u009b2J\\u202e\u001B[22m\tb\ncd');
});

test('a pipe gets the text as it is, with styles where they are wanted', () => {
  const text = 'a\u001B[31mred\u009B2J\r\n';
  expect(writeTo({ isTTY: false }, text + createStyle(true).bold('b'))).toBe(`${text}\u001B[1mb\u001B[22m`);
});
