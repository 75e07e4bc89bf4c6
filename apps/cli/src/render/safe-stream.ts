import { randomInt } from 'node:crypto';
import { escapeControls } from '@openclaw/runtime/escape-controls';
import type { TextStream } from '../output.ts';

/**
 * A control sequence (CSI) of this program: `1m` begins bold text, `K` clears the line. Until it is written it carries a secret number,
 * so that text from elsewhere cannot contain one.
 */
export function controlSequence(code: string): string {
  return readMark() + code;
}

/**
 * The only way to the terminal. Everything written is taken for text from elsewhere, in which control characters are escaped; only
 * sequences made by `controlSequence` take effect. What is no terminal gets the text unchanged.
 */
export function createSafeStream(stream: TextStream): TextStream {
  return {
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      return stream.columns;
    },
    write: (text) => stream.write(stream.isTTY === true ? showOnTerminal(text) : unmark(text)),
  };
}

const CSI = '\u001B[';

let mark: string | undefined;

/** Made with the first use. Numbers of at most four digits, because whoever measures styled text knows only those. */
function readMark(): string {
  mark ??= `${CSI}${Array.from({ length: 4 }, () => randomInt(1000, 10_000)).join(';')};`;
  return mark;
}

function unmark(text: string): string {
  return mark === undefined ? text : text.replaceAll(mark, CSI);
}

/** A carriage return is half a line end; alone it would write over the line. */
function showOnTerminal(text: string): string {
  return text
    .split(readMark())
    .map((part) => escapeControls(part.replaceAll('\r', ''), { keep: '\t\n' }))
    .join(CSI);
}
