import { chown, lstat, open, readdir, readlink, realpath, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createDirectory } from './create-directory.ts';
import { systemErrorCode } from './explain-system-error.ts';
import { readRegularFile } from './read-regular-file.ts';
import { MAX_CONFIG_BYTES } from './read-sources.ts';
import { explainRefusal } from './write-refusal.ts';

/**
 * Replaces a file atomically: at every moment the old or the new file exists, complete. Mode 0600; creates the
 * directory with mode 0700. A symbolic link stays, and its target is replaced.
 *
 * @throws ConfigError `read-only` if the file or its directory is not writable
 */
export async function writeFileAtomically(
  path: string,
  text: string,
  { backups = 0 }: { /** How many former versions to keep as `.bak`, `.bak.1`, … */ backups?: number } = {},
): Promise<{ backup: string | undefined }> {
  return await explainRefusal(path, async () => {
    const file = await followLink(path);
    await createDirectory(dirname(file));
    await sweep(file);
    const backup = backups > 0 ? await keepBackup(file, backups) : undefined;
    await replace(file, text);
    return { backup };
  });
}

/** The target of a link, which need not exist. */
async function followLink(path: string): Promise<string> {
  const target = await readlink(path).catch(() => undefined);
  if (target === undefined) return path;
  return await realpath(path).catch((error: unknown) => {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return followLink(resolve(dirname(path), target));
  });
}

async function replace(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.${crypto.randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await keepOwner(file, temporary);
    await rename(temporary, file);
    await syncDirectory(dirname(file));
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

/** Otherwise the file would belong to root after `sudo`, and its owner could not read it. */
async function keepOwner(file: string, temporary: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const owner = await lstat(file).catch(() => lstat(dirname(file)));
  if (owner.uid !== 0) await chown(temporary, owner.uid, owner.gid);
}

/** Makes the rename durable. Not every system supports it. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => undefined);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}

async function keepBackup(file: string, count: number): Promise<string | undefined> {
  const former = await readRegularFile(file, { maxBytes: MAX_CONFIG_BYTES });
  if (former.type !== 'text') return undefined;
  const name = (age: number) => (age === 0 ? `${file}.bak` : `${file}.bak.${age}`);
  for (let age = count - 2; age >= 0; age -= 1) await rename(name(age), name(age + 1)).catch(() => undefined);
  await replace(name(0), former.text);
  return name(0);
}

/**
 * Removes files of killed writers: `<file>.<pid>.<id>.tmp`. The caller holds the lock, so they belong to no running
 * writer.
 */
async function sweep(file: string): Promise<void> {
  const prefix = `${basename(file)}.`;
  for (const name of await readdir(dirname(file))) {
    if (name.startsWith(prefix) && /\.\d+\.[\da-f-]{36}\.tmp$/.test(name)) {
      await unlink(join(dirname(file), name)).catch(() => undefined);
    }
  }
}
