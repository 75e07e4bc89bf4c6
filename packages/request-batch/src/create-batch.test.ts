import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createBatch } from './create-batch.ts';

test('runs the items of one turn of the event loop together, in order, and not before', async () => {
  const done: string[] = [];
  const batch = createBatch((item: string) => done.push(item));
  batch.add('one');
  await Promise.resolve();
  batch.add('two');
  expect(done).toEqual([]);

  await setImmediate();

  expect(done).toEqual(['one', 'two']);
});

test('settles promises together, so that their continuations run in step', async () => {
  const steps: string[] = [];
  const batch = createBatch((resolve: () => void) => resolve());
  const walk = async (name: string) => {
    await new Promise<void>((resolve) => batch.add(resolve));
    steps.push(`${name} 1`);
    await Promise.resolve();
    steps.push(`${name} 2`);
  };

  await Promise.all([walk('a'), walk('b')]);

  expect(steps).toEqual(['a 1', 'b 1', 'a 2', 'b 2']);
});

test('leaves items that are added during a batch to the next turn', async () => {
  const done: number[] = [];
  const batch = createBatch((item: number) => {
    done.push(item);
    if (item < 3) batch.add(item + 1);
  });
  batch.add(1);

  await setImmediate();
  expect(done).toEqual([1]);
  await setImmediate();
  await setImmediate();
  expect(done).toEqual([1, 2, 3]);
});

test('runs the batch at once on flush, and nothing twice', async () => {
  const done: string[] = [];
  const batch = createBatch((item: string) => done.push(item));
  batch.add('one');
  batch.flush();
  expect(done).toEqual(['one']);
  batch.add('two');

  await setImmediate();
  await setImmediate();

  expect(done).toEqual(['one', 'two']);
});

test('can be scheduled differently', async () => {
  const done: string[] = [];
  const batch = createBatch((item: string) => done.push(item), { schedule: (flush) => process.nextTick(flush) });
  batch.add('one');
  await Promise.resolve();
  batch.add('two');
  await new Promise((resolve) => process.nextTick(resolve));
  expect(done).toEqual(['one', 'two']);
});
