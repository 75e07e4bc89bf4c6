import { fstatSync, writeSync } from 'node:fs';
import type { TextStream } from './output.ts';
import { reasonOf } from './reason-of.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Standard output (1) or error (2). Into pipes, sockets and files it is written straight away, as Node does too, without the
 * streams that take Node longer to load than most commands take to answer. A reader that leaves early
 * (`openclaw models list | head -1`) ends the program, and that is no failure; a full disk is one.
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

/** Without its output a program has nothing more to do. */
function leave(error: unknown, descriptor: 1 | 2): void {
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  if (descriptor === 1) process.stderr.write(`Error: Standard output cannot be written: ${reasonOf(error)}.\n`);
  process.exit(1);
}
