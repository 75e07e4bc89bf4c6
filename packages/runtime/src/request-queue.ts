import { ProviderError } from '@openclaw/provider';

/** Lets so many requests at once to a server; others wait in the order they came. */
export interface RequestQueue {
  /**
   * Waits for a turn. The function that comes back ends it and may be called more than once.
   * @throws {ProviderError} `overloaded` when too many wait already
   * @throws the signal's reason when the caller gives up waiting
   */
  enter(options?: { signal?: AbortSignal | undefined }): Promise<() => void>;
}

export interface RequestQueueOptions {
  /** For messages. */
  readonly provider: string;
  readonly maxConcurrent: number;
  /** @default no limit */
  readonly maxQueued?: number | undefined;
}

export function createRequestQueue({
  provider,
  maxConcurrent,
  maxQueued = Infinity,
}: RequestQueueOptions): RequestQueue {
  let running = 0;
  const waiting = new Set<() => void>();

  function leave(): void {
    running -= 1;
    const [next] = waiting;
    next?.();
  }

  function takeTurn(): () => void {
    running += 1;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      leave();
    };
  }

  return {
    async enter({ signal } = {}) {
      signal?.throwIfAborted();
      if (running < maxConcurrent) return takeTurn();
      if (waiting.size >= maxQueued) {
        throw new ProviderError(
          'overloaded',
          `${provider} is busy: ${running} requests are being answered and ${waiting.size} wait, and no more may (models.providers.${provider}.maxQueued).`,
          { provider },
        );
      }
      return new Promise((resolve, reject) => {
        const onTurn = (): void => {
          waiting.delete(onTurn);
          signal?.removeEventListener('abort', onAbort);
          resolve(takeTurn());
        };
        const onAbort = (): void => {
          waiting.delete(onTurn);
          reject(signal?.reason);
        };
        waiting.add(onTurn);
        signal?.addEventListener('abort', onAbort, { once: true });
      });
    },
  };
}
