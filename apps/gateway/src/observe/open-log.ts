import { close, constants, fstat, open, write, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { createDirectory } from '@openclaw/config';
import type { OpenLog } from './log-destination.ts';

/**
 * Opens standard error for writes that never block. A pipe, FIFO or terminal is opened anew, because `O_NONBLOCK` on the inherited
 * descriptor would also apply to every process that shares it, the parent's shell included.
 */
export async function openConsole(): Promise<OpenLog> {
  const status = await fstatDescriptor(STANDARD_ERROR);
  if (status.isFile()) return openLogOf(STANDARD_ERROR);
  if (!status.isSocket()) {
    try {
      return openLogOf(await openFile(`/proc/self/fd/${STANDARD_ERROR}`, NONBLOCKING));
    } catch (error) {
      // A FIFO that has no reader now may have one later.
      if (isError(error, 'ENXIO')) throw error;
    }
  }
  // A socket cannot be opened anew, and not every system has /proc. Node makes pipes and sockets non-blocking when this stream
  // is created, and restores them at exit.
  void process.stderr;
  return openLogOf(STANDARD_ERROR);
}

/**
 * Opens a file for appending, and creates its directory with mode 0700. A FIFO without a reader is an error instead of a
 * thread that waits for one.
 */
export async function openLogFile(path: string): Promise<OpenLog> {
  const flags = NONBLOCKING | constants.O_APPEND | constants.O_CREAT;
  try {
    return openLogOf(await openFile(path, flags));
  } catch (error) {
    if (!isError(error, 'ENOENT')) throw error;
    await createDirectory(dirname(path));
    return openLogOf(await openFile(path, flags));
  }
}

const STANDARD_ERROR = 2;

const NONBLOCKING = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

const openFile = promisify(open);
const fstatDescriptor = promisify(fstat);
const writeDescriptor = promisify(write);
const closeDescriptor = promisify(close);

function openLogOf(descriptor: number): OpenLog {
  return {
    write: async (bytes) => (await writeDescriptor(descriptor, bytes)).bytesWritten,
    writeSync: (bytes) => void writeSync(descriptor, bytes),
    async close() {
      if (descriptor !== STANDARD_ERROR) await closeDescriptor(descriptor);
    },
  };
}

function isError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
