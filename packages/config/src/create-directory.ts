import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemErrorCode } from './explain-system-error.ts';

/**
 * Makes a directory and those above it that are missing, mode 0700. The `recursive` option of Node's `mkdir` says ENOENT where the file system is
 * read-only, and never returns below `/proc`.
 */
export async function createDirectory(path: string): Promise<void> {
  const error = await tryToCreate(path);
  if (systemErrorCode(error) === 'ENOENT' && dirname(path) !== path) {
    await createDirectory(dirname(path));
    const again = await tryToCreate(path);
    if (again !== undefined) throw again;
  } else if (error !== undefined) throw error;
}

/** Returns why there is no such directory now. It may have been there, or another process may have made it. */
async function tryToCreate(path: string): Promise<unknown> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const found = await stat(path).catch(() => undefined);
    if (!found?.isDirectory()) return error;
  }
  return undefined;
}
