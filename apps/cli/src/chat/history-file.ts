import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createDirectory, readRegularFile } from '@openclaw/config';
import { escapeControls } from '@openclaw/runtime/escape-controls';

/** How many messages are kept from one session to the next. */
export const MAX_HISTORY_LINES = 500;

/** A larger file is ignored. */
const MAX_HISTORY_BYTES = 4 * 1024 * 1024;

/** The messages of earlier sessions, newest first, as readline expects them; empty if there is no such file. */
export async function readHistory(path: string): Promise<string[]> {
  const reading = await readRegularFile(path, { maxBytes: MAX_HISTORY_BYTES });
  if (reading.type !== 'text') return [];
  return reading.text
    .split('\n')
    .filter((line) => line !== '')
    .toReversed()
    .slice(0, MAX_HISTORY_LINES)
    .map((line) => escapeControls(line, { keep: '\t' }));
}

/**
 * Replaces the file with the newest messages, readable by its owner only. A failure is ignored: the conversation does
 * not depend on its history.
 */
export async function writeHistory(path: string, newestFirst: readonly string[]): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await createDirectory(dirname(path));
    const lines = newestFirst.slice(0, MAX_HISTORY_LINES).toReversed();
    await writeFile(temporary, `${lines.join('\n')}\n`, { mode: 0o600 });
    await rename(temporary, path);
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
