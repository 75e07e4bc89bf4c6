import { expect, test } from 'vitest';
import { formatBytes } from './format-bytes.ts';
import { formatDuration } from './format-duration.ts';
import { createPullDisplay } from './pull-progress.ts';

const state = (completedBytes: number, more = {}) => ({
  status: 'pulling 6a0746a1ec1a',
  completedBytes,
  totalBytes: 13_800_000_000,
  ...more,
});

function capture(terminal: { isTTY: boolean; columns?: number }) {
  const written: string[] = [];
  const display = createPullDisplay({ ...terminal, write: (text) => written.push(text) });
  return { display, written };
}

test('a terminal has one line that changes, and never wraps', () => {
  const { display, written } = capture({ isTTY: true, columns: 60 });
  display.show(state(6_900_000_000, { bytesPerSecond: 52_000_000, secondsLeft: 133 }));
  display.end();
  expect(written[0]).toMatch(/█{10}░{10} {2}50% {2}6\.9 GB of 13\.8 GB {2}52\.0 MB\/s {2}2 $/);
  expect(written[1]).toBe('\n');
});

test('elsewhere there is a line for each status and each tenth', () => {
  const { display, written } = capture({ isTTY: false });
  display.show({ status: 'pulling manifest', completedBytes: 0, totalBytes: 0 });
  for (let percent = 0; percent <= 20; percent++) display.show(state(138_000_000 * percent));
  display.show({ status: 'success', completedBytes: 13_800_000_000, totalBytes: 13_800_000_000 });
  display.end();
  expect(written).toEqual([
    'pulling manifest\n',
    '0%  0 B of 13.8 GB\n',
    '10%  1.4 GB of 13.8 GB\n',
    '20%  2.8 GB of 13.8 GB\n',
    'success\n',
  ]);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1500, '1.5 kB'],
  [274_302_450, '274 MB'],
  [4_661_224_676, '4.7 GB'],
  [3e15, '3000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, '0 s'],
  [45, '45 s'],
  [60, '1 min'],
  [200, '3 min 20 s'],
  [7500, '2 h 5 min'],
  [90_000, '1 d 1 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
