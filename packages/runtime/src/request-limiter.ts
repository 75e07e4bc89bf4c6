import { ProviderError } from '@openclaw/provider';

/** Keeps the number of requests that a provider works on at once small, and lets the others wait their turn. */
export interface RequestLimiter {
  /** A turn, as `acquire` gives one, if there is one right now. */
  readonly tryAcquire: () => (() => void) | undefined;
  /**
   * Waits for a turn.
   * @returns a function that ends the turn; a second call does nothing.
   * @throws {ProviderError} `overloaded` when the queue is full, `aborted` when the signal fires first.
   */
  readonly acquire: (options?: {
    readonly client?: string | undefined;
    readonly signal?: AbortSignal | undefined;
  }) => Promise<() => void>;
  /** Puts other limits in force for turns to come. Who waits already goes on waiting. */
  readonly resize: (limits: RequestLimits) => void;
  readonly load: () => RequestLoad;
}

export interface RequestLimits {
  /** Requests that run at once, at least 1. */
  readonly maxConcurrent: number;
  /** Requests that may wait; past that they fail at once. */
  readonly maxQueued: number;
}

/** How busy a provider is. */
export interface RequestLoad extends RequestLimits {
  readonly provider: string;
  readonly running: number;
  readonly queued: number;
  /** Requests that got their turn so far, and what they waited for it altogether. */
  readonly admitted: number;
  readonly waitedMs: number;
}

export interface RequestLimiterOptions extends RequestLimits {
  /** Id of the provider, for messages. */
  readonly provider: string;
  /** Milliseconds that only go up. */
  readonly now?: (() => number) | undefined;
}

/**
 * Makes a limiter. Clients take turns: one that sends fifty requests at once waits for its own, and does not make another
 * wait for all fifty. Among the requests of one client the first comes first.
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
  /** Clients with requests that wait; whose turn is next stands first. */
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
          `${provider} is busy: ${running} requests run and ${queued} wait, which is all that may. Ask again later, or raise maxConcurrent or maxQueued of models.providers.${provider}.`,
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

/** How long a turn takes until turns have been seen. */
const FIRST_GUESS_MS = 5_000;

function aborted(provider: string): ProviderError {
  return new ProviderError('aborted', 'The request was cancelled while it waited for its turn.', { provider });
}
