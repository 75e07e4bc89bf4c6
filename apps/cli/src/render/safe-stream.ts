import type { TextStream } from '../output.ts';
import { cleanForTerminal } from './clean-for-terminal.ts';
import { showControlSequences } from './control-sequence.ts';

/**
 * The only way to write to the terminal. All text is untrusted, so control characters are escaped; only sequences from
 * `controlSequence` take effect. Other outputs get the text unchanged.
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
