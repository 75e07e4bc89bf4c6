import type { ConfigEdit, LoadedConfig } from '@openclaw/config';
import { planModelChoice } from '../models/plan-model-choice.ts';

/** The choices of the user. */
export interface OnboardingChoice {
  /** Address of Ollama, if it is not the one that is used by default. */
  readonly baseUrl?: string | undefined;
  /** Reference of the default model. */
  readonly model: string;
  readonly fallbacks: readonly string[];
  /** Whether streaming is switched on for the model. @default the setting stays */
  readonly streaming?: boolean | undefined;
}

/** Plans the smallest change for the choices. A reference to an Ollama model is enough to enable Ollama. */
export function planOnboarding(
  { config }: LoadedConfig,
  { baseUrl, model, fallbacks, streaming }: OnboardingChoice,
): ConfigEdit[] {
  const server: ConfigEdit[] =
    baseUrl === undefined
      ? []
      : [
          { type: 'set', path: 'models.providers.ollama.baseUrl', value: baseUrl },
          { type: 'set', path: 'models.providers.ollama.discover', value: true },
        ];
  // Without chosen fallbacks, existing ones stay.
  const behind = fallbacks.length === 0 ? undefined : fallbacks;
  return [
    ...server,
    ...planModelChoice(config, { key: 'model', primary: model, fallbacks: behind }),
    ...(streaming === undefined ? [] : [{ type: 'set', path: streamingPath(model), value: streaming } as const]),
  ];
}

/** The path of the `streaming` setting of a model. */
export function streamingPath(ref: string): string {
  return `agents.defaults.models[${JSON.stringify(ref)}].streaming`;
}

/** The configuration with another address of Ollama, for requests before anything is written. */
export function withOllamaAt(loaded: LoadedConfig, baseUrl: string | undefined): LoadedConfig {
  const { models } = loaded.config;
  const entry = { ...models.providers['ollama'], discover: true, ...(baseUrl === undefined ? {} : { baseUrl }) };
  return {
    ...loaded,
    config: { ...loaded.config, models: { ...models, providers: { ...models.providers, ollama: entry } } },
  };
}
