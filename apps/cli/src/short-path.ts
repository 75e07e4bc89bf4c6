import { resolveConfigPaths, shortenHome } from '@openclaw/config';
import type { Host } from './host.ts';

/** A path as people write it, with `~` for their home folder. Documents for programs keep the whole path. */
export function shortPath(path: string, { env, cwd }: Pick<Host, 'env' | 'cwd'>): string {
  return shortenHome(path, resolveConfigPaths({ env, cwd }).home);
}
