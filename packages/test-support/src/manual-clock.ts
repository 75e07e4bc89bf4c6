import { setImmediate } from 'node:timers/promises';

/** A clock that a test moves. */
export interface ManualClock {
  readonly now: () => number;
  /** Runs a task once after a delay. @returns a function that cancels it */
  readonly schedule: (task: () => void, delayMs: number) => () => void;
  /** The number of tasks that are not due yet. */
  readonly pending: () => number;
  /** Advances the clock and runs the tasks that are due. */
  readonly advance: (byMs: number) => void;
  /** The same, but promises settle before the first task and after each one. */
  readonly advanceAsync: (byMs: number) => Promise<void>;
}

export function createManualClock(): ManualClock {
  let time = 0;
  const tasks = new Set<{ readonly at: number; readonly task: () => void }>();

  /** Runs the first task that is due by then, and returns whether there was one. */
  function runNext(end: number): boolean {
    const [due] = [...tasks].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
    if (due === undefined) return false;
    time = due.at;
    tasks.delete(due);
    due.task();
    return true;
  }

  return {
    now: () => time,
    schedule(task, delayMs) {
      const entry = { at: time + delayMs, task };
      tasks.add(entry);
      return () => void tasks.delete(entry);
    },
    pending: () => tasks.size,
    advance(byMs) {
      const end = time + byMs;
      while (runNext(end));
      time = end;
    },
    async advanceAsync(byMs) {
      const end = time + byMs;
      await setImmediate();
      while (runNext(end)) await setImmediate();
      time = end;
    },
  };
}
