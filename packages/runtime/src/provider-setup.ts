import type { LoadedConfig, ModelConfig, ProviderConfig } from '@openclaw/config';
import { tryParseModelRef } from '@openclaw/model-selection';
import { OllamaDiscoveryError, planDiscovery, resolveOllamaBaseUrl } from '@openclaw/ollama-discovery';
import { detectServer } from '@openclaw/upstream-errors';
import { serverEntries } from './endpoint-setup.ts';
import type { EndpointSetup, ServerEntry } from './endpoint-setup.ts';
import { namedModels } from './named-models.ts';
import { repeatsProvider } from './repeats-provider.ts';
import { resolveProviderKey } from './resolve-provider-key.ts';
import { planTransport } from './transport/plan-transport.ts';
import type { Transport } from './transport/plan-transport.ts';
import { WELL_KNOWN_BASE_URL } from './well-known-base-url.ts';

/** The API by which a server is asked for answers: chat completions below `/v1`, or Ollama's native one. */
export type ServerApi = NonNullable<ProviderConfig['api']>;

/** A server of a provider, resolved from configuration, environment and rules. */
export interface ProviderSetup {
  /** In lower case, as references are compared. */
  readonly id: string;
  /** If the configuration lists the endpoints of the provider, of which each has a setup: which one this is. */
  readonly endpoint?: EndpointSetup | undefined;
  /** Kind of server. It decides defaults (streaming, context window) and whether discovery is possible. */
  readonly server: 'ollama' | 'openai';
  /** The API of all requests. Absent for an Ollama server whose API is planned for each request. */
  readonly api: ServerApi | undefined;
  /** Root of the OpenAI-compatible API, for requests. */
  readonly baseUrl: string;
  /** For Ollama, and a server that may be one: root of `/api/…`. */
  readonly nativeUrl: string | undefined;
  /**
   * The same provider with the other kind of server, if the configuration does not say the kind: discovery finds it.
   * Absent if it is known.
   */
  readonly alternative?: ProviderSetup | undefined;
  readonly apiKey: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent: a plain connection. */
  readonly transport?: Transport | undefined;
  /** Whether models are discovered. */
  readonly discovers: boolean;
  /** Whether the server is asked for its models: to discover them, or for windows and names of the configured ones. */
  readonly asksServer: boolean;
  /** Whether only the server can say the names of its listed models, because an id repeats the provider. */
  readonly hasUnsureNames: boolean;
  /** The models of the provider's entry. */
  readonly models: readonly ModelConfig[];
  /** Models that the configuration references elsewhere, without the provider's id. */
  readonly named: readonly string[];
  readonly timeouts: NonNullable<ProviderConfig['timeouts']>;
  readonly maxConcurrent: number | undefined;
  readonly maxQueued: number | undefined;
}

/** A provider that is referenced or configured, but unusable. */
export interface UnusableProvider {
  /** In lower case. */
  readonly id: string;
  /** For people: the reason, and what to do next. */
  readonly message: string;
  readonly nextCommand?: string;
}

export interface ProviderSetups {
  /** The endpoints of a provider follow each other. */
  readonly setups: readonly ProviderSetup[];
  readonly unusable: readonly UnusableProvider[];
}

/**
 * Resolves the providers. Ollama is enabled with discovery (at `OLLAMA_HOST` or its default address) if
 * `OLLAMA_API_KEY` is set, an auth profile for it exists, its entry has neither `baseUrl` nor `models`, or the
 * configuration names one of its models. An entry with `baseUrl` or `models` is used as written, with discovery only
 * for `discover: true`.
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
    .flatMap((id) => {
      const models = (named.get(id) ?? []).map(({ model }) => model);
      return serverEntries(entries.get(id) ?? {}).map((server) =>
        providerSetup(id, { loaded, named: models, ...server }),
      );
    });
  return {
    setups: setups.flatMap((setup) => ('baseUrl' in setup ? [setup] : [])),
    unusable: [...disabled, ...eachOnce(setups.flatMap((setup) => ('baseUrl' in setup ? [] : [setup])))],
  };
}

/** The endpoints of a provider may have the same problem. */
function eachOnce(all: readonly UnusableProvider[]): readonly UnusableProvider[] {
  return [...new Map(all.map((one) => [`${one.id} ${one.message}`, one])).values()];
}

/** Where Ollama would be if the configuration enabled it; `undefined` if it is enabled or excluded. */
export function disabledOllamaSetup(
  loaded: LoadedConfig,
  { setups, unusable }: ProviderSetups,
): ProviderSetup | undefined {
  if (loaded.config.models.mode !== 'merge' || unusable.some(({ id }) => id === 'ollama')) return undefined;
  if (setups.some(({ id, server }) => id === 'ollama' || server === 'ollama')) return undefined;
  const setup = providerSetup('ollama', { loaded, entry: {}, named: [] });
  return 'baseUrl' in setup ? setup : undefined;
}

interface SetupInput extends ServerEntry {
  readonly loaded: LoadedConfig;
  readonly named: readonly string[];
}

function providerSetup(id: string, input: SetupInput): ProviderSetup | UnusableProvider {
  const { kind, isCertain } = likelyKind(id, input.entry);
  if (isCertain) return setupAs(kind, { id, ...input });
  const ollama = setupAs('ollama', { id, ...input });
  const other = setupAs('openai', { id, ...input });
  if (!('baseUrl' in other) || !('baseUrl' in ollama)) return other;
  // Both have the address of Ollama's API, because either may be the server's kind.
  const { nativeUrl } = ollama;
  return kind === 'ollama'
    ? { ...ollama, alternative: { ...other, nativeUrl } }
    : { ...other, nativeUrl, alternative: ollama };
}

interface KindInput extends SetupInput {
  readonly id: string;
}

function setupAs(
  server: ProviderSetup['server'],
  { id, loaded, entry, endpoint, named }: KindInput,
): ProviderSetup | UnusableProvider {
  const urls = server === 'ollama' ? ollamaUrls(id, { loaded, entry, endpoint }) : otherUrls(id, entry);
  if (!('baseUrl' in urls)) return urls;
  const path = `models.providers.${id}.request`;
  const plan = planTransport(urls.baseUrl, { request: entry.request, path, env: loaded.env });
  if ('problem' in plan) return { id, message: plan.problem, nextCommand: `openclaw config get ${path}` };
  const { models = [], discover } = entry;
  const discovers = server === 'ollama' ? planDiscovery({ entry }).enabled : discover === true;
  const lacksWindow = models.some(({ contextWindow }) => contextWindow === undefined) || named.length > 0;
  const hasUnsureNames = models.some((model) => repeatsProvider(id, model.id));
  return {
    id,
    endpoint,
    server,
    api: entry.api ?? (server === 'ollama' ? undefined : 'openai-completions'),
    ...urls,
    apiKey:
      entry.authHeader === false ? undefined : resolveProviderKey(id, { loaded, endpoint, baseUrl: urls.baseUrl }),
    headers: entry.headers ?? {},
    ...plan,
    discovers,
    asksServer: discovers || (server === 'ollama' && (lacksWindow || hasUnsureNames || endpoint !== undefined)),
    hasUnsureNames: server === 'ollama' && hasUnsureNames,
    models,
    named,
    timeouts: {
      ...(entry.timeoutSeconds !== undefined && { totalMs: entry.timeoutSeconds * 1000 }),
      ...entry.timeouts,
    },
    maxConcurrent: entry.maxConcurrent ?? loaded.config.gateway.limits.maxConcurrent,
    maxQueued: entry.maxQueued ?? loaded.config.gateway.limits.maxQueued,
  };
}

/**
 * The kind of server that id, address and `api` suggest. With `discover: true` the server itself is asked, unless these
 * are certain.
 */
function likelyKind(
  id: string,
  { api, baseUrl, discover }: ProviderConfig,
): { readonly kind: ProviderSetup['server']; readonly isCertain: boolean } {
  const url = baseUrl !== undefined && URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const detected = detectServer(id, { baseUrl: url });
  if (api === 'ollama' || detected === 'ollama') return { kind: 'ollama', isCertain: true };
  const isHosted = url === undefined || detected === 'openai' || detected === 'openrouter';
  if (discover !== true || isHosted) return { kind: 'openai', isCertain: true };
  return { kind: detected === 'unknown' ? 'ollama' : 'openai', isCertain: false };
}

type Urls = Pick<ProviderSetup, 'baseUrl' | 'nativeUrl'>;

/** `OLLAMA_HOST` is the address of `ollama`; any other provider needs a `baseUrl`. */
function ollamaUrls(
  id: string,
  { loaded, entry: { baseUrl }, endpoint }: Pick<SetupInput, 'loaded' | 'entry' | 'endpoint'>,
): Urls | UnusableProvider {
  if (baseUrl === undefined && id !== 'ollama') return withoutBaseUrl(id);
  try {
    const { nativeUrl, openAiUrl } = resolveOllamaBaseUrl({ baseUrl, ollamaHost: loaded.env['OLLAMA_HOST'] });
    return { nativeUrl, baseUrl: openAiUrl };
  } catch (error) {
    if (!(error instanceof OllamaDiscoveryError)) throw error;
    const key = endpoint === undefined ? 'baseUrl' : `endpoints (${endpoint.name})`;
    const place = baseUrl === undefined ? 'OLLAMA_HOST' : `models.providers.${id}.${key}`;
    return { id, message: `${place}: ${error.message}` };
  }
}

function otherUrls(id: string, { baseUrl = WELL_KNOWN_BASE_URL[id] }: ProviderConfig): Urls | UnusableProvider {
  return baseUrl === undefined ? withoutBaseUrl(id) : { baseUrl: baseUrl.replace(/\/+$/, ''), nativeUrl: undefined };
}

function withoutBaseUrl(id: string): UnusableProvider {
  return {
    id,
    message: `The address of ${id} is missing: models.providers.${id} has no baseUrl.`,
    nextCommand: `openclaw config set models.providers.${id}.baseUrl http://127.0.0.1:8080/v1`,
  };
}

function unusableSinceDisabled({ id, issues }: LoadedConfig['disabledProviders'][number]): UnusableProvider {
  const why = issues
    .map(({ path, message, suggestion }) => `${path}: ${message}${suggestion ? ` (did you mean ${suggestion}?)` : ''}`)
    .join('; ');
  return {
    id: id.toLowerCase(),
    message: `${id} is disabled because its configuration is invalid: ${why}`,
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
