import { ProviderError } from '@openclaw/provider';

/** Limits the concurrent requests to a provider and queues the others. */
export interface RequestLimiter {
  /** Returns a permit like `acquire`, if one is available without waiting. */
  readonly tryAcquire: () => (() => void) | undefined;
  /**
   * Waits for a permit.
   * @returns a function that releases the permit; a second call does nothing.
   * @throws {ProviderError} `overloaded` if the queue is full, `aborted` if the signal is aborted first.
   */
  readonly acquire: (options?: {
    readonly client?: string | undefined;
    readonly signal?: AbortSignal | undefined;
  }) => Promise<() => void>;
  /** Sets other limits for future permits. Queued requests stay in the queue. */
  readonly resize: (limits: RequestLimits) => void;
  readonly load: () => RequestLoad;
}

export interface RequestLimits {
  /** Maximum number of concurrent requests, at least 1. */
  readonly maxConcurrent: number;
  /** Maximum number of queued requests; further ones fail immediately. */
  readonly maxQueued: number;
}

/** The load of a provider. */
export interface RequestLoad extends RequestLimits {
  readonly provider: string;
  readonly running: number;
  readonly queued: number;
  /** Number of queued requests that got a permit, and their total waiting time. */
  readonly admitted: number;
  readonly waitedMs: number;
}

export interface RequestLimiterOptions extends RequestLimits {
  /** Id of the provider, for messages. */
  readonly provider: string;
  /** A monotonic clock in milliseconds. */
  readonly now?: (() => number) | undefined;
}

/**
 * Creates a limiter with a fair queue: clients take turns, so that a client with fifty requests does not delay another
 * one by all fifty. The requests of one client are first in, first out.
 */
export function createRequestLimiter({
  provider,
  now = () => performance.now(),
  ...limits
}: RequestLimiterOptions): RequestLimiter {
  let { maxConcurrent, maxQueued } = limits;
  let running = 0;
  let queued = 0;
  let admitted = 0;
  let waitedMs = 0;
  let usualTurnMs = FIRST_GUESS_MS;
  /** Clients with queued requests; the next one is first. */
  const queues = new Map<string, Waiter[]>();

  function admit(since: number): () => void {
    const startedAt = now();
    running++;
    admitted++;
    waitedMs += startedAt - since;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      running--;
      usualTurnMs += (now() - startedAt - usualTurnMs) / 8;
      fill();
    };
  }

  function fill(): void {
    while (running < maxConcurrent) {
      const [next] = queues;
      if (next === undefined) return;
      const [client, [waiter, ...others]] = next;
      queues.delete(client);
      if (others.length > 0) queues.set(client, others);
      if (waiter === undefined) continue;
      queued--;
      waiter.admit();
    }
  }

  function leave(client: string, waiter: Waiter): void {
    const others = (queues.get(client) ?? []).filter((one) => one !== waiter);
    if (others.length === 0) queues.delete(client);
    else queues.set(client, others);
    queued--;
  }

  function tryAcquire(): (() => void) | undefined {
    return running < maxConcurrent ? admit(now()) : undefined;
  }

  return {
    tryAcquire,
    async acquire({ client = '', signal } = {}) {
      if (signal?.aborted === true) throw aborted(provider);
      const turn = tryAcquire();
      if (turn !== undefined) return turn;
      const since = now();
      if (queued >= maxQueued) {
        const retryAfterMs = Math.round(
          Math.min(60_000, Math.max(1_000, (usualTurnMs * (queued + 1)) / maxConcurrent)),
        );
        throw new ProviderError(
          'overloaded',
          `${provider} is busy: ${running} requests are running and ${queued} are queued, which is the limit. Try again later, or raise maxConcurrent or maxQueued of models.providers.${provider}.`,
          { provider, retryAfterMs },
        );
      }
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          leave(client, waiter);
          reject(aborted(provider));
        };
        const waiter: Waiter = {
          admit() {
            signal?.removeEventListener('abort', onAbort);
            resolve(admit(since));
          },
        };
        queued++;
        queues.set(client, [...(queues.get(client) ?? []), waiter]);
        signal?.addEventListener('abort', onAbort, { once: true });
      });
    },
    resize(next) {
      ({ maxConcurrent, maxQueued } = next);
      fill();
    },
    load: () => ({ provider, running, queued, maxConcurrent, maxQueued, admitted, waitedMs }),
  };
}

interface Waiter {
  readonly admit: () => void;
}

/** Estimated duration of a request before any was measured. */
const FIRST_GUESS_MS = 5_000;

function aborted(provider: string): ProviderError {
  return new ProviderError('aborted', 'The request was cancelled while it was queued.', { provider });
}
