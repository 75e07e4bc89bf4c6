/** Describes why a file operation failed. */
export function explainSystemError(error: unknown): string {
  const known = REASONS[String(systemErrorCode(error))];
  return known ?? (error instanceof Error ? error.message : String(error));
}

/** The code of an error that the operating system reported (`ENOENT`), or undefined for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  const isSystemError = error instanceof Error && 'syscall' in error && 'code' in error;
  return isSystemError && typeof error.code === 'string' ? error.code : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a parent of the path is a file',
  EFBIG: 'the file is too large',
  EIO: 'the disk reports an error',
  EISDIR: 'it is a directory',
  ELOOP: 'symbolic links form a loop',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the path is too long',
  ENFILE: 'too many files are open',
  ENOENT: 'there is no such file or directory',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'a parent of the path is a file',
  ENXIO: 'it is a socket or a device, not a file',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
};
