import { open, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { LineOptions } from './log-lines.ts';

/** How far back a file is read. */
const MAX_TAIL_BYTES = 4 * 1024 * 1024;

const POLL_MS = 250;

/** The last lines of a file, then the lines that are appended. A file that was truncated or replaced is read from its start. */
export async function* readFileLines(path: string, { lines, follow, signal }: LineOptions): AsyncGenerator<string> {
  let size = await sizeOf(path);
  const start = Math.max(0, size - MAX_TAIL_BYTES);
  const tail = (await readBetween(path, { start, end: size })).toString().split('\n');
  let partial = tail.pop() ?? '';
  // The first line may be cut.
  if (start > 0) tail.shift();
  yield* tail.slice(-lines);
  if (!follow && partial !== '') yield partial;
  while (follow && !signal.aborted) {
    const now = await sizeOf(path);
    if (now < size) [size, partial] = [0, ''];
    const added = (partial + (await readBetween(path, { start: size, end: now })).toString()).split('\n');
    partial = added.pop() ?? '';
    size = now;
    yield* added;
    // No system reports appended lines of every file system, so the size is polled.
    await setTimeout(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** A file that does not exist yet has no lines yet. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

async function readBetween(
  path: string,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<Buffer> {
  if (end <= start) return Buffer.alloc(0);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
