import { createManualClock } from '@openclaw/test-support';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRequestLimiter } from './request-limiter.ts';
import type { RequestLimiterOptions, RequestPermit } from './request-limiter.ts';

function limiter(options: Partial<RequestLimiterOptions> = {}) {
  return createRequestLimiter({ provider: 'ollama', maxConcurrent: 1, maxQueued: 10, now: () => 0, ...options });
}

/** Lets every promise that can settle do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('runs no more at once than it may, and the next when one ends', async () => {
  const { acquire, load } = limiter({ maxConcurrent: 2 });
  const [first] = await Promise.all([acquire(), acquire()]);
  const third = acquire();
  expect(load()).toMatchObject({ running: 2, queued: 1 });
  first?.release();
  await third;
  expect(load()).toMatchObject({ running: 2, queued: 0 });
});

test('releases a permit once, however often release is called', async () => {
  const { acquire, load } = limiter();
  const permit = await acquire();
  permit.release();
  permit.release();
  expect(load().running).toBe(0);
});

test('refuses at once when the queue is full, and says when to come again', async () => {
  const { acquire } = limiter({ maxQueued: 0 });
  await acquire();
  await expect(acquire()).rejects.toMatchObject({
    code: 'overloaded',
    queue: 'full',
    provider: 'ollama',
    retryAfterMs: 5_000,
  });
});

test('gives the place of a request that was cancelled while it waited to the next', async () => {
  const { acquire, load } = limiter();
  const permit = await acquire();
  const controller = new AbortController();
  const cancelled = acquire({ signal: controller.signal });
  const next = acquire();
  controller.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'aborted' });
  permit.release();
  await next;
  expect(load()).toMatchObject({ running: 1, queued: 0 });
});

test('does not let a request in that was cancelled before it asked', async () => {
  const { acquire, load } = limiter();
  await expect(acquire({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  expect(load()).toMatchObject({ running: 0, queued: 0 });
});

test('lets more in when it is made larger', async () => {
  const { acquire, resize, load } = limiter();
  await acquire();
  const second = acquire();
  resize({ maxConcurrent: 2, maxQueued: 10 });
  await second;
  expect(load()).toMatchObject({ running: 2, queued: 0, maxConcurrent: 2 });
});

test('counts what requests waited, and how many of each model and priority there are', async () => {
  const clock = createManualClock();
  const { acquire, load } = limiter(clock);
  const permit = await acquire({ model: 'a' });
  const second = acquire({ model: 'b' });
  void acquire({ model: 'b', priority: 'batch' });
  expect(load().models).toEqual([
    { model: 'a', running: 1, queued: { interactive: 0, batch: 0 } },
    { model: 'b', running: 0, queued: { interactive: 1, batch: 1 } },
  ]);
  clock.advance(250);
  permit.release();
  await second;
  expect(load()).toMatchObject({ admitted: 2, waitedMs: 250, busyMs: 250, modelSwitches: 2 });
});

test('a request fails when its deadline passes in the queue, and its place is free', async () => {
  const clock = createManualClock();
  const { acquire, load } = limiter(clock);
  const permit = await acquire();
  const late = acquire({ startBefore: 3_000 });
  const patient = acquire({ startBefore: 60_000 });
  clock.advance(3_000);
  await expect(late).rejects.toMatchObject({ code: 'overloaded', queue: 'deadline', retryAfterMs: 10_000 });
  permit.release();
  await patient;
  expect(load()).toMatchObject({ running: 1, queued: 0 });
});

test('a request that cannot start before its deadline fails at once', async () => {
  const clock = createManualClock();
  const { acquire, load } = limiter(clock);
  const measured = await acquire();
  clock.advance(8_000);
  measured.release();
  await acquire();
  void acquire({ priority: 'batch' });
  await expect(acquire({ startBefore: clock.now() + 7_000 })).rejects.toThrow(
    'ollama is busy: 1 requests are running and 1 are queued, so the request cannot start before its deadline. Try again later, or allow more time.',
  );
  void acquire({ startBefore: clock.now() + 9_000 });
  expect(load().queued).toBe(2);
});

test('a request whose deadline has passed fails, even if a permit is free', async () => {
  await expect(limiter({ now: () => 5 }).acquire({ startBefore: 5 })).rejects.toMatchObject({ queue: 'deadline' });
});

test('runs one model at a time where only one fits, and lets the next one in when its time has come', async () => {
  const clock = createManualClock();
  const { acquire, load } = limiter({ ...clock, maxConcurrent: 2, maxModels: 1, groupMs: 1_000, loadMs: () => 1_000 });
  const first = await acquire({ model: 'a' });
  const order: string[] = [];
  const permits: RequestPermit[] = [];
  const ask = (model: string) =>
    acquire({ model }).then((permit) => {
      order.push(model);
      permits.push(permit);
    });
  void ask('b');
  void ask('a');
  await settle();
  expect(order).toEqual(['a']);
  clock.advance(1_000);
  void ask('a');
  permits.pop()?.release();
  await settle();
  expect(load().models).toMatchObject([
    { model: 'a', running: 1, queued: { interactive: 1 } },
    { model: 'b', running: 0, queued: { interactive: 1 } },
  ]);
  first.release();
  await settle();
  expect(order).toEqual(['a', 'b']);
});

test('keeps its limits and loses no permit, in any order of events', async () => {
  const steps = fc.array(
    fc.record({ do: fc.constantFrom('ask', 'ask', 'end', 'cancel', 'wait'), pick: fc.nat(20), deadline: fc.boolean() }),
    { maxLength: 60 },
  );
  const limits = fc.record({
    maxConcurrent: fc.integer({ min: 1, max: 3 }),
    maxQueued: fc.nat(4),
    maxModels: fc.constantFrom(1, 2, Infinity),
    groupMs: fc.constantFrom(0, 1_000),
    loadMs: fc.constantFrom(1_000, 20_000),
  });
  await fc.assert(
    fc.asyncProperty(steps, limits, async (list, { maxModels, loadMs, ...rest }) => {
      const clock = createManualClock();
      const { acquire, load } = limiter({ ...clock, maxModels, loadMs: () => loadMs, ...rest });
      // How long a model keeps its place after its last request.
      const heldMs = Math.max(2_000, loadMs / 4);
      const permits: RequestPermit[] = [];
      const waiting: AbortController[] = [];
      let settled = 0;
      let asked = 0;
      for (const step of list) {
        if (step.do === 'ask') {
          const controller = new AbortController();
          asked++;
          waiting.push(controller);
          void acquire({
            client: String(step.pick % 3),
            model: String(step.pick % 4),
            priority: step.pick % 5 === 0 ? 'batch' : 'interactive',
            startBefore: step.deadline ? clock.now() + step.pick * 100 : undefined,
            signal: controller.signal,
          })
            .then(
              (permit) => permits.push(permit),
              () => {},
            )
            .finally(() => settled++);
        } else if (step.do === 'end') permits.splice(step.pick % Math.max(1, permits.length), 1)[0]?.release();
        else if (step.do === 'wait') clock.advance(step.pick * 100);
        else waiting[step.pick % Math.max(1, waiting.length)]?.abort();
        await settle();
        const { running, queued, models } = load();
        const runningModels = models.filter((model) => model.running > 0).length;
        expect(running).toBeLessThanOrEqual(rest.maxConcurrent);
        expect(running).toBe(permits.length);
        expect(queued).toBeLessThanOrEqual(rest.maxQueued);
        expect(asked - settled).toBe(queued);
        if (rest.groupMs > 0) expect(runningModels).toBeLessThanOrEqual(maxModels);
      }
      // Until nothing is left: every request gets its permit or fails.
      while (load().running + load().queued > 0) {
        if (permits.length === 0) clock.advance(heldMs);
        permits.pop()?.release();
        await settle();
        if (load().queued > 0 && permits.length === 0) {
          clock.advance(heldMs);
          await settle();
          expect(permits.length + (asked - settled === 0 ? 1 : 0)).toBeGreaterThan(0);
        }
      }
      expect(settled).toBe(asked);
      expect(load()).toMatchObject({ running: 0, queued: 0, models: [] });
    }),
    { numRuns: 60 },
  );
});
