import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readRegularFile } from '@openclaw/config';
import { escapeControls } from '@openclaw/runtime/escape-controls';

/** Lines that are remembered from one session to the next. */
export const LONGEST_HISTORY = 500;

/** More is no history. */
const MAX_HISTORY_BYTES = 4 * 1024 * 1024;

/** What was typed before, newest first, as readline wants it; nothing when there is no such file. */
export async function readHistory(path: string): Promise<string[]> {
  const reading = await readRegularFile(path, { maxBytes: MAX_HISTORY_BYTES });
  if (reading.type !== 'text') return [];
  return reading.text
    .split('\n')
    .filter((line) => line !== '')
    .toReversed()
    .slice(0, LONGEST_HISTORY)
    .map((line) => escapeControls(line, { keep: '\t' }));
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
