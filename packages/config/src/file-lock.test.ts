import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
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

test('of another machine counts as left behind only when it is old', async () => {
  const { path } = createTemporaryHome();
  writeFileSync(path('x.lock'), JSON.stringify({ ...dead, host: 'elsewhere' }));
  const attempt = () => withFileLock(path('x.lock'), () => Promise.resolve(1), { waitMs: 0 });
  await expect(attempt()).rejects.toMatchObject({ code: 'locked' });
  utimesSync(path('x.lock'), new Date(0), new Date(0));
  expect(await attempt()).toBe(1);
});

test.each(['', '{}', '{"id":"../../x","pid":1,"host":"h"}'])(
  'a broken lock file %j counts as left behind when it is old',
  async (text) => {
    const { path } = createTemporaryHome();
    writeFileSync(path('x.lock'), text);
    utimesSync(path('x.lock'), new Date(0), new Date(0));
    expect(await withFileLock(path('x.lock'), () => Promise.resolve(1), { waitMs: 0 })).toBe(1);
  },
);
