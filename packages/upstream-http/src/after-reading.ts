/**
 * Runs a task when what lies in the sockets has been read. After the process was stopped or busy for long, expired timers run
 * before the sockets are read, and would take a server for silent whose bytes have long arrived. The first turn of the
 * event loop reads them, the second gives them to their consumers.
 */
export function afterReading(task: () => void): void {
  setImmediate(() => setImmediate(task));
}
