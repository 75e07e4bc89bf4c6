import type { ConfigEdit, LoadedConfig } from '@openclaw/config';
import { planModelChoice } from '../models/plan-model-choice.ts';

/** What somebody chose. */
export interface OnboardingChoice {
  /** Where Ollama is, when that is not where it would be looked for anyway. */
  readonly baseUrl?: string | undefined;
  /** Reference of the default model. */
  readonly model: string;
  readonly fallbacks: readonly string[];
}

/** The smallest change that makes the choice hold: naming an Ollama model is enough to switch Ollama on. */
export function planOnboarding(
  { config }: LoadedConfig,
  { baseUrl, model, fallbacks }: OnboardingChoice,
): ConfigEdit[] {
  const server: ConfigEdit[] =
    baseUrl === undefined
      ? []
      : [
          { type: 'set', path: 'models.providers.ollama.baseUrl', value: baseUrl },
          { type: 'set', path: 'models.providers.ollama.discover', value: true },
        ];
  // No fallbacks chosen: those that are there stay.
  const behind = fallbacks.length === 0 ? undefined : fallbacks;
  return [...server, ...planModelChoice(config, { key: 'model', primary: model, fallbacks: behind })];
}

/** The configuration as it would be with Ollama at another address, for asking it before anything is written. */
export function withOllamaAt(loaded: LoadedConfig, baseUrl: string | undefined): LoadedConfig {
  const { models } = loaded.config;
  const entry = { ...models.providers['ollama'], discover: true, ...(baseUrl === undefined ? {} : { baseUrl }) };
  return {
    ...loaded,
    config: { ...loaded.config, models: { ...models, providers: { ...models.providers, ollama: entry } } },
  };
}
