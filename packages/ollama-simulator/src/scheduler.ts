import { type Pauses, unlessAborted } from './pause.ts';
import { RequestFailure } from './request-failure.ts';
import type { Hold } from './script.ts';
import type { CompleteModel } from './simulated-model.ts';

/** A loaded or loading model of `/api/ps`. */
interface RunningModel {
  name: string;
  loading: boolean;
  /** Milliseconds since 1970; `Infinity` for ever. */
  expiresAt: number;
}

/** A request that needs a slot. */
interface Turn {
  /** Called when the request starts to wait. */
  onPhase: (phase: 'queued' | 'loading') => void;
  signal: AbortSignal;
  /** If set, the model is loaded again, even if it is loaded. */
  reload?: { loadMs?: number; load?: Hold } | undefined;
}

/** Schedules requests: loading, slots and the queue of one simulator. */
export interface Scheduler {
  /**
   * Waits for a slot and for the model without sending anything. Returns a function that releases the slot.
   * @throws RequestFailure 503 if the queue is full; the signal's reason if the client disconnects, which aborts a load
   * that it started
   */
  acquire(model: CompleteModel, turn: Turn): Promise<() => void>;
  running(): RunningModel[];
  /** Marks a model as loaded. */
  load(model: CompleteModel): void;
  unload(name: string): void;
}

interface Runner {
  active: number;
  loading?: Promise<void> | undefined;
  /** Undefined if it is not loaded. */
  expiresAt?: number | undefined;
  waiting: (() => void)[];
}

/** The scheduler of one simulator; `parallel` counts per model, `maxQueue` over all models. */
export function createScheduler({
  parallel,
  maxQueue,
  pauses,
  now,
}: {
  parallel: number;
  maxQueue: number;
  pauses: Pauses;
  now: () => number;
}): Scheduler {
  const runners = new Map<string, Runner>();
  let queued = 0;

  const runnerOf = (name: string): Runner => {
    const known = runners.get(name) ?? { active: 0, waiting: [] };
    runners.set(name, known);
    return known;
  };
  const isLoaded = (runner: Runner): boolean =>
    runner.expiresAt !== undefined && (runner.active > 0 || runner.expiresAt > now());
  const keepAlive = (runner: Runner, model: CompleteModel): void => {
    runner.expiresAt = now() + model.keepAliveMs;
  };

  async function takeSlot(runner: Runner, { signal, onPhase }: Turn): Promise<void> {
    if (!isLoaded(runner)) runner.expiresAt = undefined;
    if (runner.active < parallel) {
      runner.active += 1;
      return;
    }
    if (queued >= maxQueue) {
      throw new RequestFailure(503, 'server busy, please try again.  maximum pending requests exceeded');
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    queued += 1;
    runner.waiting.push(resolve);
    onPhase('queued');
    try {
      await unlessAborted(promise, signal);
    } catch (reason) {
      // The slot may have been assigned in the same turn: then the next request gets it.
      if (runner.waiting.includes(resolve)) runner.waiting = runner.waiting.filter((other) => other !== resolve);
      else giveSlot(runner);
      throw reason;
    } finally {
      queued -= 1;
    }
  }

  function giveSlot(runner: Runner): void {
    const next = runner.waiting.shift();
    if (next === undefined) runner.active -= 1;
    else next();
  }

  async function ensureLoaded(runner: Runner, model: CompleteModel, turn: Turn): Promise<void> {
    const reloads = turn.reload?.loadMs !== undefined || turn.reload?.load !== undefined;
    if (reloads) runner.expiresAt = undefined;
    while (!isLoaded(runner)) {
      if (runner.loading !== undefined) {
        turn.onPhase('queued');
        // A load of another request: if it is aborted, the next request starts it again.
        await unlessAborted(
          runner.loading.catch(() => undefined),
          turn.signal,
        );
        continue;
      }
      const { loadMs, load } = (reloads ? turn.reload : undefined) ?? model;
      const announce = (): void => turn.onPhase('loading');
      const loading = pauses.pass({ ms: loadMs, until: load }, { signal: turn.signal, announce });
      runner.loading = loading;
      try {
        await loading;
        keepAlive(runner, model);
      } finally {
        runner.loading = undefined;
      }
    }
  }

  return {
    async acquire(model, turn) {
      if (model.remoteHost !== undefined) return () => undefined;
      const runner = runnerOf(model.name);
      await takeSlot(runner, turn);
      try {
        await ensureLoaded(runner, model, turn);
      } catch (reason) {
        giveSlot(runner);
        throw reason;
      }
      return () => {
        if (runner.expiresAt !== undefined) keepAlive(runner, model);
        giveSlot(runner);
      };
    },
    running: () =>
      [...runners]
        .filter(([, runner]) => runner.loading !== undefined || isLoaded(runner))
        .map(([name, { loading, expiresAt = now() }]) => ({ name, loading: loading !== undefined, expiresAt }))
        .toSorted((left, right) => right.expiresAt - left.expiresAt || left.name.localeCompare(right.name)),
    load: (model) => keepAlive(runnerOf(model.name), model),
    unload(name) {
      const runner = runners.get(name);
      if (runner !== undefined) runner.expiresAt = undefined;
    },
  };
}
