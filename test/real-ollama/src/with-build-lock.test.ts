import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCommand } from './run-command.ts';
import { withBuildLock } from './with-build-lock.ts';

function makePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openclaw-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'build');
}

test('builds one after the other, and says what it waits for', async () => {
  const path = makePath();
  const lines: string[] = [];
  let running = 0;
  const build = async () => {
    running += 1;
    expect(running).toBe(1);
    await runCommand([process.execPath, '--version']);
    running -= 1;
  };
  await Promise.all([1, 2].map(() => withBuildLock(path, { build, report: (line) => lines.push(line) })));
  expect(lines).toEqual([expect.stringMatching(`^Waiting for the build of process ${process.pid}`)]);
  expect(existsSync(`${path}.lock`)).toBe(false);
});

test('takes over the lock of a process that has ended', async () => {
  const path = makePath();
  const { stdout } = await runCommand(['sh', '-c', 'echo $$']);
  writeFileSync(`${path}.lock`, stdout.trim());
  expect(await withBuildLock(path, { build: async () => 'built', report: expect.unreachable })).toBe('built');
});

test('releases the lock after a build that failed', async () => {
  const path = makePath();
  const build = () => Promise.reject(new Error('No compiler.'));
  await expect(withBuildLock(path, { build, report: expect.unreachable })).rejects.toThrow('No compiler.');
  expect(existsSync(`${path}.lock`)).toBe(false);
});
