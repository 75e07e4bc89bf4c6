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
  /** Of all lines together, as UTF-8. @default 1 Mi */
  readonly maxBytes?: number | undefined;
}

/**
 * Keeps the last lines. Beyond a bound, the oldest are dropped. Lines are kept as bytes: the parts that a line was put together from take
 * seven times the memory of its text, and outlive young collections for as long as the line is kept.
 */
export function createLogTail({ maxLines = 500, maxBytes = 1024 * 1024 }: LogTailOptions = {}): LogTail {
  /** A ring: the place of a line is its sequence modulo the size. */
  const lines: Buffer[] = Array.from({ length: maxLines }, () => NO_BYTES);
  let first = 1;
  let next = 1;
  let bytes = 0;

  const at = (sequence: number) => lines[sequence % maxLines] ?? NO_BYTES;

  function dropFirst(): void {
    bytes -= at(first).length;
    lines[first % maxLines] = NO_BYTES;
    first += 1;
  }

  return {
    write(line) {
      if (next - first === maxLines) dropFirst();
      const encoded = Buffer.from(line);
      lines[next % maxLines] = encoded;
      next += 1;
      bytes += encoded.length;
      while (bytes > maxBytes) dropFirst();
    },
    after(sequence) {
      const start = sequence >= next ? first : Math.max(sequence + 1, first);
      return Array.from({ length: next - start }, (_, index) => ({
        sequence: start + index,
        text: at(start + index).toString(),
      }));
    },
  };
}

const NO_BYTES = Buffer.alloc(0);
