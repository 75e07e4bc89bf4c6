import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLogFile } from './open-log.ts';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openclaw-open-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('appends to the file, and creates its missing directories', async () => {
  const path = join(makeFolder(), 'made', 'on', 'demand', 'gateway.log');
  for (const text of ['a\n', 'b\n']) {
    const log = await openLogFile(path);
    expect(await log.write(Buffer.from(text))).toBe(2);
    await log.close();
  }
  expect(readFileSync(path, 'utf8')).toBe('a\nb\n');
});

test.each(['.', 'file/gateway.log', 'fifo', ...(existsSync('/proc/self') ? ['/proc/nope/gateway.log'] : [])])(
  'a path that is no log, as %s, is an error at once',
  async (name) => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'file'), '');
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    const path = name.startsWith('/') ? name : join(folder, name);
    await expect(openLogFile(path)).rejects.toThrow(/^E(?:ISDIR|NOTDIR|NXIO|NOENT)/);
    expect(statSync(join(folder, 'fifo')).isFIFO()).toBe(true);
  },
);
