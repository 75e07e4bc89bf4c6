import {
  isReleaseAtLeast,
  listRunningModels,
  loadOllamaVersion,
  OllamaDiscoveryError,
} from '@openclaw/ollama-discovery';
import type { DiscoveryFetch } from '@openclaw/ollama-discovery';
import { normalizeModelName } from '@openclaw/model-selection';
import type { ProviderSetup } from '../provider-setup.ts';

/** What is known of the contexts of an Ollama server's models. */
export interface ServerContext {
  readonly version: string | undefined;
  /** Whether the server was asked, and has no native API: a proxy, or another kind of server under the name of Ollama. */
  readonly lacksNativeApi: boolean;
  /** The facts of a model. The caller updates them. */
  model(name: string): ModelContext;
  /** Whether the facts of a model are recent enough to plan with. Use of the model keeps them so. */
  isKnown(model: ModelContext): boolean;
  /** Asks the server what it has loaded. Concurrent callers share one request. A failure leaves the facts as they are. */
  ask(): Promise<void>;
  /** Asks the server what it has loaded a model with; `undefined` if it does not say. */
  loadedLength(name: string): Promise<number | undefined>;
}

/** The facts of one model. Context lengths are tokens. */
export interface ModelContext {
  /** What the server had the model loaded with when it was last asked. */
  loaded: number | undefined;
  /** What this runtime last loaded it with, while it may still be loaded. */
  previous: number | undefined;
  /** What the server loads it with by itself, as seen after a request that set no context length. */
  served: number | undefined;
  /** Whether the server was asked for `served`. Releases before 0.10 do not say it. */
  isServedAsked: boolean;
  /** Tokens that the server counted per estimated token. */
  ratio: number | undefined;
  /** When it was last used, by the clock of the facts. */
  usedAt: number;
  /** After an error that may have left its slot taken: the time in milliseconds within which the next answer must begin. */
  suspectLimitMs: number | undefined;
}

/** The contexts of all Ollama servers in use. */
export interface ServerContexts {
  of(setup: ProviderSetup): ServerContext;
}

export interface ServerContextsOptions {
  readonly fetch: DiscoveryFetch;
  /** Milliseconds, for durations; must never jump. */
  readonly now: () => number;
}

/** After so long without use a model may have been unloaded, or loaded by another client. */
const MAX_IDLE_MS = 60_000;
/** The longest that a request waits for the facts. It then continues without them. */
const REQUEST_TIMEOUT_MS = 1000;
/** Clients can use any name while the list of a server is not known. The oldest is forgotten beyond this. */
const MAX_MODELS = 500;

/** Creates an empty store. */
export function createServerContexts(options: ServerContextsOptions): ServerContexts {
  const contexts = new WeakMap<ProviderSetup, ServerContext>();
  return {
    of(setup) {
      const known = contexts.get(setup);
      if (known !== undefined) return known;
      const created = createServerContext(setup, options);
      contexts.set(setup, created);
      return created;
    },
  };
}

/** Whether a server rejects a prompt that does not fit and stops at the end of its context, if a native request asks for it. */
export function refusesTruncation({ version }: Pick<ServerContext, 'version'>): boolean {
  return isReleaseAtLeast(version, '0.12.6') ?? true;
}

function createServerContext(setup: ProviderSetup, { fetch, now }: ServerContextsOptions): ServerContext {
  const { nativeUrl: baseUrl, apiKey, headers } = setup;
  const request = { baseUrl, apiKey, headers, fetch, requestTimeoutMs: REQUEST_TIMEOUT_MS };
  const models = new Map<string, ModelContext>();
  let version: string | undefined;
  let lacksNativeApi = false;
  let askedAt = -Infinity;
  let asking: Promise<void> | undefined;

  async function ask(): Promise<void> {
    const [running, release] = await Promise.all([
      listRunningModels(request).catch(failed),
      loadOllamaVersion(request).catch(failed),
    ]);
    askedAt = now();
    asking = undefined;
    if (typeof release === 'string') version = release;
    if (running instanceof OllamaDiscoveryError) {
      lacksNativeApi = running.code === 'not-ollama';
      return;
    }
    lacksNativeApi = false;
    for (const context of models.values()) {
      context.loaded = undefined;
      if (askedAt - context.usedAt <= MAX_IDLE_MS) continue;
      context.previous = undefined;
      context.served = undefined;
      context.isServedAsked = false;
    }
    for (const { name, contextLength } of running) model(name).loaded = contextLength;
  }

  function model(name: string): ModelContext {
    const key = normalizeModelName(name);
    const known = models.get(key);
    if (known !== undefined) return known;
    const created: ModelContext = {
      loaded: undefined,
      previous: undefined,
      served: undefined,
      isServedAsked: false,
      ratio: undefined,
      usedAt: -Infinity,
      suspectLimitMs: undefined,
    };
    for (const oldest of models.keys()) {
      if (models.size < MAX_MODELS) break;
      models.delete(oldest);
    }
    models.set(key, created);
    return created;
  }

  return {
    get version() {
      return version;
    },
    get lacksNativeApi() {
      return lacksNativeApi;
    },
    model,
    isKnown: ({ usedAt }) => now() - Math.max(askedAt, usedAt) < MAX_IDLE_MS,
    ask: () => (asking ??= ask()),
    async loadedLength(name) {
      await (asking ??= ask());
      return model(name).loaded;
    },
  };
}

/** A failure is a fact, too. */
function failed(error: unknown): OllamaDiscoveryError {
  if (error instanceof OllamaDiscoveryError) return error;
  throw error;
}
