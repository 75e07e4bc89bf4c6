import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRequestLimiter } from './request-limiter.ts';
import type { RequestLimiterOptions } from './request-limiter.ts';

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
  first?.();
  await third;
  expect(load()).toMatchObject({ running: 2, queued: 0 });
});

test('ends a turn once, however often it is told', async () => {
  const { acquire, load } = limiter();
  const end = await acquire();
  end();
  end();
  expect(load().running).toBe(0);
});

test('lets clients take turns, so that the one with many requests does not hold up the one with one', async () => {
  const { acquire } = limiter();
  const endFirst = await acquire();
  const order: string[] = [];
  const wait = (client: string, name: string) =>
    acquire({ client }).then((end) => {
      order.push(name);
      end();
    });
  const all = [
    wait('agent', 'agent 1'),
    wait('agent', 'agent 2'),
    wait('agent', 'agent 3'),
    wait('editor', 'editor 1'),
  ];
  endFirst();
  await Promise.all(all);
  expect(order).toEqual(['agent 1', 'editor 1', 'agent 2', 'agent 3']);
});

test('refuses at once when the queue is full, and says when to come again', async () => {
  const { acquire } = limiter({ maxQueued: 0 });
  await acquire();
  await expect(acquire()).rejects.toMatchObject({ code: 'overloaded', provider: 'ollama', retryAfterMs: 5_000 });
});

test('gives the place of a request that was cancelled while it waited to the next', async () => {
  const { acquire, load } = limiter();
  const end = await acquire();
  const controller = new AbortController();
  const cancelled = acquire({ signal: controller.signal });
  const next = acquire();
  controller.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'aborted' });
  end();
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

test('counts what requests waited', async () => {
  let time = 0;
  const { acquire, load } = limiter({ now: () => time });
  const end = await acquire();
  const second = acquire();
  time = 250;
  end();
  await second;
  expect(load()).toMatchObject({ admitted: 2, waitedMs: 250 });
});

test('keeps its limits and loses no request, in any order of events', async () => {
  const steps = fc.array(fc.record({ do: fc.constantFrom('ask', 'end', 'cancel'), pick: fc.nat(20) }), {
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 3 }), fc.nat(4), async (list, maxConcurrent, maxQueued) => {
      const { acquire, load } = limiter({ maxConcurrent, maxQueued });
      const turns: (() => void)[] = [];
      const waiting: AbortController[] = [];
      let settled = 0;
      let asked = 0;
      for (const step of list) {
        if (step.do === 'ask') {
          const controller = new AbortController();
          asked++;
          waiting.push(controller);
          void acquire({ client: String(step.pick % 3), signal: controller.signal })
            .then(
              (end) => turns.push(end),
              () => {},
            )
            .finally(() => settled++);
        } else if (step.do === 'end') turns.splice(step.pick % Math.max(1, turns.length), 1)[0]?.();
        else waiting[step.pick % Math.max(1, waiting.length)]?.abort();
        await settle();
        const { running, queued } = load();
        expect(running).toBeLessThanOrEqual(maxConcurrent);
        expect(running).toBe(turns.length);
        expect(queued).toBeLessThanOrEqual(maxQueued);
        expect(asked - settled).toBe(queued);
        expect(queued === 0 || running === maxConcurrent).toBe(true);
      }
      while (turns.length > 0) {
        turns.pop()?.();
        await settle();
      }
      expect(load()).toMatchObject({ running: 0, queued: 0 });
    }),
    { numRuns: 60 },
  );
});
