import { resolveCredential, resolveEndpointKey } from '@openclaw/config';
import type { LoadedConfig } from '@openclaw/config';
import type { EndpointSetup } from './endpoint-setup.ts';
import { WELL_KNOWN_BASE_URL } from './well-known-base-url.ts';

export interface ProviderKeyOptions {
  readonly loaded: LoadedConfig;
  readonly endpoint: EndpointSetup | undefined;
  /** Where the key is sent. */
  readonly baseUrl: string;
}

/**
 * The key for a server: that of its endpoint, otherwise that of its provider. A key of a well-known provider from the
 * environment is only sent to the host of that provider.
 */
export function resolveProviderKey(id: string, { loaded, endpoint, baseUrl }: ProviderKeyOptions): string | undefined {
  if (endpoint?.apiKey !== undefined) return resolveEndpointKey(endpoint.apiKey, loaded);
  const credential = resolveCredential(id, loaded);
  const home = WELL_KNOWN_BASE_URL[id];
  if (credential?.source !== 'environment' || home === undefined) return credential?.value;
  if (new URL(home).host === new URL(baseUrl).host) return credential.value;
  // `apiKey: "OPENAI_API_KEY"` in the entry explicitly names the variable.
  const written = Object.entries(loaded.config.models.providers).find(([key]) => key.toLowerCase() === id)?.[1].apiKey;
  if (written?.trim() === credential.detail) return credential.value;
  return resolveCredential(id, { ...loaded, env: { ...loaded.env, [credential.detail]: undefined } })?.value;
}
