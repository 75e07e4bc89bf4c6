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
  /** A ring: the place of a line is its sequence modulo the size. */
  const lines = Array.from({ length: maxLines }, () => '');
  let first = 1;
  let next = 1;
  let characters = 0;

  const at = (sequence: number) => lines[sequence % maxLines] ?? '';

  function dropFirst(): void {
    characters -= at(first).length;
    lines[first % maxLines] = '';
    first += 1;
  }

  return {
    write(line) {
      if (next - first === maxLines) dropFirst();
      lines[next % maxLines] = line;
      next += 1;
      characters += line.length;
      while (characters > maxCharacters) dropFirst();
    },
    after(sequence) {
      const start = sequence >= next ? first : Math.max(sequence + 1, first);
      return Array.from({ length: next - start }, (_, index) => ({ sequence: start + index, text: at(start + index) }));
    },
  };
}
