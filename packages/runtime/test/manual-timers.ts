import { setImmediate } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';

/** Timers that only the test advances, until its end. Sockets stay real. */
export function useManualTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}

/** Advances the timers after sockets were read and promises have settled. */
export async function passTime(ms: number): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await setImmediate();
  vi.advanceTimersByTime(ms);
}
