import type { PullProgress } from '@openclaw/runtime/internal';

/** The state of a download after a step. */
export interface PullState {
  /** In the server's words. */
  readonly status: string;
  /** Of all parts that have begun. */
  readonly completedBytes: number;
  readonly totalBytes: number;
  /** Over the last seconds; absent until something was downloaded. */
  readonly bytesPerSecond?: number;
  /** Absent while the speed is unknown. */
  readonly secondsLeft?: number;
}

interface Part {
  readonly totalBytes: number;
  readonly completedBytes: number;
}

interface Sample {
  readonly at: number;
  readonly received: number;
}

/** The speed is that of these milliseconds, so that it follows changes and does not jump. */
const WINDOW_MS = 5000;

/** Follows a download: `push` returns the state after a step. Bytes that an earlier download left do not count as speed. */
export function trackPull({ now }: { readonly now: () => number }): { push(step: PullProgress): PullState } {
  const parts = new Map<string, Part>();
  let samples: readonly Sample[] = [];
  let received = 0;

  function receive({ digest, totalBytes = 0, completedBytes = 0 }: PullProgress): void {
    if (digest === undefined) return;
    const before = parts.get(digest);
    parts.set(digest, { totalBytes, completedBytes });
    if (before !== undefined) received += Math.max(0, completedBytes - before.completedBytes);
    const at = now();
    samples = [...samples.filter((sample) => at - sample.at <= WINDOW_MS), { at, received }];
  }

  return {
    push(step) {
      receive(step);
      const completedBytes = sumOf([...parts.values()].map((part) => part.completedBytes));
      const totalBytes = sumOf([...parts.values()].map((part) => part.totalBytes));
      const bytesPerSecond = speedOf(samples);
      const speed = bytesPerSecond === undefined ? {} : { bytesPerSecond };
      const left =
        bytesPerSecond === undefined ? {} : { secondsLeft: Math.ceil((totalBytes - completedBytes) / bytesPerSecond) };
      return { status: step.status, completedBytes, totalBytes, ...speed, ...left };
    },
  };
}

function speedOf(samples: readonly Sample[]): number | undefined {
  const [first, last] = [samples.at(0), samples.at(-1)];
  if (first === undefined || last === undefined || last.at <= first.at || last.received <= first.received)
    return undefined;
  return Math.round((last.received - first.received) / ((last.at - first.at) / 1000));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
