import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fieldsOf } from './json-fields.ts';

/**
 * Creates a directory and its missing parents, mode 0700. Does not use the `recursive` option of Node's `mkdir`, which
 * never returns for a path below `/proc`.
 */
export async function createDirectory(path: string): Promise<void> {
  try {
    await tryToCreate(path);
  } catch (error) {
    if (fieldsOf(error)['code'] !== 'ENOENT' || dirname(path) === path) throw error;
    await createDirectory(dirname(path));
    await tryToCreate(path);
  }
}

/** Succeeds also if the directory exists: another process may have created it. */
async function tryToCreate(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory() !== true) throw error;
  }
}
