import { OllamaDiscoveryError } from '@openclaw/ollama-discovery';
import type { DiscoveryCache, DiscoveryFetch } from '@openclaw/ollama-discovery';
import { isProviderError } from '@openclaw/provider';
import type { ProviderError } from '@openclaw/provider';
import { discoverServer } from './discovery/discover-server.ts';
import type { ServerInventory } from './discovery/server-inventory.ts';
import type { ProviderSetup } from './provider-setup.ts';

/** The discovery state of one server. */
export interface DiscoveryState {
  /** The last successful discovery, if any. */
  readonly discovery?: ServerInventory;
  /** The kind of server that the last successful discovery found. */
  readonly server?: ProviderSetup['server'];
  /** Why the last attempt failed. Absent if it succeeded. */
  readonly problem?: OllamaDiscoveryError | ProviderError;
  /** When the last attempt ended, by the clock of the states. */
  readonly askedAt: number;
}

/** Caches discoveries and refreshes them when they are too old. */
export interface DiscoveryStates {
  /** The cached state, without a request. */
  remembered(setup: ProviderSetup): DiscoveryState | undefined;
  /**
   * Returns the cached state if it is younger than `maxAgeMs`, otherwise the result of a new discovery. Concurrent
   * callers share one discovery. With `patienceMs`, callers get the cached state that long after the discovery started,
   * and it continues.
   * @throws the signal's reason if it is aborted
   */
  ask(setup: ProviderSetup, options: AskOptions): Promise<DiscoveryState | undefined>;
  /** Starts a discovery in the background if the cached state is older than `maxAgeMs`. */
  refresh(setup: ProviderSetup, options: { readonly maxAgeMs: number }): void;
  /** Removes the states of servers that are not among the setups. */
  keepOnly(setups: readonly ProviderSetup[]): void;
  /** Cancels running discoveries. Resolves when none uses the cache any more, and at the latest after a second. */
  close(): Promise<void>;
}

interface AskOptions {
  readonly maxAgeMs: number;
  readonly patienceMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface DiscoveryStatesOptions {
  readonly fetch: DiscoveryFetch;
  readonly cache: DiscoveryCache;
  /** Milliseconds, for durations; must never jump. */
  readonly now: () => number;
}

const REQUEST_TIMEOUT_MS = 5000;

/** How long closing waits for a cache that is being written: a disk may have stopped responding. */
const CLOSE_MS = 1000;

/** Maximum time of a list after connecting, if the configuration limits the time to connect. */
const ANSWER_MS = 1000;

/**
 * Creates an empty cache. Its keys are address and credentials, so that a changed configuration starts a new discovery.
 */
export function createDiscoveryStates({ fetch, cache, now }: DiscoveryStatesOptions): DiscoveryStates {
  const states = new Map<string, DiscoveryState>();
  const questions = new Map<string, Question>();
  const closing = new AbortController();

  async function question(key: string, setup: ProviderSetup): Promise<DiscoveryState> {
    const { timeouts } = setup;
    const requestTimeoutMs = Math.min(REQUEST_TIMEOUT_MS, (timeouts.connectMs ?? REQUEST_TIMEOUT_MS) + ANSWER_MS);
    const last = states.get(key);
    try {
      const { server, inventory: discovery } = await discoverServer(setup, {
        fetch,
        cache,
        requestTimeoutMs,
        signal: closing.signal,
        // Another server may have taken the place of one that failed.
        known: last?.problem === undefined ? last?.server : undefined,
      });
      return remember(key, { discovery, server, askedAt: now() });
    } catch (problem) {
      if (!(problem instanceof OllamaDiscoveryError) && !isProviderError(problem)) throw problem;
      return remember(key, { ...last, problem, askedAt: now() });
    } finally {
      questions.delete(key);
    }
  }

  function remember(key: string, state: DiscoveryState): DiscoveryState {
    states.set(key, state);
    return state;
  }

  function fresh(setup: ProviderSetup, maxAgeMs: number): DiscoveryState | undefined {
    const state = states.get(keyOf(setup));
    return state !== undefined && now() - state.askedAt < maxAgeMs ? state : undefined;
  }

  function put(setup: ProviderSetup): Question {
    const key = keyOf(setup);
    const asked = questions.get(key) ?? { answer: question(key, setup), startedAt: now() };
    questions.set(key, asked);
    return asked;
  }

  return {
    remembered: (setup) => states.get(keyOf(setup)),
    async ask(setup, { maxAgeMs, patienceMs, signal }) {
      const state = fresh(setup, maxAgeMs);
      if (state !== undefined) return state;
      const asked = put(setup);
      // A caller that joins a running discovery waits only for the rest of its patience.
      const leftMs = patienceMs === undefined ? undefined : Math.max(0, asked.startedAt + patienceMs - now());
      return patiently(asked.answer, { patienceMs: leftMs, signal, meanwhile: () => states.get(keyOf(setup)) });
    },
    refresh(setup, { maxAgeMs }) {
      if (fresh(setup, maxAgeMs) === undefined) put(setup).answer.catch(() => undefined);
    },
    keepOnly(setups) {
      const wanted = new Set(setups.map(keyOf));
      for (const key of states.keys()) if (!wanted.has(key)) states.delete(key);
    },
    async close() {
      closing.abort(new Error('The runtime was closed.'));
      const ended = Promise.allSettled([...questions.values()].map(({ answer }) => answer));
      await patiently(ended, { patienceMs: CLOSE_MS, signal: undefined, meanwhile: () => undefined });
    },
  };
}

interface Question {
  readonly answer: Promise<DiscoveryState>;
  readonly startedAt: number;
}

interface PatienceOptions<T> {
  readonly patienceMs: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly meanwhile: () => T;
}

async function patiently<T>(
  promise: Promise<T>,
  { patienceMs, signal, meanwhile }: PatienceOptions<T | undefined>,
): Promise<T | undefined> {
  signal?.throwIfAborted();
  const { promise: left, resolve, reject } = Promise.withResolvers<T | undefined>();
  const onAbort = (): void => reject(signal?.reason);
  const timer = patienceMs === undefined ? undefined : setTimeout(() => resolve(meanwhile()), patienceMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, left]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Computed once per setup, because every request needs it. */
const keys = new WeakMap<ProviderSetup, string>();

function keyOf(setup: ProviderSetup): string {
  const known = keys.get(setup);
  if (known !== undefined) return known;
  const { nativeUrl, baseUrl, apiKey, headers, transport } = setup;
  const key = JSON.stringify([nativeUrl ?? baseUrl, apiKey, headers, transport]);
  keys.set(setup, key);
  return key;
}
