import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Hold } from './script.ts';

/** Waits this many milliseconds; rejects if the signal aborts. Tests can replace it. */
export type Sleep = (ms: number, options: { signal: AbortSignal }) => Promise<unknown>;

/** Waits that end when the client disconnects, and that tests can end. */
export interface Pauses {
  /**
   * Waits this long, and then until released. `announce` is called at the start of each wait, so that a listener can
   * release it immediately. Rejects with the signal's reason if it aborts.
   */
  pass(
    wait: { ms?: number | undefined; until?: Hold | undefined },
    options: { signal: AbortSignal; announce?: (() => void) | undefined },
  ): Promise<void>;
  /** Ends all current waits for `true`. */
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
