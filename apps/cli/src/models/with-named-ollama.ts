import type { LoadedConfig } from '@openclaw/config';
import { readAliases } from './model-choice.ts';

/**
 * The configuration as it would be had it named this model: naming one of Ollama's switches Ollama on, and whoever names it on the
 * command line means no less. A bare name may be one of Ollama's, too. An entry for Ollama is left as it is.
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
