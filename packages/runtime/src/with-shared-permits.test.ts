import { expect, test } from 'vitest';
import { createRequestLimiter } from './request-limiter.ts';
import type { PermitStore } from './shared-state.ts';
import { withSharedPermits } from './with-shared-permits.ts';

/** One permit at a time; those who wait get it in turn. */
function createStore() {
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  let free = 1;
  const release = () => {
    free++;
    waiting.shift()?.();
  };
  const permits: PermitStore = {
    async acquire(endpoint, { cap, signal }) {
      signal?.throwIfAborted();
      asked.push(`${endpoint} ${cap}`);
      return new Promise((resolve, reject) => {
        const take = () => {
          free--;
          resolve(release);
        };
        signal?.addEventListener('abort', () => reject(signal.reason));
        if (free > 0) take();
        else waiting.push(take);
      });
    },
  };
  return { permits, asked };
}

function limiterWith(permits: PermitStore | undefined, maxConcurrent = 3) {
  const limiter = createRequestLimiter({ provider: 'ollama', maxConcurrent, maxQueued: 10, now: () => 0 });
  return withSharedPermits(limiter, {
    permits: () => permits,
    endpoint: 'ollama http://a',
    provider: 'ollama',
    now: () => 0,
  });
}

test('without a shared state the local permit is enough, and needs no wait', async () => {
  const limiter = limiterWith(undefined);
  expect(limiter.tryAcquire()).toBeDefined();
  (await limiter.acquire()).release();
  expect(limiter.load().running).toBe(1);
});

test('a request runs with both permits, and releases both', async () => {
  const { permits, asked } = createStore();
  const limiter = limiterWith(permits);
  expect(limiter.tryAcquire()).toBeUndefined();
  const first = await limiter.acquire();
  const second = limiter.acquire();
  first.release();
  (await second).release();
  expect(asked).toEqual(['ollama http://a 3', 'ollama http://a 3']);
  expect(limiter.load().running).toBe(0);
});

test('a limiter without a limit does not ask', async () => {
  const { permits, asked } = createStore();
  await limiterWith(permits, Infinity).acquire();
  expect(asked).toEqual([]);
});

test('a request that is cancelled while it waits for the shared permit releases the local one', async () => {
  const limiter = limiterWith(createStore().permits);
  await limiter.acquire();
  const controller = new AbortController();
  const cancelled = limiter.acquire({ signal: controller.signal });
  controller.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'aborted', provider: 'ollama' });
  expect(limiter.load().running).toBe(1);
});

test('a request fails when its deadline passes while it waits for the shared permit', async () => {
  const limiter = limiterWith(createStore().permits);
  await limiter.acquire();
  await expect(limiter.acquire({ startBefore: 1 })).rejects.toMatchObject({ code: 'overloaded', queue: 'deadline' });
  expect(limiter.load().running).toBe(1);
});
