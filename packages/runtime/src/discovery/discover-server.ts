import { discoverModels, loadOllamaVersion } from '@openclaw/ollama-discovery';
import type { DiscoveryCache } from '@openclaw/ollama-discovery';
import type { ProviderSetup } from '../provider-setup.ts';
import { listServerModels } from './list-server-models.ts';
import type { ListServerModelsOptions } from './list-server-models.ts';
import type { ServerInventory } from './server-inventory.ts';

export interface DiscoverServerOptions extends ListServerModelsOptions {
  /** Cache of the details of Ollama's models. */
  readonly cache: DiscoveryCache;
  /** The kind that the server had the last time; `undefined` if it is not known. */
  readonly known: ProviderSetup['server'] | undefined;
}

export interface DiscoveredServer {
  readonly server: ProviderSetup['server'];
  readonly inventory: ServerInventory;
}

/**
 * Discovers the models of a server. If the configuration does not set its kind, the server is queried for Ollama's
 * version: llama.cpp and SGLang, too, answer to `/api/tags`.
 * @throws {OllamaDiscoveryError} if Ollama's list cannot be loaded
 * @throws {ProviderError} if the list of another server cannot be loaded
 */
export async function discoverServer(
  setup: ProviderSetup,
  { cache, known, ...options }: DiscoverServerOptions,
): Promise<DiscoveredServer> {
  const { nativeUrl: baseUrl, apiKey, headers, alternative } = setup;
  const ollama = { baseUrl, apiKey, headers, ...options };
  const other = setup.server === 'openai' ? setup : (alternative ?? setup);
  const server = alternative === undefined ? setup.server : known;
  if (server === 'ollama') return { server, inventory: await discoverModels({ ...ollama, cache }) };
  if (server === 'openai') return { server, inventory: await listServerModels(other, options) };
  const [version, list] = await Promise.allSettled([loadOllamaVersion(ollama), listServerModels(other, options)]);
  if (version.status === 'fulfilled')
    return { server: 'ollama', inventory: await discoverModels({ ...ollama, cache }) };
  if (list.status === 'rejected') throw list.reason;
  return { server: 'openai', inventory: list.value };
}
