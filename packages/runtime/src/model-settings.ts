import type { LoadedConfig, ModelConfig, ModelSettings } from '@openclaw/config';
import { findModelSettings, OLLAMA_DEFAULT_TAG, streamingSetting } from '@openclaw/model-selection';
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
  /** The configured context window, in tokens. */
  readonly contextWindow: number | undefined;
  /** `params.num_ctx` of a model of Ollama, in tokens, where the API can set it. */
  readonly contextLength: number | undefined;
  /** `params.keep_alive` of a model of Ollama, where the API can set it. */
  readonly keepAlive: number | string | undefined;
  /** The parameters that are sent with each request, without those above. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Whether answers may start with reasoning whose opening tag is in the prompt. Ollama separates reasoning itself. */
  readonly expectsReasoning: boolean;
}

export interface ModelSettingsOptions {
  readonly config: LoadedConfig['config'];
  readonly setups: readonly ProviderSetup[];
}

/** Reads the configuration of a model. */
export function modelSetup(model: CatalogModel, { config, setups }: ModelSettingsOptions): ModelSetup {
  const setup = findSetup(model, setups);
  const settings = settingsOf(model, { setup, config });
  const own = entryOf(model.model, setup);
  return {
    setup,
    settings,
    compat: own?.compat,
    timeouts: { ...own?.timeouts, ...settings.timeouts },
    expectsReasoning: own?.reasoning === true && setup?.server !== 'ollama',
    contextWindow: own?.contextWindow,
    ...loadParams({ ...own?.params, ...settings.params }, setup),
  };
}

/** The server of a model: its endpoint, or the first one of its provider. */
export function findSetup(
  { provider, endpoint }: Pick<CatalogModel, 'provider' | 'endpoint'>,
  setups: readonly ProviderSetup[],
): ProviderSetup | undefined {
  const ofProvider = setups.filter(({ id }) => id === provider);
  return ofProvider.find(({ baseUrl }) => baseUrl === endpoint) ?? ofProvider[0];
}

/** `params.num_ctx` of a model of a provider, where it has an effect. */
export function pinnedContext(
  model: string,
  { setup, config }: { readonly setup: ProviderSetup; readonly config: LoadedConfig['config'] },
): number | undefined {
  const { params } = settingsOf({ provider: setup.id, model }, { setup, config });
  return loadParams({ ...entryOf(model, setup)?.params, ...params }, setup).contextLength;
}

/** The streaming options of a request. */
export interface StreamingWish {
  /** Wins over the configuration. */
  readonly streaming: boolean | undefined;
  /** Used if neither the request nor the configuration sets it. */
  readonly prefersStreaming: boolean | undefined;
}

/** Whether a model is asked for a stream; `undefined` leaves it to the provider, which knows its server. */
export function streamingOf(
  settings: ModelSettings,
  { streaming, prefersStreaming }: StreamingWish,
): boolean | undefined {
  return streaming ?? streamingSetting(settings) ?? prefersStreaming;
}

/** The entry of a model in its provider's list. */
function entryOf(model: string, setup: ProviderSetup | undefined): ModelConfig | undefined {
  const written = setup?.models.find(({ id }) => id === model);
  return (
    written ?? (setup?.server === 'ollama' ? setup.models.find(({ id }) => isSameOllamaName(id, model)) : undefined)
  );
}

function settingsOf(
  model: Pick<CatalogModel, 'provider' | 'model'>,
  { setup, config }: { readonly setup: ProviderSetup | undefined; readonly config: LoadedConfig['config'] },
): ModelSettings {
  const defaultTag = setup?.server === 'ollama' ? OLLAMA_DEFAULT_TAG : undefined;
  return findModelSettings(model, { models: config.agents.defaults.models, defaultTag }) ?? {};
}

/** The parameters of Ollama that say how a model is loaded. Chat completions have no field for them. */
function loadParams(
  params: Readonly<Record<string, unknown>>,
  setup: Pick<ProviderSetup, 'server' | 'api'> | undefined,
): Pick<ModelSetup, 'contextLength' | 'keepAlive' | 'params'> {
  const { num_ctx: length, keep_alive: keepAlive, ...rest } = params;
  if (setup?.server !== 'ollama') return { contextLength: undefined, keepAlive: undefined, params };
  const hasEffect = setup.api !== 'openai-completions';
  return {
    contextLength: hasEffect && isTokens(length) ? length : undefined,
    keepAlive: hasEffect && (typeof keepAlive === 'string' || typeof keepAlive === 'number') ? keepAlive : undefined,
    params: rest,
  };
}

function isTokens(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
