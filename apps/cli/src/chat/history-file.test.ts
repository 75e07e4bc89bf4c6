import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readHistory, writeHistory } from './history-file.ts';

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'chat-history-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

test('keeps the messages in a file that only its owner can read, and creates its directories', async () => {
  const directory = join(temporaryDirectory(), 'state', 'of', 'mine');
  const file = join(directory, 'chat-history');
  await writeHistory(file, ['second', 'first']);
  await writeHistory(file, ['third', 'second', 'first']);
  expect(await readHistory(file)).toEqual(['third', 'second', 'first']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(directory)).toEqual(['chat-history']);
});

test.skipIf(process.platform !== 'linux')(
  'does without a history below /proc, where no directory can be created',
  async () => {
    const file = '/proc/openclaw-state/chat-history';
    await writeHistory(file, ['hello']);
    expect(await readHistory(file)).toEqual([]);
  },
);
