import type { ModelConfig } from '@openclaw/config';
import type { Provider } from '@openclaw/provider';
import type { ModelDefaults, ServerQuirks } from '@openclaw/provider-openai-compat';
import type { HttpClient } from './http-client.ts';
import type { ProviderSetup, ServerApi } from './provider-setup.ts';

/** What all providers are made with. */
export interface ProviderSurroundings {
  readonly http: HttpClient;
  readonly generateId?: (() => string) | undefined;
  /** A model's own sampling, as far as its server was asked for it. */
  readonly modelDefaults: (setup: ProviderSetup, model: string) => ModelDefaults | undefined;
}

type ModelCompat = NonNullable<ModelConfig['compat']>;

interface FactoryOptions extends ProviderSurroundings {
  readonly compat: ModelCompat;
}

/** One row per API that the configuration can name. Code of an API is loaded when it is first used. */
const PROVIDER_FACTORIES: Record<ServerApi, (setup: ProviderSetup, options: FactoryOptions) => Promise<Provider>> = {
  'openai-completions': async (setup, { compat, http, generateId, modelDefaults }) => {
    const [{ createOpenAICompatProvider }, dispatcher] = await Promise.all([
      import('@openclaw/provider-openai-compat'),
      http.dispatcher(setup.transport),
    ]);
    const { id, baseUrl, server, apiKey, headers, timeouts } = setup;
    return createOpenAICompatProvider({
      id,
      baseUrl,
      apiKey,
      headers,
      dispatcher,
      timeouts,
      // The configuration may know the kind although host, id and port do not show it (`discover: true`).
      server: server === 'ollama' ? server : undefined,
      quirks: quirksOf(compat),
      modelDefaults: (model) => modelDefaults(setup, model),
      generateId,
    });
  },
  ollama: async ({ id, baseUrl, nativeUrl = baseUrl, apiKey, headers, timeouts, transport }, { http, generateId }) => {
    const [{ createOllamaProvider }, dispatcher] = await Promise.all([
      import('@openclaw/provider-ollama'),
      http.dispatcher(transport),
    ]);
    return createOllamaProvider({ id, baseUrl: nativeUrl, apiKey, headers, dispatcher, timeouts, generateId });
  },
};

/** How a server is asked, where that is not the same for all requests. */
export interface ProviderChoice {
  /** @default the configured one, otherwise chat completions, which every server has */
  readonly api?: ServerApi | undefined;
  readonly compat?: ModelCompat | undefined;
}

const DEFAULT_API: ServerApi = 'openai-completions';

/** The providers in use, each created once. */
export interface Providers {
  get(setup: ProviderSetup, choice?: ProviderChoice): Provider | Promise<Provider>;
  /** Removes those that none of the setups describes. Their running requests continue. */
  keepOnly(setups: readonly ProviderSetup[]): void;
}

/** Creates providers with their first request. */
export function createProviders(surroundings: ProviderSurroundings): Providers {
  const made = new Map<string, { provider: Promise<Provider>; owner: string }>();
  /** Those that are ready, by what the last requests described them with: the words are compared only once. */
  let ready = new WeakMap<ProviderSetup, Record<ServerApi, Map<ModelCompat, Provider>>>();

  function find(setup: ProviderSetup, { api, compat }: Choice): Promise<Provider> {
    const owner = fingerprint(setup);
    const key = `${owner} ${api} ${JSON.stringify(compat)}`;
    const known = made.get(key)?.provider;
    if (known !== undefined) return known;
    const provider = PROVIDER_FACTORIES[api](setup, { ...surroundings, compat });
    made.set(key, { provider, owner });
    return provider;
  }

  async function makeReady(setup: ProviderSetup, choice: Choice): Promise<Provider> {
    const provider = await find(setup, choice);
    const ofSetup = ready.get(setup) ?? { 'openai-completions': new Map(), ollama: new Map() };
    ofSetup[choice.api].set(choice.compat, provider);
    ready.set(setup, ofSetup);
    return provider;
  }

  return {
    get: (setup, { api = setup.api ?? DEFAULT_API, compat = NO_COMPAT } = {}) =>
      ready.get(setup)?.[api].get(compat) ?? makeReady(setup, { api, compat }),
    keepOnly(setups) {
      const wanted = new Set(setups.map(fingerprint));
      for (const [key, { owner }] of made) if (!wanted.has(owner)) made.delete(key);
      ready = new WeakMap();
    },
  };
}

const NO_COMPAT: ModelCompat = {};

interface Choice {
  readonly api: ServerApi;
  readonly compat: ModelCompat;
}

/** What makes two setups the same provider. Worked out once for each, since every request asks. */
const fingerprints = new WeakMap<ProviderSetup, string>();

export function fingerprint(setup: ProviderSetup): string {
  const known = fingerprints.get(setup);
  if (known !== undefined) return known;
  const { id, api, baseUrl, server, apiKey, headers, timeouts, transport } = setup;
  const made = JSON.stringify([id, api, baseUrl, server, apiKey, headers, timeouts, transport]);
  fingerprints.set(setup, made);
  return made;
}

function quirksOf(compat: ModelCompat): Partial<ServerQuirks> {
  const { maxTokensField, supportsUsageInStreaming, supportsDeveloperRole } = compat;
  return {
    ...(maxTokensField !== undefined && { maxTokensField }),
    ...(supportsUsageInStreaming !== undefined && { usageInStream: supportsUsageInStreaming }),
    ...(supportsDeveloperRole !== undefined && { instructionsRole: supportsDeveloperRole ? 'developer' : 'system' }),
  };
}
