import type { LoadedConfig, ModelConfig, ModelSettings } from '@openclaw/config';
import { findModelSettings, OLLAMA_DEFAULT_TAG } from '@openclaw/model-selection';
import type { CatalogModel } from '@openclaw/model-selection';
import type { Timeouts } from '@openclaw/provider';
import { isSameOllamaName } from './catalog-entries.ts';
import type { ProviderSetup } from './provider-setup.ts';

/** How a model is asked. */
export interface ModelSetup {
  /** Absent when the provider is there no more. */
  readonly setup: ProviderSetup | undefined;
  /** What `agents.defaults.models` says of the model, under whichever of its names. */
  readonly settings: ModelSettings;
  /** Departures of the model's server from what is usual, by the provider's own list. */
  readonly compat: ModelConfig['compat'];
  readonly timeouts: Partial<Timeouts>;
}

export interface ModelSettingsOptions {
  readonly config: LoadedConfig['config'];
  readonly setups: readonly ProviderSetup[];
}

/** Reads what the configuration says of a model. */
export function modelSetup(model: CatalogModel, { config, setups }: ModelSettingsOptions): ModelSetup {
  const setup = setups.find(({ id }) => id === model.provider);
  const isOllama = setup?.server === 'ollama';
  const written = setup?.models.find(({ id }) => id === model.model);
  const similarlyWritten = isOllama ? setup.models.find(({ id }) => isSameOllamaName(id, model.model)) : undefined;
  const settings =
    findModelSettings(model, {
      models: config.agents.defaults.models,
      defaultTag: isOllama ? OLLAMA_DEFAULT_TAG : undefined,
    }) ?? {};
  const own = written ?? similarlyWritten;
  return { setup, settings, compat: own?.compat, timeouts: { ...own?.timeouts, ...settings.timeouts } };
}
