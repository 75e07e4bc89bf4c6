import { unwatchFile, watchFile } from 'node:fs';
import type { Stats } from 'node:fs';

export interface WatchFilesOptions {
  /** How long to wait for further changes. */
  readonly debounceMs: number;
  readonly onChange: () => void;
  /** How often the files are looked at. @default 500 */
  readonly intervalMs?: number | undefined;
}

/**
 * Tells of changes to files, those that do not exist yet included. It looks at them from time to time rather than ask the
 * system for events: editors replace files instead of writing them, volumes swap links, and network drives send no events.
 * @returns a function that stops.
 */
export function watchFiles(
  files: readonly string[],
  { debounceMs, onChange, intervalMs = 500 }: WatchFilesOptions,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const changed = (now: Stats, before: Stats) => {
    // A file that is not there is told of once at the start.
    if (now.mtimeMs === before.mtimeMs && now.ino === before.ino && now.size === before.size) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, debounceMs);
    timer.unref();
  };
  for (const file of files) watchFile(file, { interval: intervalMs, persistent: false }, changed);
  return () => {
    clearTimeout(timer);
    for (const file of files) unwatchFile(file, changed);
  };
}
