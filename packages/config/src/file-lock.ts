import { link, mkdir, readdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from './config-error.ts';
import { explainRefusal } from './write-refusal.ts';

/** How to wait for a lock; the defaults suit a lock that is held for milliseconds. */
export interface LockOptions {
  /** Milliseconds to wait for one holder before giving up; a queue of others may take longer. @default 30_000 */
  waitMs?: number | undefined;
  /** Milliseconds after which a lock whose holder cannot be asked (another machine or container) counts as left behind. @default 60_000 */
  staleMs?: number | undefined;
}

/**
 * Runs `work` while no other process holds the lock `file`, whose directory is made when it is missing.
 *
 * The lock is a file that appears whole (`link` of a finished file) and names its holder. A holder that was killed leaves it behind; whoever
 * finds that its process is gone removes it, under a lock of its own that is named after the dead one, so that two finders cannot
 * take away each other's fresh lock.
 *
 * @throws ConfigError `locked` when the lock is not free in time; `read-only` when its directory may not be written
 */
export async function withFileLock<Result>(
  file: string,
  work: () => Promise<Result>,
  { waitMs = 30_000, staleMs = 60_000 }: LockOptions = {},
): Promise<Result> {
  const id = crypto.randomUUID();
  await acquire(file, { id, staleMs, waitMs });
  try {
    await sweep(file);
    return await work();
  } finally {
    await release(file, id);
  }
}

interface Holder {
  id: string;
  pid: number;
  host: string;
}

interface Waiting {
  staleMs: number;
  waitMs: number;
}

async function acquire(file: string, { id, ...waiting }: Waiting & { id: string }): Promise<void> {
  const own = `${file}.${process.pid}.${id}`;
  const holder: Holder = { id, pid: process.pid, host: hostname() };
  await explainRefusal(dirname(file), async () => {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(own, JSON.stringify(holder), { mode: 0o600 });
  });
  try {
    await linkWhenFree(own, { file, ...waiting });
  } finally {
    await unlink(own).catch(ignoreMissing);
  }
}

async function linkWhenFree(own: string, { file, ...waiting }: Waiting & { file: string }): Promise<void> {
  let seen = '';
  let deadline = 0;
  for (let turn = 1; !(await tryLink(own, file)); turn += 1) {
    const holder = await readHolder(file);
    if (!holder) continue;
    // Each holder gets the whole wait: a long queue that moves is no reason to give up.
    const isNew = holder.id !== seen;
    if (isNew) deadline = Date.now() + waiting.waitMs;
    seen = holder.id;
    if (isDead(holder) || (isNew && (await isOld(file, waiting)))) {
      await removeLeftBehind(file, { holder, ...waiting });
      continue;
    }
    if (Date.now() > deadline) {
      throw new ConfigError('locked', {
        message: `The configuration is being changed by process ${holder.pid} on ${holder.host}; try again. If nothing is running there, delete ${file}.`,
      });
    }
    // Growing, and different for everyone, so that many waiters neither move in step nor keep the machine busy.
    await sleep(Math.random() * Math.min(10 + turn * 5, 200));
  }
}

async function release(file: string, id: string): Promise<void> {
  const holder = await readHolder(file);
  if (holder?.id === id) await unlink(file).catch(ignoreMissing);
}

/** Only one process can remove a given dead lock, and only while it is still that one. */
async function removeLeftBehind(file: string, { holder, ...waiting }: Waiting & { holder: Holder }): Promise<void> {
  const removal = `${file}.${holder.id}`;
  const id = crypto.randomUUID();
  await acquire(removal, { id, ...waiting });
  try {
    if ((await readHolder(file))?.id === holder.id) await unlink(file).catch(ignoreMissing);
  } finally {
    await release(removal, id);
  }
}

/**
 * Clears away what killed processes left: `<lock>.<pid>.<id>` of those that were asking, `<lock>.<dead holder>` of those that were
 * removing. The names are listed before the holder is read, so a holder that is not in force any more never will be again.
 */
async function sweep(file: string): Promise<void> {
  const directory = dirname(file);
  const prefix = `${basename(file)}.`;
  const names = (await readdir(directory)).filter((name) => name.startsWith(prefix));
  const current = names.length > 0 ? await readHolder(file) : undefined;
  for (const name of names) {
    const rest = name.slice(prefix.length);
    const asking = /(?:^|\.)(\d+)\.[\da-f-]{36}$/.exec(rest)?.[1];
    const removing = /^[\da-f-]{36}/.exec(rest)?.[0];
    const isDead = asking === undefined ? removing !== undefined && removing !== current?.id : !isAlive(Number(asking));
    if (isDead) await unlink(join(directory, name)).catch(ignoreMissing);
  }
}

async function tryLink(own: string, file: string): Promise<boolean> {
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    const holder: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isHolder(holder) ? holder : { id: 'unreadable', pid: 0, host: '' };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    if (error instanceof SyntaxError) return { id: 'unreadable', pid: 0, host: '' };
    throw error;
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null || !('id' in value && 'pid' in value && 'host' in value))
    return false;
  // The id becomes part of a file's name.
  return typeof value.id === 'string' && /^[\w-]+$/.test(value.id) && typeof value.pid === 'number';
}

function isDead({ pid, host }: Holder): boolean {
  return host === hostname() && !isAlive(pid);
}

/** A holder on another machine or in another container cannot be asked, and a number can come to name another process. */
async function isOld(file: string, { staleMs }: Waiting): Promise<boolean> {
  const age = await stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  return age > staleMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function ignoreMissing(error: unknown): void {
  if (!hasCode(error, 'ENOENT')) throw error;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
