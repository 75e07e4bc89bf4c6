import { discoverModels, OllamaDiscoveryError } from '@openclaw/ollama-discovery';
import type { Discovery, DiscoveryCache, DiscoveryFetch } from '@openclaw/ollama-discovery';
import type { ProviderSetup } from './provider-setup.ts';

/** What is known of one server's models. */
export interface DiscoveryState {
  /** What the server said when it last answered. Absent when it never did. */
  readonly discovery?: Discovery;
  /** Why it did not answer the last time. Absent when it did. */
  readonly problem?: OllamaDiscoveryError;
  /** When it was last asked to the end, by the clock of the states. */
  readonly askedAt: number;
}

/** Remembers what servers said of their models and asks them again when that is old. */
export interface DiscoveryStates {
  /** What is remembered, without asking anybody. */
  remembered(setup: ProviderSetup): DiscoveryState | undefined;
  /**
   * What is remembered when it is younger than `maxAgeMs`, otherwise what the server says now. Callers at the same time
   * share one question. With `patienceMs` callers leave that long after it was put, with what is remembered, and it goes on.
   * @throws the signal's reason when the caller gives up
   */
  ask(setup: ProviderSetup, options: AskOptions): Promise<DiscoveryState | undefined>;
  /** Asks the server behind the scenes when what is remembered is older than `maxAgeMs`. */
  refresh(setup: ProviderSetup, options: { readonly maxAgeMs: number }): void;
  /** Forgets what none of the setups asks for. */
  keepOnly(setups: readonly ProviderSetup[]): void;
  /** Gives up the questions that are under way. */
  close(): void;
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

/** What a list takes at most, once there is a connection, where the configuration limits how long that may take. */
const ANSWER_MS = 1000;

/** Makes an empty memory. States are kept by address and credentials, so that a changed configuration starts afresh. */
export function createDiscoveryStates({ fetch, cache, now }: DiscoveryStatesOptions): DiscoveryStates {
  const states = new Map<string, DiscoveryState>();
  const questions = new Map<string, Question>();
  const closing = new AbortController();

  async function question(key: string, setup: ProviderSetup): Promise<DiscoveryState> {
    const { nativeUrl: baseUrl, apiKey, headers, timeouts } = setup;
    const requestTimeoutMs = Math.min(REQUEST_TIMEOUT_MS, (timeouts.connectMs ?? REQUEST_TIMEOUT_MS) + ANSWER_MS);
    const last = states.get(key)?.discovery;
    try {
      const discovery = await discoverModels({
        baseUrl,
        apiKey,
        headers,
        fetch,
        cache,
        requestTimeoutMs,
        signal: closing.signal,
      });
      return remember(key, { discovery, askedAt: now() });
    } catch (problem) {
      if (!(problem instanceof OllamaDiscoveryError)) throw problem;
      return remember(key, { ...(last !== undefined && { discovery: last }), problem, askedAt: now() });
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
      // Who comes while others are waiting already does not start to wait anew.
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
    close: () => closing.abort(new Error('The runtime was closed.')),
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

/** Worked out once for each setup, since every request asks. */
const keys = new WeakMap<ProviderSetup, string>();

function keyOf(setup: ProviderSetup): string {
  const known = keys.get(setup);
  if (known !== undefined) return known;
  const { nativeUrl, apiKey, headers } = setup;
  const key = JSON.stringify([nativeUrl, apiKey, headers]);
  keys.set(setup, key);
  return key;
}
