import { stat } from 'node:fs/promises';
import type { LoadedConfig } from '@openclaw/config';

/** Waits; a test has one that does not take time. */
export interface ReloadClock {
  /** Rejects when the signal fires. */
  sleep(ms: number, options: { readonly signal: AbortSignal }): Promise<unknown>;
}

export interface LoadWhenStableOptions {
  /** What is read, as far as that is known beforehand. */
  readonly files: readonly string[];
  readonly clock: ReloadClock;
  readonly signal: AbortSignal;
}

/**
 * Loads the configuration from files that nothing is writing to: they look the same twice, `QUIET_MS` apart, and once more after they were read.
 * A program that empties a file before it writes it anew, or writes it in pieces, is waited for. The outcome of a reading during which a file
 * changed counts for nothing, be it a configuration or an error.
 */
export async function loadWhenStable(
  load: () => Promise<LoadedConfig>,
  { files, clock, signal }: LoadWhenStableOptions,
): Promise<LoadedConfig> {
  let read = new Set(files);
  let before = await fingerprint(read);
  for (;;) {
    await clock.sleep(QUIET_MS, { signal });
    const quiet = await fingerprint(read);
    const [outcome] = quiet === before ? await Promise.allSettled([load()]) : [];
    before = await fingerprint(read);
    if (outcome === undefined || quiet !== before) continue;
    if (outcome.status === 'rejected') throw outcome.reason;
    const all = new Set([...read, ...filesOf(outcome.value)]);
    if (all.size === read.size) return outcome.value;
    // A file that takes part from now on was not looked at before it was read.
    read = all;
    before = await fingerprint(read);
  }
}

/** How long files must stay as they are: longer than a program takes between emptying a file and writing it. */
const QUIET_MS = 100;

/** Every file that a configuration comes from, those that may come to be included. */
export function filesOf({ path, files, environmentPaths, authProfilePaths }: LoadedConfig): string[] {
  return [path, ...files, ...environmentPaths, ...authProfilePaths];
}

/** What changes with every write: which file it is, its size and its times, to be compared and not to be read as times. */
async function fingerprint(files: ReadonlySet<string>): Promise<string> {
  const marks = Array.from(files, async (file) => {
    const stats = await stat(file, { bigint: true }).catch(codeOf);
    return typeof stats === 'string' ? stats : [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join();
  });
  return (await Promise.all(marks)).join('\n');
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  throw error;
}
