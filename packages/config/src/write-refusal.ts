import { ConfigError } from './config-error.ts';
import { reasonOf } from './read-sources.ts';

const refusals = new Set<unknown>(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

/** Runs `write` and says in words that a file may not be written; other failures stay what they are. */
export async function explainRefusal<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && refusals.has(error.code))) throw error;
    throw new ConfigError('read-only', { message: `Cannot write ${path}: ${reasonOf(error)}.`, cause: error });
  }
}
