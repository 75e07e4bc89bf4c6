/** How a descriptor is written and waited for. */
export interface WriteWholeOptions {
  /** Writes some of the bytes and returns how many. Throws `EAGAIN` while a non-blocking pipe is full. */
  readonly write: (bytes: Buffer) => number;
  /** Blocks for so many milliseconds. */
  readonly wait?: ((durationMs: number) => void) | undefined;
  /** How long the reader may read nothing before the write fails. @default 30 seconds */
  readonly stallLimitMs?: number | undefined;
}

/**
 * Writes a text to its end, and waits for the reader of a full pipe.
 * @throws what `write` throws, and the error `EAGAIN` itself when nothing was read within the limit
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
