/** How to write to a descriptor and wait for it. */
export interface WriteWholeOptions {
  /** Writes some of the bytes and returns how many. Throws `EAGAIN` while a non-blocking pipe is full. */
  readonly write: (bytes: Buffer) => number;
  /** Blocks for this many milliseconds. */
  readonly wait?: ((durationMs: number) => void) | undefined;
  /** How long the reader may stall before the write fails. @default 30 seconds */
  readonly stallLimitMs?: number | undefined;
}

/**
 * Writes a whole text, and waits while the pipe is full.
 * @throws errors of `write`, and `EAGAIN` if the reader stalls for longer than the limit
 */
export function writeWhole(
  text: string,
  { write, wait = waitBlocking, stallLimitMs = 30_000 }: WriteWholeOptions,
): void {
  let rest = Buffer.from(text);
  let stalledMs = 0;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(write(rest));
      stalledMs = 0;
    } catch (error) {
      const isFullPipe = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
      if (!isFullPipe || stalledMs >= stallLimitMs) throw error;
      wait(POLL_MS);
      stalledMs += POLL_MS;
    }
  }
}

const POLL_MS = 5;

function waitBlocking(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}
