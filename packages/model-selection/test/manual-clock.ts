import { setImmediate } from 'node:timers/promises';
import type { Schedule } from '../src/schedule.ts';

/** A clock that a test moves. */
export interface ManualClock {
  readonly now: () => number;
  readonly schedule: Schedule;
  /** Tasks that are not due yet. */
  readonly pending: () => number;
  /** Advances the clock and runs the tasks that are due. */
  readonly advance: (byMs: number) => Promise<void>;
}

export function createManualClock(start = 0): ManualClock {
  let time = start;
  const tasks = new Set<{ at: number; task: () => void }>();
  return {
    now: () => time,
    schedule(task, delayMs) {
      const entry = { at: time + delayMs, task };
      tasks.add(entry);
      return () => void tasks.delete(entry);
    },
    pending: () => tasks.size,
    async advance(byMs) {
      const end = time + byMs;
      await setImmediate();
      for (;;) {
        const [due] = [...tasks].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (due === undefined) break;
        time = due.at;
        tasks.delete(due);
        due.task();
        await setImmediate();
      }
      time = end;
    },
  };
}
