import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTemporaryHome } from '../test/temporary-home.ts';
import { withFileLock } from './file-lock.ts';

/** No process has this number: it is above what Linux and macOS give out. */
const deadPid = 2 ** 22 + 1;
const dead = { id: '11111111-1111-4111-8111-111111111111', pid: deadPid, host: hostname() };

test('one after the other', async () => {
  const { path } = createTemporaryHome();
  const inside: number[] = [];
  let active = 0;
  const work = async () => {
    active += 1;
    inside.push(active);
    await Promise.resolve();
    active -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, () => withFileLock(path('x.lock'), work)));
  expect(inside).toEqual(Array.from({ length: 20 }, () => 1));
  expect(readdirSync(path(''))).toEqual(['work']);
});

test('is given back when the work fails', async () => {
  const { path } = createTemporaryHome();
  await expect(withFileLock(path('x.lock'), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withFileLock(path('x.lock'), () => Promise.resolve(1))).toBe(1);
});

test('of a dead process is taken over, by one of many at a time', async () => {
  const { path } = createTemporaryHome();
  writeFileSync(path('x.lock'), JSON.stringify(dead));
  let active = 0;
  let most = 0;
  const work = async () => {
    active += 1;
    most = Math.max(most, active);
    await Promise.resolve();
    active -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, () => withFileLock(path('x.lock'), work)));
  expect(most).toBe(1);
  expect(readdirSync(path(''))).toEqual(['work']);
});

test('of a process that died while removing a dead lock is taken over, too', async () => {
  const { path } = createTemporaryHome();
  writeFileSync(path('x.lock'), JSON.stringify(dead));
  const remover = { ...dead, id: '22222222-2222-4222-8222-222222222222' };
  writeFileSync(path(`x.lock.${dead.id}`), JSON.stringify(remover));
  writeFileSync(path(`x.lock.${deadPid}.33333333-3333-4333-8333-333333333333`), '{}');
  expect(await withFileLock(path('x.lock'), () => Promise.resolve(1))).toBe(1);
  expect(readdirSync(path(''))).toEqual(['work']);
});

test('of a living process is waited for, and named when the wait is over', async () => {
  const { path } = createTemporaryHome();
  writeFileSync(path('x.lock'), JSON.stringify({ ...dead, pid: process.pid }));
  const attempt = withFileLock(path('x.lock'), () => Promise.resolve(1), { waitMs: 0 });
  await expect(attempt).rejects.toMatchObject({
    code: 'locked',
    message: expect.stringContaining(`being changed by process ${process.pid}`),
  });
});

test('of another machine counts as left behind when it was waited for long enough, whatever the clocks of the machines say', async () => {
  const { path } = createTemporaryHome();
  writeFileSync(path('x.lock'), JSON.stringify({ ...dead, host: 'elsewhere' }));
  const { clock, sleeps } = createClock();
  const attempt = (waitMs: number) => withFileLock(path('x.lock'), () => Promise.resolve(1), { clock, waitMs });
  await expect(attempt(10_000)).rejects.toMatchObject({ code: 'locked' });
  sleeps.length = 0;
  expect(await attempt(30_000)).toBe(1);
  expect(sleeps.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(25_000);
});

test('of another machine that changes hands is waited for anew each time', async () => {
  const { path } = createTemporaryHome();
  let turn = 0;
  const pass = () =>
    writeFileSync(path('x.lock'), JSON.stringify({ ...dead, id: `holder-${(turn += 1)}`, host: 'elsewhere' }));
  pass();
  const { clock } = createClock({ onSleep: (now) => void (now > turn * 20_000 && turn < 5 && pass()) });
  expect(await withFileLock(path('x.lock'), () => Promise.resolve(clock.now()), { clock })).toBeGreaterThan(100_000);
});

test.each(['', '{}', '{"id":"../../x","pid":1,"host":"h"}', 'x'.repeat(10_000)])(
  'a broken lock file counts as left behind after a while: %j',
  async (text) => {
    const { path } = createTemporaryHome();
    writeFileSync(path('x.lock'), text);
    const { clock } = createClock();
    expect(await withFileLock(path('x.lock'), () => Promise.resolve(1), { clock })).toBe(1);
  },
);

test('a named pipe in its place is not waited for as a file', async () => {
  const { path } = createTemporaryHome();
  execFileSync('mkfifo', [path('x.lock')]);
  const attempt = withFileLock(path('x.lock'), () => Promise.resolve(1), { waitMs: 0 });
  await expect(attempt).rejects.toMatchObject({ code: 'locked', message: expect.stringContaining('another process') });
});

test('what the system refuses is said in words, and nothing is left behind', async () => {
  const { path } = createTemporaryHome();
  mkdirSync(path('d'));
  const name = path(`d/${'x'.repeat(300)}`);
  await expect(withFileLock(name, () => Promise.resolve(1))).rejects.toMatchObject({
    code: 'read-only',
    message: `Cannot write ${path('d')}: the path is too long.`,
  });
  await expect(withFileLock('/proc/nowhere/x.lock', () => Promise.resolve(1))).rejects.toMatchObject({
    code: 'read-only',
    message: 'Cannot write /proc/nowhere: there is no such file or directory.',
  });
});

test.skipIf(process.platform === 'win32')('a disk that takes no byte more leaves no lock behind', () => {
  const { home, path } = createTemporaryHome({ '.openclaw/openclaw.json': '{}' });
  const script = join(import.meta.dirname, '../test/set-many.ts');
  // No file may become larger than nothing: it is made, and writing to it fails.
  const command = 'trap "" XFSZ; ulimit -f 0; exec "$0" --conditions=@openclaw/source "$1"';
  const { status, stderr } = spawnSync('bash', ['-c', command, process.execPath, script], {
    cwd: home,
    env: { PATH: process.env['PATH'], HOME: home },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain(`Cannot write ${path('.openclaw')}: the file is too large.`);
  expect(readdirSync(path('.openclaw'))).toEqual(['openclaw.json']);
});

/** Time that passes only by sleeping. */
function createClock({ onSleep }: { onSleep?: (now: number) => void } = {}) {
  let now = 0;
  const sleeps: number[] = [];
  const clock = {
    now: () => now,
    async sleep(ms: number) {
      now += ms + 1;
      sleeps.push(ms + 1);
      onSleep?.(now);
      await Promise.resolve();
    },
  };
  return { clock, sleeps };
}
