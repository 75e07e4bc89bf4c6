import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startRequestClocks } from './request-clocks.ts';

test('a limit that is longer than timers can be set for does not run out at once', async () => {
  const longMs = 2 ** 31;
  const expired: string[] = [];
  const clocks = startRequestClocks(
    { connectMs: longMs, firstEventMs: longMs, idleMs: longMs, totalMs: longMs },
    { expire: (clock) => expired.push(clock) },
  );

  clocks.connected();
  clocks.wait();
  // A timer that overflows rings after a millisecond.
  await wait(20);
  clocks.stop();

  expect(expired).toEqual([]);
});
