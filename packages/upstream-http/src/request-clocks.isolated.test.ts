import type { TimeoutClock, Timeouts } from '@openclaw/provider';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startRequestClocks } from './request-clocks.ts';
import type { RequestClocks } from './request-clocks.ts';

const LIMITS: Timeouts = { connectMs: 1_000, firstEventMs: 10_000, idleMs: 2_000, totalMs: 60_000 };

describe('clocks', () => {
  afterEach(() => vi.useRealTimers());

  test('a limit that is longer than timers can be set for does not run out at once', async () => {
    const longMs = 2 ** 31;
    const { clocks, expired } = start({ connectMs: longMs, firstEventMs: longMs, idleMs: longMs, totalMs: longMs });
    clocks.connected();
    clocks.wait();
    // A timer that overflows fires after a millisecond.
    await vi.advanceTimersByTimeAsync(60_000);

    expect(expired).toEqual([]);
  });

  test('a connection that is opened again has the limit for connecting again, and then that for the first event', async () => {
    const { clocks, expired } = start(LIMITS);
    clocks.connected();
    await vi.advanceTimersByTimeAsync(9_000);
    clocks.connecting();
    await vi.advanceTimersByTimeAsync(900);
    clocks.connected();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(expired).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);

    expect(expired).toEqual(['first-event']);
  });

  test('a connection that is not opened again in time', async () => {
    const { clocks, expired } = start(LIMITS);
    clocks.connected();
    clocks.connecting();
    await vi.advanceTimersByTimeAsync(1_100);

    expect(expired).toEqual(['connect']);
  });

  test('nothing is left running of a connection that was opened twice', async () => {
    const { clocks, expired } = start(LIMITS);
    clocks.connected();
    clocks.connecting();
    clocks.connected();
    clocks.event();
    clocks.stop();

    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(expired).toEqual([]);
  });

  test('time that the consumer takes does not count', async () => {
    const { clocks, expired } = start({ connectMs: 0, firstEventMs: 0, idleMs: 300, totalMs: 0 });
    clocks.connected();
    clocks.wait();
    clocks.event();
    clocks.rest();
    await vi.advanceTimersByTimeAsync(10_000);
    clocks.wait();
    await vi.advanceTimersByTimeAsync(290);
    expect(expired).toEqual([]);
    await vi.advanceTimersByTimeAsync(300);

    expect(expired).toEqual(['idle']);
  });

  test('what is read in the turn in which a limit runs out counts', async () => {
    const { clocks, expired } = start(LIMITS);
    clocks.connected();
    clocks.event();
    // The timer fires before the sockets are read: their bytes come in the same turn.
    setTimeout(() => setImmediate(() => clocks.event()), LIMITS.idleMs);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(expired).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);

    expect(expired).toEqual(['idle']);
  });
});

function start(timeouts: Timeouts): { readonly clocks: RequestClocks; readonly expired: TimeoutClock[] } {
  vi.useFakeTimers();
  const expired: TimeoutClock[] = [];
  const clocks = startRequestClocks(timeouts, {
    expire(clock) {
      expired.push(clock);
      clocks.stop();
    },
  });
  return { clocks, expired };
}
