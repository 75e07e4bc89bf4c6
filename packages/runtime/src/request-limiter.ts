import { scheduleWithTimeout } from '@openclaw/model-selection';
import type { Schedule } from '@openclaw/model-selection';
import { ProviderError } from '@openclaw/provider';
import { ASSUMED_LOAD_MS } from './balancing/model-residency.ts';
import { modelLoads } from './request-load.ts';
import type { RequestCounts, RequestLoad } from './request-load.ts';
import { createRunningModels } from './running-models.ts';
import { createRequestQueue } from './request-queue.ts';
import type { QueuedRequest, RequestPriority } from './request-queue.ts';

/** Limits the concurrent requests to an endpoint and queues the others. */
export interface RequestLimiter {
  /** Returns a permit like `acquire`, if one is available without waiting. */
  readonly tryAcquire: (request?: LimitedRequest) => RequestPermit | undefined;
  /**
   * Waits for a permit.
   * @throws {ProviderError} `overloaded` if the queue is full or the request cannot start before its deadline, `aborted`
   * if the signal is aborted first.
   */
  readonly acquire: (request?: LimitedRequest) => Promise<RequestPermit>;
  /** Sets other limits for future permits. Queued requests stay in the queue. */
  readonly resize: (limits: RequestLimits) => void;
  /** The load without its models: cheap, whatever the queue. */
  readonly counts: () => RequestCounts;
  readonly load: () => RequestLoad;
}

/** The right to run one request. */
export interface RequestPermit {
  /** Ends the request; a second call does nothing. */
  release(): void;
}

/** Whose request it is, and what it needs. */
export interface LimitedRequest {
  /** Clients take turns. */
  readonly client?: string | undefined;
  /** The model's name at its provider. */
  readonly model?: string | undefined;
  /** @default 'interactive' */
  readonly priority?: RequestPriority | undefined;
  /** When the request has to start, by the clock of the limiter. */
  readonly startBefore?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface RequestLimits {
  /** Maximum number of concurrent requests, at least 1. */
  readonly maxConcurrent: number;
  /** Maximum number of queued requests; further ones fail immediately. */
  readonly maxQueued: number;
  /** Maximum number of models with running requests, at least 1; only with `groupMs`. @default Infinity */
  readonly maxModels?: number | undefined;
  /** How long requests of a loaded model may precede overdue ones of other models at most. 0 does not group. @default 0 */
  readonly groupMs?: number | undefined;
}

export interface RequestLimiterOptions extends RequestLimits {
  /** Id of the provider, for messages. */
  readonly provider: string;
  /** A monotonic clock in milliseconds. */
  readonly now?: (() => number) | undefined;
  readonly schedule?: Schedule | undefined;
  /** Whether the endpoint is known to have a model loaded, besides the one of the last switch. */
  readonly isLoaded?: ((model: string) => boolean) | undefined;
  /** How long the endpoint takes to load a model, in milliseconds. @default 10 seconds */
  readonly loadMs?: (() => number) | undefined;
}

/**
 * Creates a limiter with a fair queue: clients take turns, so that a client with fifty requests does not delay another
 * one by all fifty. Requests of the model that is loaded go first for a while, so that models are not loaded in turns.
 */
export function createRequestLimiter({
  provider,
  now = () => performance.now(),
  schedule = scheduleWithTimeout,
  isLoaded = () => false,
  loadMs = () => ASSUMED_LOAD_MS,
  ...initial
}: RequestLimiterOptions): RequestLimiter {
  let limits: RequestLimits = initial;
  const queue = createRequestQueue<Waiter>();
  const running = createRunningModels({ schedule, maxModels, loadMs, onRoom: fill });
  let runningCount = 0;
  let admitted = 0;
  let waitedMs = 0;
  let modelSwitches = 0;
  let busyMs: number | undefined;
  let groupModel: string | undefined;
  let groupSince = -Infinity;

  /** Without groups, nothing would make room for a model that does not fit. */
  function maxModels(): number {
    const { maxModels: most = Infinity, groupMs = 0 } = limits;
    return groupMs > 0 ? most : Infinity;
  }

  const isHot = (model: string) => model === groupModel || isLoaded(model);
  /** @param since when the request was queued, if it was */
  function admit(model: string, since?: number): RequestPermit {
    const startedAt = now();
    runningCount++;
    admitted++;
    if (since !== undefined) waitedMs += startedAt - since;
    running.start(model);
    if (!isHot(model)) {
      groupModel = model;
      groupSince = startedAt;
      modelSwitches++;
    }
    let released = false;
    return {
      release() {
        if (released) return;
        released = true;
        running.end(model);
        runningCount--;
        const durationMs = now() - startedAt;
        busyMs = busyMs === undefined ? durationMs : busyMs + (durationMs - busyMs) / 8;
        fill();
      },
    };
  }

  function fill(): void {
    while (runningCount < limits.maxConcurrent && queue.size > 0) {
      const { groupMs = 0 } = limits;
      const next = queue.take({ ...running, now: now(), isHot, loadMs: loadMs(), groupSince, groupMs });
      if (next === undefined) return;
      next.admit();
    }
  }

  function tryAcquire({ model = '' }: LimitedRequest = {}): RequestPermit | undefined {
    return runningCount < limits.maxConcurrent && queue.size === 0 && running.fits(model)
      ? admit(model, now())
      : undefined;
  }

  /** Expected time until a request that is queued now starts. Batch requests do not delay interactive ones. */
  function expectedWaitMs(priority: RequestPriority): number {
    const ahead = [...queue.requests()].filter((other) => priority === 'batch' || other.priority === 'interactive');
    return ((busyMs ?? ASSUMED_BUSY_MS) * (ahead.length + 1)) / limits.maxConcurrent;
  }

  function overloaded(
    priority: RequestPriority,
    { why, advice }: { readonly why: 'full' | 'deadline'; readonly advice: string },
  ): ProviderError {
    const retryAfterMs = Math.round(Math.min(60_000, Math.max(1_000, expectedWaitMs(priority))));
    const counts = `${runningCount} requests are running and ${queue.size} are queued`;
    const message = `${provider} is busy: ${counts}, ${advice}`;
    return new ProviderError('overloaded', message, { provider, retryAfterMs, queue: why });
  }

  function tooLate({ priority = 'interactive' }: LimitedRequest): ProviderError {
    const advice = 'so the request cannot start before its deadline. Try again later, or allow more time.';
    return overloaded(priority, { why: 'deadline', advice });
  }

  function enqueue(request: LimitedRequest): Promise<RequestPermit> {
    const { client = '', model = '', priority = 'interactive', startBefore, signal } = request;
    return new Promise((resolve, reject) => {
      const since = now();
      const fail = (describe: () => ProviderError) => {
        queue.remove(waiter);
        stop();
        reject(describe());
        // What waits behind a request that was due may start now.
        fill();
      };
      const onAbort = () => fail(() => cancelledInQueue(provider));
      const cancelDeadline =
        startBefore === undefined
          ? undefined
          : schedule(() => fail(() => tooLate(request)), Math.max(0, startBefore - since));
      const stop = () => {
        cancelDeadline?.();
        signal?.removeEventListener('abort', onAbort);
      };
      const waiter: Waiter = {
        client,
        model,
        priority,
        since,
        admit() {
          stop();
          resolve(admit(model, since));
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      queue.add(waiter, runningCount);
      fill();
    });
  }

  function counts(): RequestCounts {
    return {
      provider,
      maxConcurrent: limits.maxConcurrent,
      maxQueued: limits.maxQueued,
      running: runningCount,
      queued: queue.size,
      admitted,
      waitedMs,
      modelSwitches,
      ...(busyMs !== undefined && { busyMs }),
    };
  }

  return {
    tryAcquire,
    async acquire(request = {}) {
      const { priority = 'interactive', startBefore, signal } = request;
      if (signal?.aborted === true) throw cancelledInQueue(provider);
      if (startBefore !== undefined && now() >= startBefore) throw tooLate(request);
      const permit = tryAcquire(request);
      if (permit !== undefined) return permit;
      if (queue.size >= limits.maxQueued) {
        const advice = `which is the limit. Try again later, or raise maxConcurrent or maxQueued of models.providers.${provider}.`;
        throw overloaded(priority, { why: 'full', advice });
      }
      const isMeasured = startBefore !== undefined && busyMs !== undefined;
      if (isMeasured && now() + expectedWaitMs(priority) > startBefore) throw tooLate(request);
      return enqueue(request);
    },
    resize(next) {
      limits = next;
      fill();
    },
    counts,
    load: () => ({ ...counts(), models: modelLoads(running.counts(), queue.requests()) }),
  };
}

interface Waiter extends QueuedRequest {
  readonly admit: () => void;
}

/** Estimated duration of a request before any was measured. */
const ASSUMED_BUSY_MS = 5_000;

/** The failure of a request whose signal was aborted before it got its permit. */
export function cancelledInQueue(provider: string): ProviderError {
  return new ProviderError('aborted', 'The request was cancelled while it was queued.', { provider });
}
