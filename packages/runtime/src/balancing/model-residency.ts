import { normalizeModelName } from '@openclaw/model-selection';
import type { EndpointState } from '@openclaw/model-selection';

/** What is known of the models in the memory of one endpoint, from its own list and from the requests to it. */
export interface ModelResidency {
  /** The server listed the models that it has loaded. */
  update(listed: readonly ListedModel[]): void;
  /** How old the list is. `Infinity` before the first one. */
  ageMs(): number;
  /** A request for the model was sent. `noteEnd` follows. */
  noteSent(model: string): void;
  /** The model answers. `loadMs`: how long the request waited for its load; 0 or absent: it was loaded. */
  noteAnswer(model: string, options?: { readonly loadMs?: number | undefined }): void;
  /** A request ended, however it did. */
  noteEnd(model: string): void;
  /** The request failed before it was answered, so it is no evidence of a load. */
  noteFailure(model: string): void;
  isLoaded(model: string): boolean;
  /** What a choice of the endpoint depends on. */
  facts(model: string): Pick<EndpointState, 'loaded' | 'loadMs' | 'loadingMs' | 'displacedIdleMs'>;
  /** How long loading a model takes, on average of the models whose load was measured; at least two seconds. */
  meanLoadMs(): number;
  /** How many models fit, once a model was seen to be displaced. Absent: unknown. */
  maxModels(): number | undefined;
}

/** A loaded model of an endpoint. */
export interface ListedModel {
  readonly name: string;
  readonly contextLength?: number | undefined;
}

/** Creates it for an endpoint of which nothing is known. `now`: a monotonic clock in milliseconds. */
export function createModelResidency({ now }: { readonly now: () => number }): ModelResidency {
  const models = new Map<string, Known>();
  let listedAt = -Infinity;
  let maxModels: number | undefined;
  let meanLoadMs = ASSUMED_LOAD_MS;
  /** Whether a model was loaded since the list before, or is being loaded. */
  let hasLoaded = false;
  /** Whether a model was seen to be displaced, so that there is a limit. */
  let hasDisplaced = false;

  function known(name: string): Known {
    const key = normalizeModelName(name);
    const found = models.get(key);
    if (found !== undefined) return found;
    const created: Known = { users: 0, usedAt: -Infinity };
    for (const oldest of models.keys()) {
      if (models.size < MAX_MODELS) break;
      models.delete(oldest);
    }
    models.set(key, created);
    return created;
  }

  /** Those that take memory: loaded, or being loaded. */
  function resident(): readonly Known[] {
    return [...models.values()].filter(
      ({ loaded, loadingSince }) => loaded !== undefined || loadingSince !== undefined,
    );
  }

  /** The one that a load would displace. */
  function leastRecentlyUsed(): Known | undefined {
    return resident().toSorted((a, b) => Number(a.users > 0) - Number(b.users > 0) || a.usedAt - b.usedAt)[0];
  }

  return {
    update(listed) {
      const names = new Set(listed.map(({ name }) => normalizeModelName(name)));
      hasLoaded ||= [...names].some((name) => models.get(name)?.loaded === undefined);
      for (const [name, model] of models) {
        if (model.loaded === undefined || names.has(name)) continue;
        model.loaded = undefined;
        // A model that was used lately has not expired. If another one was loaded, there was no room for both.
        hasDisplaced ||= hasLoaded && now() - model.usedAt < USED_LATELY_MS;
      }
      for (const { name, contextLength } of listed) {
        const model = known(name);
        model.loaded = contextLength === undefined ? {} : { contextLength };
        model.loadingSince = undefined;
      }
      const isSettled = listed.length > 0 && resident().length === listed.length;
      if (hasDisplaced && isSettled) maxModels = Math.max(maxModels ?? 0, listed.length);
      hasLoaded = resident().length > listed.length;
      listedAt = now();
    },
    ageMs: () => now() - listedAt,
    noteSent(name) {
      const model = known(name);
      model.users++;
      model.usedAt = now();
      if (model.loaded !== undefined || model.loadingSince !== undefined) return;
      if (maxModels !== undefined && resident().length >= maxModels) {
        const displaced = leastRecentlyUsed();
        if (displaced !== undefined) displaced.loaded = undefined;
      }
      model.loadingSince = now();
      hasLoaded = true;
    },
    noteAnswer(name, { loadMs = 0 } = {}) {
      const model = known(name);
      model.usedAt = now();
      model.loaded ??= {};
      model.loadingSince = undefined;
      if (loadMs <= 0) return;
      model.loadMs = model.loadMs === undefined ? loadMs : model.loadMs + (loadMs - model.loadMs) / 4;
      meanLoadMs = Math.max(MIN_LOAD_MS, mean([...models.values()].flatMap((one) => one.loadMs ?? [])));
    },
    noteEnd(name) {
      const model = known(name);
      model.users = Math.max(0, model.users - 1);
      model.usedAt = now();
      // It was not loaded after all.
      if (model.users === 0) model.loadingSince = undefined;
    },
    noteFailure(name) {
      const model = models.get(normalizeModelName(name));
      if (model !== undefined) model.loadingSince = undefined;
    },
    isLoaded: (name) => models.get(normalizeModelName(name))?.loaded !== undefined,
    facts(name) {
      const { loaded, loadMs, loadingSince } = models.get(normalizeModelName(name)) ?? {};
      const others = resident();
      const isFull = maxModels === undefined ? others.length > 0 : others.length >= maxModels;
      const displaced = isFull ? leastRecentlyUsed() : undefined;
      return {
        ...(loaded !== undefined && { loaded }),
        ...(loadMs !== undefined && { loadMs }),
        ...(loadingSince !== undefined && {
          loadingMs: Math.max(0, (loadMs ?? ASSUMED_LOAD_MS) - (now() - loadingSince)),
        }),
        ...(displaced !== undefined && { displacedIdleMs: displaced.users > 0 ? 0 : now() - displaced.usedAt }),
      };
    },
    meanLoadMs: () => meanLoadMs,
    maxModels: () => maxModels,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

interface Known {
  loaded?: NonNullable<EndpointState['loaded']> | undefined;
  /** When a request was sent that makes the endpoint load it. */
  loadingSince?: number | undefined;
  loadMs?: number;
  /** Number of requests that are running. */
  users: number;
  usedAt: number;
}

/** Clients can use any name while the list of a server is not known. The oldest is forgotten beyond this. */
const MAX_MODELS = 500;
/** Shorter than any usual `keep_alive`. */
const USED_LATELY_MS = 60_000;
/** A server that had the model in memory after all reports a short load, which must not end the grouping by model. */
const MIN_LOAD_MS = 2_000;
/** Before any load was measured. */
export const ASSUMED_LOAD_MS = 10_000;
