import { unlessAborted } from './pause.ts';

/** The slots of one loaded model. */
export interface Slots {
  /** Waits for a free slot, first come, first served. `onWait` is called if none is free. */
  take(options: { signal: AbortSignal; onWait: () => void }): Promise<void>;
  give(): void;
  /** Leaves a taken slot, and with it the model, blocked until `unblock`. */
  block(): void;
  /** Returns whether a slot was blocked; that slot is free afterwards. */
  unblock(): boolean;
}

/** So many slots (OLLAMA_NUM_PARALLEL). */
export function createSlots({ parallel }: { parallel: number }): Slots {
  let busy = 0;
  let blocked = false;
  let waiting: (() => void)[] = [];

  function give(): void {
    busy -= 1;
    if (blocked || busy >= parallel) return;
    const next = waiting.shift();
    if (next === undefined) return;
    busy += 1;
    next();
  }

  return {
    async take({ signal, onWait }) {
      if (busy < parallel && !blocked) {
        busy += 1;
        return;
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      onWait();
      try {
        await unlessAborted(promise, signal);
      } catch (reason) {
        // The slot may have been assigned in the same turn: then the next request gets it.
        if (waiting.includes(resolve)) waiting = waiting.filter((other) => other !== resolve);
        else give();
        throw reason;
      }
    },
    give,
    block() {
      blocked = true;
    },
    unblock() {
      if (!blocked) return false;
      blocked = false;
      give();
      // With many slots, more than one request can have waited.
      while (busy < parallel && waiting.length > 0) {
        busy += 1;
        waiting.shift()?.();
      }
      return true;
    },
  };
}
