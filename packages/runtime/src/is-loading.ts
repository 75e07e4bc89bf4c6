import type { IsLoading } from '@openclaw/model-selection';
import { listRunningModels } from '@openclaw/ollama-discovery';
import type { DiscoveryFetch } from '@openclaw/ollama-discovery';
import { isSameOllamaName } from './catalog-entries.ts';
import { findSetup } from './model-settings.ts';
import type { ProviderSetup } from './provider-setup.ts';

/**
 * Distinguishes a model that is loading from one that hangs: Ollama's `/api/ps` lists the models in memory. Up to 0.24
 * it also lists models that are loading, so a slow load counts as a hang there. Other servers do not report it.
 */
export function createIsLoading({
  setups,
  fetch,
}: {
  setups: readonly ProviderSetup[];
  fetch: DiscoveryFetch;
}): IsLoading {
  return async (asked, { signal }) => {
    const setup = findSetup(asked, setups);
    if (setup?.server !== 'ollama') return false;
    const { nativeUrl: baseUrl, apiKey, headers } = setup;
    const inMemory = await listRunningModels({ baseUrl, apiKey, headers, fetch, signal });
    return !inMemory.some(({ name }) => isSameOllamaName(name, asked.model));
  };
}
