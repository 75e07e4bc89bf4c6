import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/**
 * Starts a process that sets `agents.defaults.models["<name>/model"].params.turn` to 1, 2, … `count` in the
 * configuration below `home`.
 */
export function startWriter({ home, name, count }: { home: string; name: string; count: number }): ChildProcess {
  const writer = fork(join(import.meta.dirname, 'set-many.ts'), [name, String(count)], {
    cwd: home,
    env: { PATH: process.env['PATH'], HOME: home, NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] },
    execArgv: ['--conditions=@openclaw/source'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return writer;
}

/** How a process ended. */
export async function ended(writer: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
  return { code: writer.exitCode, signal: writer.signalCode };
}
