import type { Schedule } from '@openclaw/model-selection';

/** A clock that a test moves. */
export interface ManualClock {
  readonly now: () => number;
  readonly schedule: Schedule;
  /** Advances the clock and runs the tasks that are due. */
  readonly advance: (byMs: number) => void;
}

export function createManualClock(): ManualClock {
  let time = 0;
  const tasks = new Set<{ at: number; task: () => void }>();
  return {
    now: () => time,
    schedule(task, delayMs) {
      const entry = { at: time + delayMs, task };
      tasks.add(entry);
      return () => void tasks.delete(entry);
    },
    advance(byMs) {
      const end = time + byMs;
      for (;;) {
        const [due] = [...tasks].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (due === undefined) break;
        time = due.at;
        tasks.delete(due);
        due.task();
      }
      time = end;
    },
  };
}
