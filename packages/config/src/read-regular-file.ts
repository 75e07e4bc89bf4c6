import { constants, type BigIntStats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { explainSystemError, systemErrorCode } from './explain-system-error.ts';

/** The result of reading a file. */
export type FileReading =
  | { type: 'text'; text: string }
  /** There is no such file. */
  | { type: 'missing' }
  /**
   * The path is not a regular file, the file is larger than `maxBytes`, it keeps changing, or the system reports an
   * error.
   */
  | {
      type: 'refused';
      code: 'not-a-file' | 'too-large' | 'changing' | 'system-error';
      /** The reason, to follow the path: `it is a named pipe, not a file`. */
      why: string;
    };

/**
 * Reads a regular file as UTF-8, or as UTF-16 if it starts with its byte order mark (PowerShell 5 writes such files). Other kinds of files are rejected without waiting: opening a named pipe would block
 * until something writes to it, and a device may be endless. A file that changes during the reading is read again.
 */
export async function readRegularFile(path: string, { maxBytes }: { maxBytes: number }): Promise<FileReading> {
  try {
    const handle = await open(path, OPEN_FLAGS);
    try {
      return await readHandle(handle, maxBytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { type: 'missing' };
    return { type: 'refused', code: code === 'ENXIO' ? 'not-a-file' : 'system-error', why: explainSystemError(error) };
  }
}

/** Windows only has the first of them. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/** After this many attempts, the file is being written. */
const MAX_READINGS = 5;

async function readHandle(handle: FileHandle, maxBytes: number): Promise<FileReading> {
  let before = await handle.stat({ bigint: true });
  const kind = otherKind(before);
  if (kind !== undefined) return { type: 'refused', code: 'not-a-file', why: `it is ${kind}, not a file` };
  for (let reading = 0; reading < MAX_READINGS; reading += 1) {
    const bytes = before.size > maxBytes ? undefined : await readBytes(handle, maxBytes);
    if (!bytes) return { type: 'refused', code: 'too-large', why: `it is larger than ${maxBytes} bytes` };
    const after = await handle.stat({ bigint: true });
    if (isUnchanged(before, after)) return { type: 'text', text: decodeText(bytes) };
    before = after;
  }
  return { type: 'refused', code: 'changing', why: 'it keeps changing while it is read' };
}

function decodeText(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.toString('utf8');
}

function otherKind(stats: BigIntStats): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isDirectory()) return 'a directory';
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}

function isUnchanged(before: BigIntStats, after: BigIntStats): boolean {
  return before.size === after.size && before.mtimeNs === after.mtimeNs && before.ctimeNs === after.ctimeNs;
}

/**
 * The whole file, or undefined if it is too large. The reported size is not used, because files in `/proc` report 0.
 */
async function readBytes(handle: FileHandle, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  for (let position = 0; position <= maxBytes;) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, maxBytes + 1 - position));
    const { bytesRead } = await handle.read(chunk, { position });
    if (bytesRead === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, bytesRead));
    position += bytesRead;
  }
  return undefined;
}

const CHUNK_BYTES = 64 * 1024;
