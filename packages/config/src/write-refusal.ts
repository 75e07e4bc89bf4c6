import { ConfigError } from './config-error.ts';
import { explainSystemError, systemErrorCode } from './explain-system-error.ts';

/** Runs `write` and describes errors of the operating system; other errors are rethrown unchanged. */
export async function explainRefusal<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    throw new ConfigError('read-only', {
      message: `Cannot write ${path}: ${explainSystemError(error)}.`,
      cause: error,
    });
  }
}
