import { ConfigError } from './config-error.ts';
import { reasonOf } from './read-sources.ts';

const refusals = new Set<unknown>(['EACCES', 'EDQUOT', 'EEXIST', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS']);

/** Runs `write` and says in words that a file cannot be written; other failures stay what they are. */
export async function explainRefusal<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && refusals.has(error.code))) throw error;
    throw new ConfigError('read-only', { message: `Cannot write ${path}: ${reasonOf(error)}.`, cause: error });
  }
}
