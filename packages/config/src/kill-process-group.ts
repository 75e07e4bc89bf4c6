/** Kills a process that was started with `detached`, with all its children. */
export function killProcessGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The process has exited in the meantime.
  }
}
