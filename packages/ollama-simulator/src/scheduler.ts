import { type Pauses, unlessAborted } from './pause.ts';
import { createRoom } from './create-room.ts';
import { createPromptMemory, type PromptMemory } from './prompt-memory.ts';
import { RequestFailure } from './request-failure.ts';
import type { Hold } from './script.ts';
import type { CompleteModel } from './simulated-model.ts';
import { createSlots, type Slots } from './slots.ts';

/** A loaded or loading model of `/api/ps`. */
interface RunningModel {
  name: string;
  /** `starting`: the runner's process starts. `loading`: the runner reads the weights. */
  state: 'starting' | 'loading' | 'loaded';
  /** Milliseconds since 1970; `Infinity` for ever. */
  expiresAt: number;
  contextLength: number;
}

/** A request that needs a slot. */
interface Turn {
  /** Called when the request starts to wait. */
  onPhase: (phase: 'queued' | 'loading') => void;
  signal: AbortSignal;
  /** The window that the request asks for. If the model is loaded with another one, it is loaded again. */
  contextLength: number;
  /** How long the model stays loaded after the request. @default that of the request before, or of the model */
  keepAliveMs?: number | undefined;
  /** If set, the model is loaded again, even if it is loaded. */
  reload?: { loadMs?: number; load?: Hold } | undefined;
}

/** A slot of a loaded model. */
interface Slot {
  /** How long the request waited for its model. */
  loadMs: number;
  readonly release: () => void;
  /** Reads a prompt. @returns how many of its characters the slot has in memory from an earlier prompt */
  readonly read: (prompt: string) => number;
  /** Leaves the slot taken, as a parser error can: no request of the model gets a slot before the model is unloaded. */
  readonly block: () => void;
}

/** Schedules requests: loading, slots and the queue of one simulator. */
export interface Scheduler {
  /**
   * Waits for the model and then for a slot, without sending anything.
   * @throws RequestFailure 503 if too many requests wait for a load; the signal's reason if the client disconnects, which
   * aborts a load that it started
   */
  acquire(model: CompleteModel, turn: Turn): Promise<Slot>;
  running(): RunningModel[];
  /** How often a model was loaded for a request. */
  loads(): number;
  /** Marks a model as loaded. */
  load(model: CompleteModel, options: { contextLength: number }): void;
  /** Marks a model as not loaded. */
  unload(name: string): void;
  /** Unloads a model as soon as no request uses it, as `keep_alive: 0` does. Frees a blocked slot. */
  expire(name: string): void;
}

interface Runner {
  /** Requests that have a slot or wait for one. The model stays loaded for them. */
  users: number;
  slots: Slots;
  /** A load, or the wait for the end of the requests before it. */
  loading?: Promise<void> | undefined;
  state?: 'starting' | 'loading' | undefined;
  /** Undefined if it is not loaded. */
  expiresAt?: number | undefined;
  keepAliveMs: number;
  contextLength: number;
  onIdle: (() => void)[];
  prompts: PromptMemory;
}

/** The scheduler of one simulator; `parallel` counts per model, `maxLoaded` and `maxQueue` over all models. */
export function createScheduler({
  parallel,
  maxLoaded = Infinity,
  maxQueue,
  pauses,
  now,
}: {
  parallel: number;
  maxLoaded?: number;
  maxQueue: number;
  pauses: Pauses;
  now: () => number;
}): Scheduler {
  const runners = new Map<string, Runner>();
  let waitingForLoad = 0;
  let loads = 0;

  const runnerOf = ({ name, keepAliveMs }: CompleteModel): Runner => {
    const known: Runner = runners.get(name) ?? {
      users: 0,
      slots: createSlots({ parallel }),
      keepAliveMs,
      contextLength: 0,
      onIdle: [],
      prompts: createPromptMemory({ slots: parallel }),
    };
    runners.set(name, known);
    return known;
  };
  const isLoaded = (runner: Runner): boolean =>
    runner.expiresAt !== undefined && (runner.users > 0 || runner.expiresAt > now());
  const room = createRoom({ maxLoaded, runners: () => [...runners.values()], isLoaded });
  const keepAlive = (runner: Runner): void => {
    runner.expiresAt = now() + runner.keepAliveMs;
  };

  function stopUsing(runner: Runner): void {
    runner.users -= 1;
    if (runner.users > 0) return;
    for (const resolve of runner.onIdle.splice(0)) resolve();
    room.check();
  }

  /** Waits for the load of another request. If that is aborted, the next request starts it again. */
  async function waitForLoad(loading: Promise<void>, { signal, onPhase }: Turn): Promise<void> {
    if (waitingForLoad >= maxQueue) {
      throw new RequestFailure(503, 'server busy, please try again.  maximum pending requests exceeded');
    }
    waitingForLoad += 1;
    onPhase('queued');
    try {
      const settled = loading.catch(() => undefined);
      await unlessAborted(settled, signal);
    } finally {
      waitingForLoad -= 1;
    }
  }

  /** Loads the model. The request counts as a user of the model from the moment that it is loaded. */
  async function load(runner: Runner, { model, turn }: { model: CompleteModel; turn: Turn }): Promise<void> {
    const { signal, onPhase, reload } = turn;
    const announce = (): void => onPhase('loading');
    if (reload === undefined && isLoaded(runner) && runner.users > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      runner.onIdle.push(resolve);
      onPhase('queued');
      await unlessAborted(promise, signal);
    }
    runner.expiresAt = undefined;
    if (maxLoaded < Infinity) await room.make(runner, turn);
    loads += 1;
    runner.prompts.clear();
    runner.contextLength = turn.contextLength;
    runner.keepAliveMs = turn.keepAliveMs ?? model.keepAliveMs;
    try {
      runner.state = 'starting';
      await pauses.pass({ ms: model.startMs, until: model.start }, { signal, announce });
      runner.state = 'loading';
      const { loadMs, load: hold } = reload ?? model;
      await pauses.pass({ ms: loadMs, until: hold }, { signal, announce });
      keepAlive(runner);
      runner.users += 1;
    } finally {
      runner.state = undefined;
      if (runner.users === 0) room.check();
    }
  }

  /** Makes the request a user of the loaded model. Returns the nominal duration of its own load. */
  async function useModel(runner: Runner, { model, turn }: { model: CompleteModel; turn: Turn }): Promise<number> {
    const { reload } = turn;
    for (;;) {
      if (runner.loading !== undefined) {
        await waitForLoad(runner.loading, turn);
        continue;
      }
      if (reload === undefined && isLoaded(runner) && runner.contextLength === turn.contextLength) {
        runner.users += 1;
        return 0;
      }
      const loading = load(runner, { model, turn });
      runner.loading = loading.finally(() => (runner.loading = undefined));
      // The request itself gets the failure; a load that no other request waits for has no other reader.
      runner.loading.catch(() => undefined);
      await runner.loading;
      return model.startMs + ((reload ?? model).loadMs ?? 0);
    }
  }

  return {
    async acquire(model, turn) {
      if (model.remoteHost !== undefined)
        return { loadMs: 0, release: () => undefined, read: () => 0, block: () => undefined };
      const runner = runnerOf(model);
      const began = now();
      const reloads = turn.reload?.loadMs !== undefined || turn.reload?.load !== undefined;
      const nominalMs = await useModel(runner, {
        model,
        turn: { ...turn, reload: reloads ? turn.reload : undefined },
      });
      if (turn.keepAliveMs !== undefined) runner.keepAliveMs = turn.keepAliveMs;
      try {
        await runner.slots.take({ signal: turn.signal, onWait: () => turn.onPhase('queued') });
      } catch (reason) {
        stopUsing(runner);
        throw reason;
      }
      const renew = (): void => {
        if (runner.expiresAt !== undefined) keepAlive(runner);
      };
      return {
        loadMs: Math.max(nominalMs, now() - began),
        release() {
          renew();
          runner.slots.give();
          stopUsing(runner);
        },
        read: (prompt) => runner.prompts.read(prompt),
        block() {
          renew();
          runner.slots.block();
        },
      };
    },
    loads: () => loads,
    running: () =>
      [...runners]
        .filter(([, runner]) => runner.state !== undefined || isLoaded(runner))
        .map(([name, { state, keepAliveMs, expiresAt = now() + keepAliveMs, contextLength }]): RunningModel => ({
          name,
          state: state ?? 'loaded',
          expiresAt,
          contextLength,
        }))
        .toSorted((left, right) => right.expiresAt - left.expiresAt || left.name.localeCompare(right.name)),
    load(model, { contextLength }) {
      const runner = runnerOf(model);
      runner.contextLength = contextLength;
      keepAlive(runner);
    },
    unload(name) {
      const runner = runners.get(name);
      if (runner !== undefined) runner.expiresAt = undefined;
    },
    expire(name) {
      const runner = runners.get(name);
      if (runner === undefined) return;
      runner.keepAliveMs = 0;
      if (runner.slots.unblock()) stopUsing(runner);
      if (runner.users === 0) runner.expiresAt = undefined;
    },
  };
}
