import type { StreamEvent } from '@openclaw/provider';
import { createManualClock } from '@openclaw/test-support';
import { expect, test } from 'vitest';
import { catalogModel } from '../test/catalog-model.ts';
import { requestCandidate } from './candidate-request.ts';
import type { AskOptions } from './candidate-request.ts';
import { waitForFirstContent } from './wait-for-first-content.ts';
import type { FirstContentLimits, IsLoading } from './wait-for-first-content.ts';

const limits: FirstContentLimits = { limitMs: 60_000, loadingMs: 480_000, loadedMs: 300_000 };

/** A model that says nothing until it is released, and what became of the wait for it. */
function wait(limitMs: number | FirstContentLimits, isLoading?: IsLoading) {
  const clock = createManualClock();
  const answer = Promise.withResolvers<void>();
  let report: AskOptions['report'] = () => undefined;
  async function* ask(_: unknown, options: AskOptions): AsyncGenerator<StreamEvent> {
    report = options.report;
    await answer.promise;
    yield { type: 'text-delta', text: 'Hello.' };
  }
  const request = requestCandidate(catalogModel('a/1'), { ask });
  let result: unknown;
  const settled = waitForFirstContent(request, { limitMs, isLoading, schedule: clock.schedule }).then((content) => {
    result = content;
  });
  async function answered(): Promise<unknown> {
    answer.resolve();
    await settled;
    return result;
  }
  return { clock, answered, result: () => result, report: (...said: Parameters<typeof report>) => report(...said) };
}

test.each<[string, IsLoading | undefined, number, boolean]>([
  ['says nothing of the model', undefined, 60_000, false],
  ['fails', async () => Promise.reject(new Error('No /api/ps here.')), 60_000, false],
  ['does not answer', () => new Promise(() => undefined), 60_000, false],
  ['loads the model', async () => true, 480_000, true],
  ['has the model in memory', async () => false, 300_000, false],
])('a server that %s has its own limit', async (_, isLoading, dueMs, loading) => {
  const { clock, result } = wait(limits, isLoading);

  await clock.advanceAsync(dueMs - 1);
  expect(result()).toBeUndefined();
  await clock.advanceAsync(1);

  expect(result()).toEqual({ type: 'timed-out', loading, limitMs: dueMs });
  expect(clock.pending()).toBe(0);
});

test('the limit for every state is the same unless another one is set', async () => {
  const { clock, result } = wait(1000, async () => true);

  await clock.advanceAsync(1000);

  expect(result()).toEqual({ type: 'timed-out', loading: true, limitMs: 1000 });
});

test('a server that stops answering while it loads a model hangs', async () => {
  let asked = 0;
  const { clock, result } = wait(limits, async () => {
    asked++;
    if (asked > 1) throw new Error('Connection refused.');
    return true;
  });

  await clock.advanceAsync(480_000);

  expect(result()).toMatchObject({ type: 'timed-out', loading: false });
});

test('time in a queue does not count', async () => {
  const { clock, report, result, answered } = wait(1000);
  await clock.advanceAsync(0);
  report('queued');
  await clock.advanceAsync(100_000);
  report('sent');

  await clock.advanceAsync(999);
  expect(result()).toBeUndefined();
  expect(await answered()).toMatchObject({ type: 'content' });
  expect(clock.pending()).toBe(0);
});

test('a model whose content is held back for a repair has no limit', async () => {
  const { clock, report, answered } = wait(1000);
  await clock.advanceAsync(999);
  report('content');
  await clock.advanceAsync(100_000);

  expect(await answered()).toMatchObject({ type: 'content' });
});
