import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';

/** A secret that cannot be read. The message follows the name of its provider, and contains no secret. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
}

export interface SecretPathOptions {
  /** Permission bits for group and others that the file must not have. */
  readonly forbiddenMode: number;
  /** Whether other users may have these permissions. */
  readonly allowInsecurePath: boolean;
  readonly allowSymlink: boolean;
  /** Directories that must contain the file; empty: any. */
  readonly trustedDirs: readonly string[];
}

/**
 * Checks a file that holds or prints secrets: an absolute path of a regular file that belongs to this user or to root,
 * and that other users cannot access.
 * @returns the path without symbolic links at its end
 * @throws {SecretError} with the reason
 */
export async function checkSecretPath(path: string, options: SecretPathOptions): Promise<string> {
  const { forbiddenMode, allowInsecurePath, allowSymlink, trustedDirs } = options;
  if (!isAbsolute(path)) throw new SecretError(`${path} is not an absolute path`);
  const isLink = (await lstat(path)).isSymbolicLink();
  if (isLink && !allowSymlink) throw new SecretError(`${path} is a symbolic link (allowSymlinkCommand permits it)`);
  const target = isLink ? await realpath(path) : path;
  const stats = await lstat(target);
  if (!stats.isFile()) throw new SecretError(`${target} is not a regular file`);
  if (trustedDirs.length > 0 && !trustedDirs.some((directory) => isInside(directory, target)))
    throw new SecretError(`${target} is in none of the trustedDirs`);
  // Windows has no permission bits.
  if (allowInsecurePath || process.getuid === undefined) return target;
  if (stats.uid !== process.getuid() && stats.uid !== 0)
    throw new SecretError(`${target} belongs to another user (allowInsecurePath permits it)`);
  if ((stats.mode & forbiddenMode) !== 0) {
    const mode = (stats.mode & 0o777 & ~forbiddenMode).toString(8);
    throw new SecretError(
      `other users can access ${target}. Run \`chmod ${mode} ${target}\`, or set allowInsecurePath`,
    );
  }
  return target;
}

function isInside(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
