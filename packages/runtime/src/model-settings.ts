import type { LoadedConfig, ModelConfig, ModelSettings } from '@openclaw/config';
import type { CatalogModel } from '@openclaw/model-selection';
import { isSameOllamaName } from './catalog-entries.ts';
import type { ProviderSetup } from './provider-setup.ts';

export interface ModelSettingsOptions {
  readonly config: LoadedConfig['config'];
  readonly setups: readonly ProviderSetup[];
}

/** The settings that `agents.defaults.models` has for a model, under whichever of its names. */
export function modelSettings(model: CatalogModel, { config, setups }: ModelSettingsOptions): ModelSettings {
  const setup = setups.find(({ id }) => id === model.provider);
  const entries = Object.entries(config.agents.defaults.models).map(
    ([ref, settings]) => [splitRef(ref), settings] as const,
  );
  const own = entries.filter(([{ provider }]) => provider === model.provider);
  const exact = own.find(([{ name }]) => name === model.model);
  const similar =
    setup?.server === 'ollama' ? own.find(([{ name }]) => isSameOllamaName(name, model.model)) : undefined;
  return (exact ?? similar)?.[1] ?? {};
}

/** The entry that a provider's own list has for a model, under whichever of its names. */
export function writtenModel({ model }: CatalogModel, { models, server }: ProviderSetup): ModelConfig | undefined {
  const exact = models.find(({ id }) => id === model);
  return exact ?? (server === 'ollama' ? models.find(({ id }) => isSameOllamaName(id, model)) : undefined);
}

function splitRef(ref: string): { provider: string; name: string } {
  const slash = ref.indexOf('/');
  return { provider: ref.slice(0, Math.max(0, slash)).trim().toLowerCase(), name: ref.slice(slash + 1).trim() };
}
