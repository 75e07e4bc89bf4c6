/** Counters of what clients use. In the memory of one gateway, or shared by several. */
export interface UsageCounters {
  /**
   * Adds to the counter of a key, and returns what is in it. The window of a counter begins with the first amount above 0
   * after the last window. An amount of 0 only reads. Never fails: a shared counter that cannot be reached counts locally.
   */
  add(key: string, entry: UsageEntry): UsageReading | Promise<UsageReading>;
}

export interface UsageEntry {
  readonly amount: number;
  readonly windowMs: number;
}

/** What a counter holds. */
export interface UsageReading {
  readonly used: number;
  /** Milliseconds until it starts again with 0. */
  readonly endsInMs: number;
}

export interface UsageCountersOptions {
  /** Milliseconds, for durations; must never jump, as the time of day does. @default performance.now */
  readonly now?: (() => number) | undefined;
}

/** Counters in the memory of this process. */
export function createUsageCounters({ now = () => performance.now() }: UsageCountersOptions = {}): UsageCounters {
  const windows = new Map<string, { used: number; endsAt: number }>();
  return {
    add(key, { amount, windowMs }) {
      const time = now();
      const known = windows.get(key);
      const window = known !== undefined && time < known.endsAt ? known : { used: 0, endsAt: time + windowMs };
      window.used += amount;
      if (window.used === 0) windows.delete(key);
      else windows.set(key, window);
      return { used: window.used, endsInMs: window.endsAt - time };
    },
  };
}
