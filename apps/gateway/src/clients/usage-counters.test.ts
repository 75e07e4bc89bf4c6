import { expect, test } from 'vitest';
import { createUsageCounters } from './usage-counters.ts';

const MINUTE = 60_000;

test('counts in windows that begin with the first amount', () => {
  let time = 5_000;
  const counters = createUsageCounters({ now: () => time });
  const add = (amount: number, key = 'a') => counters.add(key, { amount, windowMs: MINUTE });
  expect(add(0)).toEqual({ used: 0, endsInMs: MINUTE });
  time += 10_000;
  expect(add(2)).toEqual({ used: 2, endsInMs: MINUTE });
  time += 20_000;
  expect([add(3), add(1, 'b'), add(0)]).toEqual([
    { used: 5, endsInMs: 40_000 },
    { used: 1, endsInMs: MINUTE },
    { used: 5, endsInMs: 40_000 },
  ]);
  time += 40_000;
  expect(add(0)).toEqual({ used: 0, endsInMs: MINUTE });
});
