import type { TextStream } from '../output.ts';
import { cleanForTerminal } from './clean-for-terminal.ts';
import { showControlSequences } from './control-sequence.ts';

/**
 * The only way to the terminal. Everything written is taken for text from elsewhere, in which control characters are
 * escaped; only sequences made by `controlSequence` take effect. What is no terminal gets the text unchanged.
 */
export function createSafeStream(stream: TextStream): TextStream {
  return {
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      return stream.columns;
    },
    write: (text) => stream.write(showControlSequences(text, stream.isTTY === true ? cleanForTerminal : unchanged)),
  };
}

function unchanged(text: string): string {
  return text;
}
