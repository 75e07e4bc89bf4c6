import { expect, test } from 'vitest';
import { controlSequence, copyToClipboard } from './control-sequence.ts';
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

test('text is copied as base64, and nothing else can be part of the sequence', () => {
  const copied = copyToClipboard('\u001B[2J é');
  expect(writeTo({ isTTY: true }, `${copied}a\u0007`)).toBe(
    `\u001B]52;c;${Buffer.from('\u001B[2J é').toString('base64')}\u0007a\\u0007`,
  );
  expect(writeTo({ isTTY: true }, ']52;c;YQ==!')).toBe(']52;c;YQ==!');
});

test('a pipe gets the text as it is, with styles where they are wanted', () => {
  const text = 'a\u001B[31mred\u009B2J\r\n';
  expect(writeTo({ isTTY: false }, text + createStyle(true).bold('b'))).toBe(`${text}\u001B[1mb\u001B[22m`);
});
