import { createReadStream } from 'node:fs';
import { CliError } from './cli-error.ts';
import { reasonOf } from './reason-of.ts';

export interface ReadNamedFileOptions {
  /** The purpose of the file, as the start of a sentence: `The image`. */
  readonly what: string;
  readonly maxBytes: number;
}

/**
 * Reads a file that the command line names. It may be a pipe: the shell creates one for `<(command)`.
 * @throws {CliError} `failed` if it cannot be read or is too large
 */
export async function readNamedFile(path: string, { what, maxBytes }: ReadNamedFileOptions): Promise<Buffer> {
  try {
    return await readAtMost(createReadStream(path), { what: `${what} ${path}`, maxBytes });
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw new CliError('failed', `${what} ${path} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}

/**
 * Reads a stream to its end.
 * @throws {CliError} `failed` if it is larger than `maxBytes`
 */
export async function readAtMost(
  stream: AsyncIterable<Buffer | string>,
  { what, maxBytes }: ReadNamedFileOptions,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBytes) throw new CliError('failed', `${what} is larger than ${formatSize(maxBytes)}.`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function formatSize(bytes: number): string {
  return bytes < 2 ** 20 ? `${bytes / 2 ** 10} KiB` : `${bytes / 2 ** 20} MiB`;
}
