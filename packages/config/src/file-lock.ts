import { link, readdir, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from './config-error.ts';
import { createDirectory } from './create-directory.ts';
import { systemErrorCode } from './explain-system-error.ts';
import { readRegularFile } from './read-regular-file.ts';
import { explainRefusal } from './write-refusal.ts';

/** Options of waiting for a lock. The defaults suit a lock that is held for milliseconds. */
export interface LockOptions {
  /** Milliseconds to wait for one holder; a queue of holders may take longer. @default 30_000 */
  waitMs?: number | undefined;
  /**
   * Milliseconds of waiting for one holder after which its lock counts as stale, even if its process cannot be checked
   * (another machine or container) or its id was reused. @default 25_000
   */
  staleMs?: number | undefined;
  clock?: LockClock | undefined;
}

/** A monotonic clock, so that changes of the system time do not affect the age of a lock. */
export interface LockClock {
  /** Milliseconds of a monotonic clock. */
  now(): number;
  sleep(ms: number): Promise<unknown>;
}

/**
 * Runs `work` while holding the lock `file`. Creates its directory if it is missing.
 *
 * The lock is a file that is created atomically (`link` of a complete file) and names its holder. If the holder was
 * killed, a waiter removes the stale lock. It holds a second lock, named after the dead holder, while it does, so that
 * two waiters cannot remove each other's new lock.
 *
 * @throws ConfigError `locked` if the lock is not released in time; `read-only` if its directory is not writable
 */
export async function withFileLock<Result>(
  file: string,
  work: () => Promise<Result>,
  { waitMs = 30_000, staleMs = 25_000, clock = MONOTONIC_CLOCK }: LockOptions = {},
): Promise<Result> {
  const id = crypto.randomUUID();
  const explained = <Value>(change: () => Promise<Value>) => explainRefusal(dirname(file), change);
  await explained(() => acquire(file, { id, staleMs, waitMs, clock }));
  try {
    await explained(() => sweep(file));
    return await work();
  } finally {
    await explained(() => release(file, id));
  }
}

const MONOTONIC_CLOCK: LockClock = { now: () => performance.now(), sleep };

interface Holder {
  id: string;
  pid: number;
  host: string;
}

type Waiting = Required<{ [Option in keyof LockOptions]: NonNullable<LockOptions[Option]> }>;

async function acquire(file: string, { id, ...waiting }: Waiting & { id: string }): Promise<void> {
  const own = `${file}.${process.pid}.${id}`;
  const holder: Holder = { id, pid: process.pid, host: hostname() };
  await createDirectory(dirname(file));
  try {
    await writeFile(own, JSON.stringify(holder), { mode: 0o600 });
    await linkWhenFree(own, { file, ...waiting });
  } finally {
    await unlink(own).catch(ignoreMissing);
  }
}

async function linkWhenFree(own: string, { file, ...waiting }: Waiting & { file: string }): Promise<void> {
  const now = () => waiting.clock.now();
  let seen = '';
  let since = now();
  for (let turn = 1; !(await tryLink(own, file)); turn += 1) {
    const holder = await readHolder(file);
    if (!holder) continue;
    // The timeout restarts for each holder: a long queue that advances must not fail.
    if (holder.id !== seen) since = now();
    seen = holder.id;
    const waitedMs = now() - since;
    if (isDead(holder) || waitedMs > waiting.staleMs) {
      await removeLeftBehind(file, { holder, ...waiting });
      continue;
    }
    if (waitedMs > waiting.waitMs) throw locked(file, holder);
    // Backoff with jitter, so that many waiters are not synchronised and do not load the machine.
    await waiting.clock.sleep(Math.random() * Math.min(10 + turn * 5, 200));
  }
}

function locked(file: string, { pid, host }: Holder): ConfigError {
  const who = pid === 0 ? 'another process' : `process ${pid} on ${host}`;
  return new ConfigError('locked', {
    message: `The configuration is being changed by ${who}; try again. If nothing is running there, delete ${file}.`,
  });
}

async function release(file: string, id: string): Promise<void> {
  const holder = await readHolder(file);
  if (holder?.id === id) await unlink(file).catch(ignoreMissing);
}

/** Only one process can remove a given stale lock, and only while it is still the same lock. */
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
 * Removes files of killed processes: `<lock>.<pid>.<id>` of waiters, `<lock>.<dead holder>` of removals. The names are
 * listed before the holder is read, so a listed name of a former holder is never used again.
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
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  const reading = await readRegularFile(file, { maxBytes: MAX_LOCK_BYTES });
  if (reading.type === 'missing') return undefined;
  const holder = reading.type === 'text' ? parseHolder(reading.text) : undefined;
  return holder ?? { id: 'unreadable', pid: 0, host: '' };
}

/** Process and host of a holder. */
const MAX_LOCK_BYTES = 4096;

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isHolder(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null || !('id' in value && 'pid' in value && 'host' in value))
    return false;
  // The id is part of a file name.
  return typeof value.id === 'string' && /^[\w-]+$/.test(value.id) && typeof value.pid === 'number';
}

function isDead({ pid, host }: Holder): boolean {
  return host === hostname() && !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}

function ignoreMissing(error: unknown): void {
  if (systemErrorCode(error) !== 'ENOENT') throw error;
}
