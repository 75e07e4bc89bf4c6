import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createDirectory } from '@openclaw/config';
import { CliError } from '../cli-error.ts';
import { SERVICE_MARK } from './service-definition.ts';

/** Replaces a file as a whole. */
export async function replaceFile(
  path: string,
  { text, mode }: { readonly text: string; readonly mode: number },
): Promise<void> {
  await createDirectory(dirname(path));
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text, { mode });
    await chmod(temporary, mode);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Refuses a file that another program wrote.
 * @throws {CliError} `failed`
 */
export function requireOwnFile(path: string, text: string | undefined): void {
  if (text === undefined || text.includes(SERVICE_MARK)) return;
  throw new CliError(
    'failed',
    `${path} was not written by this command, so it is left alone. Move it away, then try again.`,
  );
}
