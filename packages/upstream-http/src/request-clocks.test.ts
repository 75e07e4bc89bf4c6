import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { startRequestClocks } from './request-clocks.ts';

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
});

test('a limit that is longer than timers can be set for does not run out at once', () => {
  const longMs = 2 ** 31;
  const expired: string[] = [];
  const clocks = startRequestClocks(
    { connectMs: longMs, firstEventMs: longMs, idleMs: longMs, totalMs: longMs },
    { expire: (clock) => expired.push(clock) },
  );

  clocks.connected();
  clocks.wait();
  // A timer that overflows rings after a millisecond.
  vi.advanceTimersByTime(20);
  clocks.stop();

  expect(expired).toEqual([]);
});

test('time that the consumer takes does not count', () => {
  const expired: string[] = [];
  const clocks = startRequestClocks(
    { connectMs: 0, firstEventMs: 0, idleMs: 300, totalMs: 0 },
    { expire: (clock) => expired.push(clock) },
  );
  clocks.connected();
  clocks.wait();
  clocks.event();
  clocks.rest();

  vi.advanceTimersByTime(10_000);
  clocks.wait();
  vi.advanceTimersByTime(290);
  expect(expired).toEqual([]);

  vi.advanceTimersByTime(300);
  expect(expired).toEqual(['idle']);
});
