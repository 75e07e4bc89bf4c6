import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Lines that are remembered from one session to the next. */
export const LONGEST_HISTORY = 500;

/** What was typed before, newest first, as readline wants it; nothing when there is no file yet. */
export function readHistory(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .toReversed()
      .slice(0, LONGEST_HISTORY);
  } catch {
    return [];
  }
}

/** Keeps what was typed for its owner's eyes only. A history that cannot be kept is no reason to stop talking. */
export function writeHistory(path: string, newestFirst: readonly string[]): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, `${newestFirst.slice(0, LONGEST_HISTORY).toReversed().join('\n')}\n`, { mode: 0o600 });
  } catch {
    // As above.
  }
}
