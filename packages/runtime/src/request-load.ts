import type { QueuedRequest, RequestPriority } from './request-queue.ts';

/** The counts of an endpoint. */
export interface RequestCounts {
  readonly provider: string;
  /** The name of the endpoint, if the configuration lists those of the provider. */
  readonly endpoint?: string;
  readonly maxConcurrent: number;
  readonly maxQueued: number;
  readonly running: number;
  readonly queued: number;
  /** Number of requests that got a permit, and the total time that they were queued. */
  readonly admitted: number;
  readonly waitedMs: number;
  /** How often a request started whose model had to be loaded, as far as the limiter knows. */
  readonly modelSwitches: number;
  /** Smoothed duration of a request; absent before the first one ended. */
  readonly busyMs?: number;
}

/** The load of an endpoint. */
export interface RequestLoad extends RequestCounts {
  /** The models with running or queued requests. */
  readonly models: readonly ModelLoad[];
}

/** The requests of one model. */
export interface ModelLoad {
  readonly model: string;
  readonly running: number;
  readonly queued: Readonly<Record<RequestPriority, number>>;
}

/** Counts the requests of each model. */
export function modelLoads(
  running: ReadonlyMap<string, number>,
  waiting: Iterable<QueuedRequest>,
): readonly ModelLoad[] {
  const queued = Map.groupBy(waiting, ({ model }) => model);
  return [...new Set([...running.keys(), ...queued.keys()])].map((model) => {
    const requests = queued.get(model) ?? [];
    const batch = requests.filter(({ priority }) => priority === 'batch').length;
    return { model, running: running.get(model) ?? 0, queued: { interactive: requests.length - batch, batch } };
  });
}
