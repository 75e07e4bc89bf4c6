import { setImmediate } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';

/** Timers that only the test moves, until it is over. Sockets stay real. */
export function useManualTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}

/** Moves the timers, after everything has happened that takes no time: sockets are read, and promises settle. */
export async function passTime(ms: number): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await setImmediate();
  vi.advanceTimersByTime(ms);
}
