import type { ProviderSetup } from './provider-setup.ts';
import { createRequestQueue } from './request-queue.ts';
import type { RequestQueue } from './request-queue.ts';

/** The queue before each server. */
export interface RequestQueues {
  of(setup: ProviderSetup): RequestQueue;
}

/** Servers without a limit share a queue that nobody waits in. A changed limit holds for requests that start later. */
export function createRequestQueues(): RequestQueues {
  const queues = new Map<string, RequestQueue>();
  const open: RequestQueue = { enter: () => Promise.resolve(() => undefined) };
  return {
    of({ id: provider, baseUrl, maxConcurrent, maxQueued }) {
      if (maxConcurrent === undefined) return open;
      const key = JSON.stringify([baseUrl, maxConcurrent, maxQueued]);
      const queue = queues.get(key) ?? createRequestQueue({ provider, maxConcurrent, maxQueued });
      queues.set(key, queue);
      return queue;
    },
  };
}
