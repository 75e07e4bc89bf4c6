import type { LoadedConfig } from '@openclaw/config';
import { readAliases } from './model-choice.ts';

/**
 * Adds a model from the command line to the configuration, because a reference to an Ollama model enables Ollama. A
 * bare name may be a model of Ollama, too. An existing entry for Ollama stays unchanged.
 */
export function withNamedOllama(loaded: LoadedConfig, name: string | undefined): LoadedConfig {
  const { models } = loaded.config;
  const isBare = name !== undefined && !name.includes('/') && !Object.hasOwn(readAliases(loaded.config), name);
  const named = isBare || name?.toLowerCase().startsWith('ollama/') === true;
  if (!named || models.mode === 'replace' || models.providers['ollama'] !== undefined) return loaded;
  return {
    ...loaded,
    config: { ...loaded.config, models: { ...models, providers: { ...models.providers, ollama: {} } } },
  };
}
