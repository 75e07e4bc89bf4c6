import { fstatSync, writeSync } from 'node:fs';
import type { TextStream } from './output.ts';
import { reasonOf } from './reason-of.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Standard output (1) or error (2). Writes to pipes, sockets and files synchronously, as Node does, but without Node's
 * streams: loading them takes longer than most commands need. If the reader closes the pipe early (`openclaw models
 * list | head -1`), the program exits without an error. A full disk is an error.
 */
export function openOutput(descriptor: 1 | 2): TextStream {
  if (isPlain(descriptor)) {
    const write = (bytes: Buffer) => writeSync(descriptor, bytes);
    return {
      write(text) {
        try {
          writeWhole(text, { write });
        } catch (error) {
          leave(error, descriptor);
        }
      },
    };
  }
  const stream = descriptor === 1 ? process.stdout : process.stderr;
  stream.on('error', (error) => leave(error, descriptor));
  if (stream.isTTY) return stream;
  return {
    write(text) {
      try {
        stream.write(text);
      } catch (error) {
        leave(error, descriptor);
      }
    },
  };
}

/** Terminals need Node's streams, which know colours and widths. */
function isPlain(descriptor: number): boolean {
  try {
    const status = fstatSync(descriptor);
    return status.isFIFO() || status.isSocket() || status.isFile();
  } catch {
    // The parent process has closed the descriptor: Node's streams handle that.
    return false;
  }
}

/** Without its output the program has nothing left to do. */
function leave(error: unknown, descriptor: 1 | 2): void {
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  if (descriptor === 1) process.stderr.write(`Error: Cannot write to standard output: ${reasonOf(error)}.\n`);
  process.exit(1);
}
