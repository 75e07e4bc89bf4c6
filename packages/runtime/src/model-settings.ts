import type { LoadedConfig, ModelConfig, ModelSettings } from '@openclaw/config';
import { findModelSettings, OLLAMA_DEFAULT_TAG } from '@openclaw/model-selection';
import type { CatalogModel } from '@openclaw/model-selection';
import type { Timeouts } from '@openclaw/provider';
import { isSameOllamaName } from './catalog-entries.ts';
import type { ProviderSetup } from './provider-setup.ts';

/** The settings of a model and its provider. */
export interface ModelSetup {
  /** Absent if the provider no longer exists. */
  readonly setup: ProviderSetup | undefined;
  /** The entry of the model in `agents.defaults.models`, under any of its names. */
  readonly settings: ModelSettings;
  /** Deviations of the model's server, from the provider's list of models. */
  readonly compat: ModelConfig['compat'];
  readonly timeouts: Partial<Timeouts>;
}

export interface ModelSettingsOptions {
  readonly config: LoadedConfig['config'];
  readonly setups: readonly ProviderSetup[];
}

/** Reads the configuration of a model. */
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
