/** A line of the log and its place in the log. */
export interface LogTailLine {
  /** Counted from 1, without gaps. */
  readonly sequence: number;
  readonly text: string;
}

/** The last lines of the log, in memory. */
export interface LogTail {
  write(line: string): void;
  /** Returns the lines after a sequence, oldest first; all lines if the sequence is ahead of them, as after a restart. */
  after(sequence: number): readonly LogTailLine[];
}

export interface LogTailOptions {
  /** @default 500 */
  readonly maxLines?: number | undefined;
  /** Of all lines together. @default 1 Mi */
  readonly maxCharacters?: number | undefined;
}

/** Keeps the last lines. Beyond a bound, the oldest are dropped. */
export function createLogTail({ maxLines = 500, maxCharacters = 1024 * 1024 }: LogTailOptions = {}): LogTail {
  const lines: string[] = [];
  let characters = 0;
  let dropped = 0;
  return {
    write(line) {
      lines.push(line);
      characters += line.length;
      while (lines.length > maxLines || characters > maxCharacters) {
        characters -= lines.shift()?.length ?? 0;
        dropped += 1;
      }
    },
    after(sequence) {
      const skipped = sequence > dropped + lines.length ? 0 : Math.max(sequence - dropped, 0);
      return lines.slice(skipped).map((text, index) => ({ sequence: dropped + skipped + index + 1, text }));
    },
  };
}
