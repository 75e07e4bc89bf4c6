import { createManualClock } from '@openclaw/test-support';
import { expect, test } from 'vitest';
import { createRunningModels } from './running-models.ts';

function runningModels(maxModels: number, loadMs = 8_000) {
  const clock = createManualClock();
  let rooms = 0;
  const models = createRunningModels({
    schedule: clock.schedule,
    maxModels: () => maxModels,
    loadMs: () => loadMs,
    onRoom: () => rooms++,
  });
  return { ...models, advance: clock.advance, rooms: () => rooms };
}

test('only so many models fit, with any number of requests', () => {
  const { start, fits, fitsNow } = runningModels(2);
  start('a');
  start('b');
  expect([fits('a'), fits('c'), fitsNow('c')]).toEqual([true, false, false]);
});

test('a model keeps its place for a moment after its last request', () => {
  const { start, end, fits, fitsNow, advance, rooms } = runningModels(1);
  start('a');
  end('a');
  advance(1_999);
  expect([fits('a'), fits('b'), fitsNow('b'), rooms()]).toEqual([true, false, true, 0]);
  advance(1);
  expect([fits('b'), rooms()]).toEqual([true, 1]);
});

test('a model keeps its place the longer, the longer a load takes', () => {
  const { start, end, advance, rooms } = runningModels(1, 20_000);
  start('a');
  end('a');
  advance(4_999);
  expect(rooms()).toBe(0);
  advance(1);
  expect(rooms()).toBe(1);
});

test('a model that runs again keeps its place until the end of that', () => {
  const { start, end, fits, advance } = runningModels(1);
  start('a');
  end('a');
  advance(1_000);
  start('a');
  advance(5_000);
  end('a');
  advance(1_000);
  expect(fits('b')).toBe(false);
});

test('a model that starts takes the place that another one keeps', () => {
  const { start, end, fits, advance, rooms } = runningModels(1);
  start('a');
  end('a');
  start('b');
  expect(fits('a')).toBe(false);
  advance(10_000);
  expect(rooms()).toBe(0);
});

test('the model with the fewest requests yields', () => {
  const { start, yields } = runningModels(2);
  for (const model of ['a', 'a', 'b']) start(model);
  expect([yields('a'), yields('b')]).toEqual([false, true]);
});

test('keeps no places where any number of models fits', () => {
  const { start, end, counts, advance, rooms } = runningModels(Infinity);
  start('a');
  end('a');
  advance(10_000);
  expect([counts().size, rooms()]).toEqual([0, 0]);
});
