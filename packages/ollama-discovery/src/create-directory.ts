import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fieldsOf } from './json-fields.ts';

/**
 * Creates a directory and its missing parents, mode 0700. Does not use the `recursive` option of Node's `mkdir`: it
 * reports ENOENT on a read-only file system, and never returns for a path below `/proc`.
 *
 * `@openclaw/config` has the same function. Neither package may import the other, and the function is too small for a
 * package of its own.
 */
export async function createDirectory(path: string): Promise<void> {
  const error = await tryToCreate(path);
  if (fieldsOf(error)['code'] === 'ENOENT' && dirname(path) !== path) {
    await createDirectory(dirname(path));
    const again = await tryToCreate(path);
    if (again !== undefined) throw again;
  } else if (error !== undefined) throw error;
}

/** Returns why the directory does not exist now. It may have existed before, or another process may have created it. */
async function tryToCreate(path: string): Promise<unknown> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const found = await stat(path).catch(() => undefined);
    if (!found?.isDirectory()) return error;
  }
  return undefined;
}
