import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 500;

/**
 * Runs a build while no other process builds the same. A lock of a process that has ended is taken over. If two waiting
 * processes take it over at once, both build, which costs time and nothing else: results are renamed into place.
 */
export async function withBuildLock<Result>(
  path: string,
  { build, report }: { readonly build: () => Promise<Result>; readonly report: (line: string) => void },
): Promise<Result> {
  const lock = `${path}.lock`;
  let isReported = false;
  while (!(await tryLock(lock))) {
    const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (owner > 0 && !isRunning(owner)) await rm(lock, { force: true });
    else {
      if (!isReported) report(`Waiting for the build of process ${owner}, which holds ${lock}.`);
      isReported = true;
      await delay(POLL_MS);
    }
  }
  try {
    return await build();
  } finally {
    await rm(lock, { force: true });
  }
}

async function tryLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
