/** A clock that jumps from one task to the next, so that hours pass in a second and every run is the same. */
export interface VirtualClock {
  readonly now: () => number;
  /** @returns a function that cancels the task */
  readonly schedule: (task: () => void, delayMs: number) => () => void;
  /** Runs all tasks. Promises settle between two tasks. */
  readonly run: () => Promise<void>;
}

interface Task {
  readonly at: number;
  readonly run: () => void;
}

export function createVirtualClock(): VirtualClock {
  /** The next one is last. Of two at the same time, the one that was scheduled first comes first. */
  const tasks: Task[] = [];
  let time = 0;

  return {
    now: () => time,
    schedule(run, delayMs) {
      const task: Task = { at: time + Math.max(0, delayMs), run };
      const before = tasks.findLastIndex(({ at }) => at > task.at);
      tasks.splice(before + 1, 0, task);
      return () => {
        const index = tasks.indexOf(task);
        if (index !== -1) tasks.splice(index, 1);
      };
    },
    async run() {
      for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
        time = task.at;
        task.run();
        await settled();
      }
    },
  };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
