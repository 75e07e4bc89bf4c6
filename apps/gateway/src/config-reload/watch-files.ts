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
 * Reports changes to files, including files that do not exist yet. It looks at them from time to time rather than ask the
 * system for events: editors replace files instead of writing them, volumes swap links, and network drives send no events.
 * @returns a function that stops.
 */
export function watchFiles(
  files: readonly string[],
  { debounceMs, onChange, intervalMs = 500 }: WatchFilesOptions,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const changed = (now: Stats, before: Stats) => {
    // A missing file is reported once at the start.
    if (LOOKED_AT.every((property) => now[property] === before[property])) return;
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

/** `ctimeMs` also shows a change of permissions, and a copy that keeps the time of its source. */
const LOOKED_AT = ['mtimeMs', 'ctimeMs', 'ino', 'size'] as const;
