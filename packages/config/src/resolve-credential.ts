import type { AuthProfile } from './auth-profiles.ts';
import { isKeyVariable } from './key-names.ts';
import type { LoadedConfig } from './loaded-config.ts';

/** A key and its source. */
export interface Credential {
  value: string;
  source: 'environment' | 'auth-profile' | 'configuration';
  /** For people, without the secret: `OLLAMA_API_KEY`, `ollama:manual`, `models.providers.ollama.apiKey`. */
  detail: string;
}

/**
 * Resolves the key of a provider; undefined if there is none.
 *
 * In order of priority, as in OpenClaw: auth profile, environment variable (`OLLAMA_API_KEY` for `ollama`,
 * `MY_BOX_API_KEY` for `my-box`), `models.providers.<id>.apiKey`. A real key overrides the placeholder `ollama-local`
 * regardless of the order, because the documentation tells users to put it in the environment.
 */
export function resolveCredential(
  providerId: string,
  loaded: Pick<LoadedConfig, 'config' | 'env' | 'authProfiles'>,
  { agent = defaultAgentId(loaded.config), now = Date.now }: { agent?: string | undefined; now?: () => number } = {},
): Credential | undefined {
  const found = [
    ...fromProfiles(providerId, { loaded, agent, now }),
    ...fromEnvironment(providerId, loaded),
    ...fromConfiguration(providerId, loaded),
  ];
  return found.find(({ value }) => value !== PLACEHOLDER) ?? found[0];
}

/**
 * Resolves the key of an endpoint that has one of its own: the key itself, or the name of an environment variable.
 * `undefined` if that variable is not set.
 */
export function resolveEndpointKey(apiKey: string, { env }: Pick<LoadedConfig, 'env'>): string | undefined {
  return writtenKey(apiKey.trim(), env)?.value;
}

/** The default agent. */
export function defaultAgentId({ agents }: Pick<LoadedConfig['config'], 'agents'>): string {
  const list = agents.list ?? [];
  const entries = Object.entries(agents.entries ?? {});
  return (
    list.find((agent) => agent.default)?.id ?? entries.find(([, agent]) => agent.default)?.[0] ?? list[0]?.id ?? 'main'
  );
}

/** The environment variable that holds the key of a provider. */
export function apiKeyVariable(providerId: string): string {
  return `${providerId.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}_API_KEY`;
}

/** The documented placeholder. A local Ollama accepts any value. */
const PLACEHOLDER = 'ollama-local';

function fromProfiles(
  providerId: string,
  { loaded, agent, now }: { loaded: Pick<LoadedConfig, 'config' | 'authProfiles'>; agent: string; now: () => number },
): Credential[] {
  const usable = ({ provider, expires }: AuthProfile) =>
    sameProvider(provider, providerId) && (expires === undefined || expires > now());
  for (const id of new Set([agent, 'main'])) {
    const store = loaded.authProfiles[id];
    const profiles = store?.profiles.filter(usable) ?? [];
    if (store && profiles.length > 0) {
      const order = ownOrder(store.order, providerId) ?? ownOrder(loaded.config.auth.order, providerId) ?? [];
      const rank = (profile: AuthProfile) => (order.includes(profile.id) ? order.indexOf(profile.id) : order.length);
      return profiles
        .toSorted((one, other) => rank(one) - rank(other))
        .map((profile) => ({ value: profile.secret, source: 'auth-profile', detail: profile.id }));
    }
  }
  return [];
}

function ownOrder(
  order: Readonly<Record<string, readonly string[]>>,
  providerId: string,
): readonly string[] | undefined {
  return Object.entries(order).find(([provider]) => sameProvider(provider, providerId))?.[1];
}

function fromEnvironment(providerId: string, { env }: Pick<LoadedConfig, 'env'>): Credential[] {
  const name = apiKeyVariable(providerId);
  const value = env[name]?.trim();
  return value ? [{ value, source: 'environment', detail: name }] : [];
}

function fromConfiguration(providerId: string, { config, env }: Pick<LoadedConfig, 'config' | 'env'>): Credential[] {
  const id = Object.keys(config.models.providers).find((key) => sameProvider(key, providerId));
  const written = id === undefined ? undefined : config.models.providers[id]?.apiKey?.trim();
  if (!written) return [];
  const key = writtenKey(written, env);
  if (key === undefined) return [];
  const detail = `models.providers.${id}.apiKey${key.isVariable ? ` (${written})` : ''}`;
  return [{ value: key.value, source: 'configuration', detail }];
}

function writtenKey(
  written: string,
  env: LoadedConfig['env'],
): { readonly value: string; readonly isVariable: boolean } | undefined {
  const named = /^[A-Z][A-Z0-9_]*$/.test(written) ? env[written]?.trim() : undefined;
  if (named) return { value: named, isVariable: true };
  // The name of a variable is never sent as a key.
  return isKeyVariable(written) || written === '' ? undefined : { value: written, isVariable: false };
}

/** Provider ids are case-insensitive. */
function sameProvider(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
