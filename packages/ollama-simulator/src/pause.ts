import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Hold } from './script.ts';

/** Waits so many milliseconds; rejects when the signal aborts. Replaceable, so that tests need not wait. */
export type Sleep = (ms: number, options: { signal: AbortSignal }) => Promise<unknown>;

/** Waiting that ends when the client leaves, and can be ended by the test. */
export interface Pauses {
  /**
   * Waits so long, and then until released. `announce` is called as each begins, so that whoever hears it can release it at once.
   * Rejects with the signal's reason when it aborts.
   */
  pass(
    wait: { ms?: number | undefined; until?: Hold | undefined },
    options: { signal: AbortSignal; announce?: (() => void) | undefined },
  ): Promise<void>;
  /** Ends every wait for `true` of this moment. */
  release(): void;
}

/** Real timers, cleared when the request is over. */
export const sleepWithTimer: Sleep = (ms, { signal }) => sleepFor(ms, undefined, { signal });

/** The pauses of one simulator. */
export function createPauses({ sleep }: { sleep: Sleep }): Pauses {
  let held = Promise.withResolvers<void>();
  return {
    async pass({ ms = 0, until }, { signal, announce = () => undefined }) {
      if (ms > 0) {
        announce();
        await sleep(ms, { signal });
      }
      if (until !== undefined) {
        announce();
        await unlessAborted(until === true ? held.promise : until.catch(() => undefined), signal);
      }
      signal.throwIfAborted();
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
