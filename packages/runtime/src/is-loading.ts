import type { IsLoading } from '@openclaw/model-selection';
import { listRunningModels } from '@openclaw/ollama-discovery';
import type { DiscoveryFetch } from '@openclaw/ollama-discovery';
import { isSameOllamaName } from './catalog-entries.ts';
import type { ProviderSetup } from './provider-setup.ts';

/**
 * Tells a model that loads from one that hangs: Ollama's `/api/ps` lists what is in memory. Up to 0.24 it lists a model while
 * it still loads, too: there a slow load is taken for a hang. Other servers do not say.
 */
export function createIsLoading({
  setups,
  fetch,
}: {
  setups: readonly ProviderSetup[];
  fetch: DiscoveryFetch;
}): IsLoading {
  return async ({ provider, model }, { signal }) => {
    const setup = setups.find(({ id, server }) => id === provider && server === 'ollama');
    if (setup === undefined) return false;
    const { nativeUrl: baseUrl, apiKey, headers } = setup;
    const inMemory = await listRunningModels({ baseUrl, apiKey, headers, fetch, signal });
    return !inMemory.some(({ name }) => isSameOllamaName(name, model));
  };
}
