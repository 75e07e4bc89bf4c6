import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Host } from '../host.ts';

/** Where the installer for Linux lets its service keep models. */
const SERVICE_MODELS = '/usr/share/ollama/.ollama/models';

/**
 * The free bytes of the disk on which an Ollama of this machine keeps its models. If their directory is not known, the
 * largest of the possible disks counts; `undefined` if none can be read.
 */
export async function freeModelSpace({
  OLLAMA_MODELS: named,
  HOME,
  USERPROFILE,
}: Host['env']): Promise<number | undefined> {
  const home = HOME ?? USERPROFILE;
  const usual = [SERVICE_MODELS, ...(home === undefined ? [] : [join(home, '.ollama/models')])];
  const sizes = await Promise.all((named ? [named] : usual).map(freeBytesAt));
  const known = sizes.filter((size) => size !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** Of a path that may not exist yet. */
async function freeBytesAt(path: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing && dirname(path) !== path ? freeBytesAt(dirname(path)) : undefined;
  }
}
