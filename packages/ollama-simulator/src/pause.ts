import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Hold } from './script.ts';

/** Waits so many milliseconds; rejects when the signal aborts. Replaceable, so that tests need not wait. */
export type Sleep = (ms: number, options: { signal: AbortSignal }) => Promise<unknown>;

/** Waiting that ends when the client leaves, and can be ended by the test. */
export interface Pauses {
  /** Rejects with the signal's reason when it aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  hold(hold: Hold, signal: AbortSignal): Promise<void>;
  /** Ends every `hold(true)` of this moment. */
  release(): void;
}

/** Real timers, without keeping the process alive any longer than the request. */
export const sleepWithTimer: Sleep = (ms, { signal }) => sleepFor(ms, undefined, { signal });

/** The pauses of one simulator. */
export function createPauses({ sleep }: { sleep: Sleep }): Pauses {
  let held = Promise.withResolvers<void>();
  return {
    async sleep(ms, signal) {
      if (ms > 0) await sleep(ms, { signal });
      signal.throwIfAborted();
    },
    async hold(hold, signal) {
      await unlessAborted(hold === true ? held.promise : hold, signal);
    },
    release() {
      held.resolve();
      held = Promise.withResolvers();
    },
  };
}

/** The promise, or a rejection as soon as the signal aborts. */
export async function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  const left = Promise.withResolvers<never>();
  const leave = (): void => left.reject(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([promise, left.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
