import { resolveCredential } from '@openclaw/config';
import type { LoadedConfig, ModelConfig, ProviderConfig } from '@openclaw/config';
import { tryParseModelRef } from '@openclaw/model-selection';
import { OllamaDiscoveryError, planDiscovery, resolveOllamaBaseUrl } from '@openclaw/ollama-discovery';
import { detectServer } from '@openclaw/upstream-errors';
import { namedModels } from './named-models.ts';
import { WELL_KNOWN_BASE_URL } from './well-known-base-url.ts';

/** A provider as it will be used: configuration, environment and rules joined. */
export interface ProviderSetup {
  /** In lower case, as references are compared. */
  readonly id: string;
  /** What the server is taken for: it decides defaults (streaming, window) and whether it can be asked for its models. */
  readonly server: 'ollama' | 'openai';
  readonly api: NonNullable<ProviderConfig['api']>;
  /** Root of the OpenAI-compatible API: what requests go to. */
  readonly baseUrl: string;
  /** For Ollama: root of `/api/…`. */
  readonly nativeUrl: string | undefined;
  readonly apiKey: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the server is asked which models it has. */
  readonly discovers: boolean;
  /** The models of the provider's entry. */
  readonly models: readonly ModelConfig[];
  /** Models that the configuration names elsewhere, without the provider's id. */
  readonly named: readonly string[];
  readonly timeouts: NonNullable<ProviderConfig['timeouts']>;
  readonly maxConcurrent: number | undefined;
  readonly maxQueued: number | undefined;
}

/** A provider that is named or configured and cannot be used. */
export interface UnusableProvider {
  /** In lower case. */
  readonly id: string;
  /** For people: why, and what to do about it. */
  readonly message: string;
  readonly nextCommand?: string;
}

export interface ProviderSetups {
  readonly setups: readonly ProviderSetup[];
  readonly unusable: readonly UnusableProvider[];
}

/**
 * Decides which providers there are. Ollama is there by itself (at `OLLAMA_HOST` or its usual address, its models found by
 * asking) when `OLLAMA_API_KEY` is set, an auth profile for it exists, its entry gives neither `baseUrl` nor `models`, or the
 * configuration names one of its models. An entry with `baseUrl` or `models` is used as written, and asked for its
 * models only with `discover: true`, which also makes any other provider a second Ollama server.
 */
export function providerSetups(loaded: LoadedConfig): ProviderSetups {
  const { config, disabledProviders } = loaded;
  const entries = new Map(Object.entries(config.models.providers).map(([id, entry]) => [id.toLowerCase(), entry]));
  const named = Map.groupBy(
    namedModels(config).flatMap((name) => tryParseModelRef(name) ?? []),
    ({ provider }) => provider,
  );
  const disabled = disabledProviders.map(unusableSinceDisabled);

  const ids = new Set(entries.keys());
  if (config.models.mode === 'merge') {
    for (const id of named.keys()) if (id in WELL_KNOWN_BASE_URL) ids.add(id);
    const isReferenced = named.has('ollama');
    if (!entries.has('ollama') && planDiscovery({ ...ollamaCredentials(loaded), isReferenced }).enabled)
      ids.add('ollama');
  }
  const setups = [...ids]
    .filter((id) => !disabled.some((provider) => provider.id === id))
    .map((id) => {
      const models = (named.get(id) ?? []).map(({ model }) => model);
      return providerSetup(id, { loaded, entry: entries.get(id) ?? {}, named: models });
    });
  return {
    setups: setups.flatMap((setup) => ('baseUrl' in setup ? [setup] : [])),
    unusable: [...disabled, ...setups.flatMap((setup) => ('baseUrl' in setup ? [] : [setup]))],
  };
}

interface SetupInput {
  readonly loaded: LoadedConfig;
  readonly entry: ProviderConfig;
  readonly named: readonly string[];
}

function providerSetup(id: string, { loaded, entry, named }: SetupInput): ProviderSetup | UnusableProvider {
  const server = isOllama(id, entry) ? 'ollama' : 'openai';
  const urls = server === 'ollama' ? ollamaUrls(id, { loaded, entry }) : otherUrls(id, entry);
  if (!('baseUrl' in urls)) return urls;
  return {
    id,
    server,
    api: entry.api ?? 'openai-completions',
    ...urls,
    apiKey: entry.authHeader === false ? undefined : keyFor(id, { loaded, baseUrl: urls.baseUrl }),
    headers: entry.headers ?? {},
    discovers: server === 'ollama' && planDiscovery({ entry }).enabled,
    models: entry.models ?? [],
    named,
    timeouts: {
      ...(entry.timeoutSeconds !== undefined && { totalMs: entry.timeoutSeconds * 1000 }),
      ...entry.timeouts,
    },
    maxConcurrent: entry.maxConcurrent ?? loaded.config.gateway.limits.maxConcurrent,
    maxQueued: entry.maxQueued ?? loaded.config.gateway.limits.maxQueued,
  };
}

/** As the provider itself decides; `discover: true` makes any entry an Ollama, since nothing else can be asked for its models. */
function isOllama(id: string, { baseUrl = '', discover }: ProviderConfig): boolean {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  return discover === true || detectServer(id, { baseUrl: url }) === 'ollama';
}

/** A key of a well-known provider that merely stands in the environment goes to that provider's own host and to no other. */
function keyFor(id: string, { loaded, baseUrl }: { loaded: LoadedConfig; baseUrl: string }): string | undefined {
  const credential = resolveCredential(id, loaded);
  const home = WELL_KNOWN_BASE_URL[id];
  if (credential?.source !== 'environment' || home === undefined) return credential?.value;
  if (new URL(home).host === new URL(baseUrl).host) return credential.value;
  const written = resolveCredential(id, { ...loaded, env: { ...loaded.env, [credential.detail]: undefined } })?.value;
  // `apiKey: "OPENAI_API_KEY"` in the entry asks for that variable by its name.
  return written === credential.detail ? credential.value : written;
}

type Urls = Pick<ProviderSetup, 'baseUrl' | 'nativeUrl'>;

/** `OLLAMA_HOST` says where `ollama` is; another provider has to say so itself. */
function ollamaUrls(
  id: string,
  { loaded, entry: { baseUrl } }: Pick<SetupInput, 'loaded' | 'entry'>,
): Urls | UnusableProvider {
  if (baseUrl === undefined && id !== 'ollama') return withoutBaseUrl(id);
  try {
    const { nativeUrl, openAiUrl } = resolveOllamaBaseUrl({ baseUrl, ollamaHost: loaded.env['OLLAMA_HOST'] });
    return { nativeUrl, baseUrl: openAiUrl };
  } catch (error) {
    if (!(error instanceof OllamaDiscoveryError)) throw error;
    const place = baseUrl === undefined ? 'OLLAMA_HOST' : `models.providers.${id}.baseUrl`;
    return { id, message: `${place}: ${error.message}` };
  }
}

function otherUrls(id: string, { baseUrl = WELL_KNOWN_BASE_URL[id] }: ProviderConfig): Urls | UnusableProvider {
  return baseUrl === undefined ? withoutBaseUrl(id) : { baseUrl: baseUrl.replace(/\/+$/, ''), nativeUrl: undefined };
}

function withoutBaseUrl(id: string): UnusableProvider {
  return {
    id,
    message: `Nothing says where ${id} is: models.providers.${id} has no baseUrl.`,
    nextCommand: `openclaw config set models.providers.${id}.baseUrl http://127.0.0.1:8080/v1`,
  };
}

function unusableSinceDisabled({ id, issues }: LoadedConfig['disabledProviders'][number]): UnusableProvider {
  const why = issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return {
    id: id.toLowerCase(),
    message: `${id} is switched off since its configuration cannot be used: ${why}`,
    nextCommand: 'openclaw config validate',
  };
}

function ollamaCredentials({ config, env, authProfiles }: LoadedConfig): {
  readonly apiKey: string | undefined;
  readonly hasAuthProfile: boolean;
} {
  const stored = Object.values(authProfiles).flatMap(({ profiles }) => profiles);
  const profiles = [...stored, ...Object.values(config.auth.profiles)];
  return {
    apiKey: env['OLLAMA_API_KEY'],
    hasAuthProfile: profiles.some(({ provider }) => provider.toLowerCase() === 'ollama'),
  };
}
