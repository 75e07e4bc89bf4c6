import type { LoadedConfig, ModelSettings } from '@openclaw/config';
import type { CatalogModel } from '@openclaw/model-selection';
import { ProviderError } from '@openclaw/provider';
import type { ChatRequest, StreamEvent } from '@openclaw/provider';
import { repairStream } from '@openclaw/stream-repair';
import { UNUSABLE_ENDPOINT } from './build-catalog.ts';
import { modelSettings, writtenModel } from './model-settings.ts';
import type { ModelSettingsOptions } from './model-settings.ts';
import type { Providers } from './provider-factories.ts';
import type { ProviderSetup, ProviderSetups } from './provider-setup.ts';
import { withRequestDefaults } from './request-defaults.ts';
import type { RequestLimiters } from './request-limiters.ts';
import { selectionFailure } from './selection-failure.ts';

/** What is needed to ask any model of a configuration. */
export interface AskSurroundings extends ProviderSetups {
  readonly config: LoadedConfig['config'];
  readonly providers: Providers;
  readonly limiters: RequestLimiters;
  readonly generateId?: (() => string) | undefined;
}

export interface AskRequest {
  readonly chat: ChatRequest;
  /** Wins over what the configuration says of the model. */
  readonly streaming: boolean | undefined;
  /** Whose request it is: clients take turns. */
  readonly client: string | undefined;
  readonly signal: AbortSignal;
}

/** Whether servers are asked for a stream when nobody says: Ollama's older releases garble tool calls in streams. */
const STREAMING_DEFAULT: Record<ProviderSetup['server'], boolean> = { ollama: false, openai: true };

/** Asks one model, with what the configuration sets for it, and puts right what it says by mistake. */
export async function* askModel(
  model: CatalogModel,
  { chat, streaming, client, signal, ...surroundings }: AskRequest & AskSurroundings,
): AsyncGenerator<StreamEvent, void, void> {
  const { setups, unusable, providers, limiters, generateId } = surroundings;
  const setup = setups.find(({ id }) => id === model.provider);
  if (setup === undefined || model.endpoint === UNUSABLE_ENDPOINT) {
    const why =
      unusable.find(({ id }) => id === model.provider)?.message ?? `There is no provider ${model.provider} any more.`;
    yield { type: 'error', error: new ProviderError('unsupported', `${model.ref}: ${why}`, model) };
    return;
  }
  const settings = modelSettings(model, surroundings);
  const own = writtenModel(model, setup);
  const request = {
    ...withRequestDefaults(chat, settings.params),
    model: model.model,
    streaming: chooseStreaming({ streaming, settings, setup }),
  };
  const timeouts = { ...own?.timeouts, ...settings.timeouts };

  let leave = (): void => undefined;
  try {
    leave = await limiters.of(setup).acquire({ client, signal });
    const provider = await providers.get(setup, own?.compat);
    const events = provider.stream(request, { signal, timeouts });
    const { repair = {} } = settings;
    // Who must not call a tool writes about one.
    const tools = chat.toolChoice === 'none' ? undefined : chat.tools;
    yield* repair === false ? events : repairStream(events, { ...repair, tools, generateId });
  } catch (error) {
    const failure = selectionFailure(error, { signal });
    if (failure === undefined) throw error;
    yield { type: 'error', error: failure };
  } finally {
    leave();
  }
}

/** Whether a model's server is asked for a stream. */
export function isStreamed(
  model: CatalogModel,
  { streaming, ...surroundings }: { readonly streaming: boolean | undefined } & ModelSettingsOptions,
): boolean {
  const setup = surroundings.setups.find(({ id }) => id === model.provider);
  return chooseStreaming({ streaming, settings: modelSettings(model, surroundings), setup });
}

interface StreamingChoice {
  readonly streaming: boolean | undefined;
  readonly settings: ModelSettings;
  readonly setup: ProviderSetup | undefined;
}

/** The request decides, then the model's settings, then what is usual for its server. */
function chooseStreaming({ streaming, settings, setup }: StreamingChoice): boolean {
  return (
    streaming ?? settings.streaming ?? streamingOf(settings.params) ?? STREAMING_DEFAULT[setup?.server ?? 'openai']
  );
}

function streamingOf(params: Readonly<Record<string, unknown>> | undefined): boolean | undefined {
  const streaming = params?.['streaming'];
  return typeof streaming === 'boolean' ? streaming : undefined;
}
