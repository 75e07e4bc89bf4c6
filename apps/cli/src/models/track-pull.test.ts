import { expect, test } from 'vitest';
import { trackPull } from './track-pull.ts';

const part = (digest: string, completedBytes: number, totalBytes: number) => ({
  status: `pulling ${digest}`,
  digest,
  completedBytes,
  totalBytes,
});

test('adds the parts, and knows speed and time left after two steps', () => {
  let at = 0;
  const tracker = trackPull({ now: () => at });
  expect(tracker.push({ status: 'pulling manifest' })).toEqual({
    status: 'pulling manifest',
    completedBytes: 0,
    totalBytes: 0,
  });
  expect(tracker.push(part('a', 0, 1000))).not.toHaveProperty('bytesPerSecond');
  at = 2000;
  expect(tracker.push(part('a', 200, 1000))).toMatchObject({ bytesPerSecond: 100, secondsLeft: 8 });
  at = 3000;
  expect(tracker.push(part('b', 0, 500))).toMatchObject({ completedBytes: 200, totalBytes: 1500 });
});

test('what an earlier download left is progress and no speed', () => {
  let at = 0;
  const tracker = trackPull({ now: () => at });
  tracker.push(part('a', 900, 1000));
  at = 1000;
  expect(tracker.push(part('a', 910, 1000))).toMatchObject({ completedBytes: 910, bytesPerSecond: 10, secondsLeft: 9 });
});

test('the speed forgets what is older than five seconds', () => {
  let at = 0;
  const tracker = trackPull({ now: () => at });
  tracker.push(part('a', 0, 10_000));
  at = 1000;
  tracker.push(part('a', 5000, 10_000));
  at = 7000;
  tracker.push(part('a', 5100, 10_000));
  at = 8000;
  expect(tracker.push(part('a', 5200, 10_000))).toMatchObject({ bytesPerSecond: 100 });
});
