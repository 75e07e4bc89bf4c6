import { resolveConfigPaths, shortenHome } from '@openclaw/config';
import type { Host } from './host.ts';

/** A path with `~` for the home directory, for text. JSON documents keep the full path. */
export function shortPath(path: string, { env, cwd }: Pick<Host, 'env' | 'cwd'>): string {
  return shortenHome(path, resolveConfigPaths({ env, cwd }).home);
}
