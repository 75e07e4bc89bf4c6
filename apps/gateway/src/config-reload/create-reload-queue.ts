import { GatewayError } from '../gateway-error.ts';
import type { ReloadClock } from './load-when-stable.ts';

/** What a change was made to. */
export type Changed = 'configuration' | 'credentials';

/** Reloads that are wanted. */
export interface ReloadQueue {
  /** Requests a reload. One that has not begun yet covers all further changes. */
  add(what: Changed): void;
  /** Ends the one that runs, and takes no more. */
  close(): void;
}

export interface ReloadQueueOptions {
  /** Is to change nothing once its signal has fired. */
  readonly reload: (what: Changed, options: { readonly signal: AbortSignal }) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
  readonly clock: ReloadClock;
}

/** Runs one reload at a time. One that fails, or that takes longer than a minute, does not keep the next from running. */
export function createReloadQueue({ reload, onFailure, clock }: ReloadQueueOptions): ReloadQueue {
  const closing = new AbortController();
  let wanted: Changed | undefined;
  let running = false;

  async function run(what: Changed): Promise<void> {
    const ended = new AbortController();
    const signal = AbortSignal.any([ended.signal, closing.signal]);
    try {
      await Promise.race([reload(what, { signal }), limit(signal)]);
    } catch (error) {
      if (!closing.signal.aborted) onFailure(error);
    } finally {
      ended.abort();
    }
  }

  async function limit(signal: AbortSignal): Promise<never> {
    await clock.sleep(RELOAD_LIMIT_MS, { signal });
    throw new GatewayError(
      'invalid-settings',
      `Reading the configuration took longer than ${RELOAD_LIMIT_MS / 1000} s: a file keeps changing, its disk does not answer, or the login shell is slow.`,
    );
  }

  async function runAll(): Promise<void> {
    running = true;
    for (let next = wanted; next !== undefined && !closing.signal.aborted; next = wanted) {
      wanted = undefined;
      await run(next);
    }
    running = false;
  }

  return {
    add(what) {
      // The configuration includes the credentials.
      if (wanted !== 'configuration') wanted = what;
      if (!running) void runAll();
    },
    close: () => closing.abort(),
  };
}

const RELOAD_LIMIT_MS = 60_000;
