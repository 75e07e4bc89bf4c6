import { apiKeyVariable, maskSecret, resolveCredential, type LoadedConfig } from '@openclaw/config';
import { tryParseModelRef } from '@openclaw/model-selection';
import { isLocalEndpoint } from '@openclaw/runtime/internal';
import { readModelChoices } from './model-choice.ts';

/** The credentials of a provider. */
export interface ProviderAuth {
  readonly provider: string;
  /** The source of the key; `not-needed` for a local server without a key. */
  readonly kind: 'environment' | 'auth-profile' | 'configuration' | 'not-needed' | 'missing';
  /** For people, without the secret. */
  readonly detail: string;
  /** The masked key. */
  readonly masked?: string;
  readonly profiles: readonly string[];
  /** When the first of its profiles expires, in milliseconds since 1970. */
  readonly expires?: number;
}

/** The configured and referenced providers with their credentials. Sends no requests. */
export function planAuthOverview(loaded: LoadedConfig): ProviderAuth[] {
  const { config, authProfiles } = loaded;
  const { text, image } = readModelChoices(config);
  const names = [
    text.primary,
    ...text.fallbacks,
    image.primary,
    ...image.fallbacks,
    ...Object.keys(config.agents.defaults.models),
  ];
  const named = names.flatMap((name) => (name === undefined ? [] : (tryParseModelRef(name)?.provider ?? [])));
  const stored = Object.values(authProfiles).flatMap(({ profiles }) => profiles);
  const ids = new Set([
    ...Object.keys(config.models.providers),
    ...named,
    ...stored.map(({ provider }) => provider.toLowerCase()),
  ]);
  if ((loaded.env['OLLAMA_API_KEY'] ?? '').trim() !== '') ids.add('ollama');
  return [...ids].map((provider) => {
    const own = stored.filter((profile) => profile.provider.toLowerCase() === provider.toLowerCase());
    const expires = own
      .flatMap((profile) => (profile.expires === undefined ? [] : [profile.expires]))
      .toSorted((left, right) => left - right)[0];
    return {
      provider,
      ...describeCredential(provider, loaded),
      profiles: own.map(({ id }) => id),
      ...(expires === undefined ? {} : { expires }),
    };
  });
}

function describeCredential(provider: string, loaded: LoadedConfig): Pick<ProviderAuth, 'kind' | 'detail' | 'masked'> {
  const credential = resolveCredential(provider, loaded);
  if (credential !== undefined)
    return { kind: credential.source, detail: credential.detail, masked: showKey(credential.value) };
  const entry = loaded.config.models.providers[provider];
  const baseUrl = entry?.baseUrl ?? entry?.endpoints?.[0]?.baseUrl;
  if (baseUrl === undefined ? provider === 'ollama' : isLocalEndpoint(baseUrl))
    return { kind: 'not-needed', detail: 'no key needed' };
  return { kind: 'missing', detail: `set ${apiKeyVariable(provider)}, or: openclaw models auth add ${provider}` };
}

/** The documented placeholder is not a secret. */
function showKey(key: string): string {
  return key === 'ollama-local' ? key : maskSecret(key);
}
