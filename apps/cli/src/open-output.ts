import { fstatSync, writeSync } from 'node:fs';
import type { TextStream } from './output.ts';

/**
 * Standard output (1) or error (2). Into pipes, sockets and files it is written straight away, as Node does too, without the
 * streams that take Node longer to load than most commands take to answer. A reader that leaves early
 * (`openclaw models list | head -1`) ends the program, and that is no failure.
 */
export function openOutput(descriptor: 1 | 2): TextStream {
  if (isPlain(descriptor)) return { write: (text) => writeWhole(descriptor, text) };
  const stream = descriptor === 1 ? process.stdout : process.stderr;
  stream.on('error', leaveOrThrow);
  return stream;
}

/** Terminals need Node's streams: they know colours and widths, and how to draw. */
function isPlain(descriptor: number): boolean {
  try {
    const status = fstatSync(descriptor);
    return status.isFIFO() || status.isSocket() || status.isFile();
  } catch {
    // Closed by whoever started the program: Node's streams know what to do then.
    return false;
  }
}

function writeWhole(descriptor: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return leaveOrThrow(error);
      // The other side has set the pipe not to wait, and is slower than we are.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PATIENCE_MS);
    }
  }
}

const PATIENCE_MS = 5;

function leaveOrThrow(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  process.exit(process.exitCode ?? 0);
}
