import { createManualClock } from '@openclaw/test-support';
import { expect, test } from 'vitest';
import { createServedEndpoints } from './served-endpoints.ts';

test('knows the last endpoint of a key, for a while after it served', () => {
  const clock = createManualClock();
  const served = createServedEndpoints({ now: clock.now, maxAgeMs: 1_000 });
  served.set('x', 'a');
  served.set('x', 'b');
  clock.advance(999);
  expect(served.get('x')).toBe('b');
  clock.advance(1);
  expect(served.get('x')).toBeUndefined();
});

test('forgets the key that was served longest ago when there are too many', () => {
  const served = createServedEndpoints({ now: () => 0, maxKeys: 2 });
  for (const key of ['x', 'y', 'x', 'z']) served.set(key, 'a');
  expect(['x', 'y', 'z'].map((key) => served.get(key))).toEqual(['a', undefined, 'a']);
});
