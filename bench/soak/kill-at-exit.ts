import type { ChildProcess } from 'node:child_process';

const children = new Set<ChildProcess>();

/** Kills a child process when this process ends, however it ends. */
export function killAtExit(child: ChildProcess): void {
  if (children.size === 0) process.once('exit', killAll);
  children.add(child);
  child.once('exit', () => children.delete(child));
}

function killAll(): void {
  for (const child of children) child.kill('SIGKILL');
}
