import type { LoadedConfig, ModelSettings } from '@openclaw/config';
import type { CatalogModel } from '@openclaw/model-selection';
import { createEventStream, openEventStream, ProviderError } from '@openclaw/provider';
import type { ChatRequest, EventStream, StreamEvent } from '@openclaw/provider';
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
export function askModel(model: CatalogModel, request: AskRequest & AskSurroundings): EventStream {
  let endTurn: (() => void) | undefined;
  let events: EventStream | undefined;
  let closed = false;

  return createEventStream({ pull, close });

  async function pull(): Promise<readonly StreamEvent[]> {
    try {
      events ??= await open();
      return await events.pull();
    } catch (error) {
      const failure = selectionFailure(error, request);
      if (failure === undefined) throw error;
      return [{ type: 'error', error: failure }];
    }
  }

  async function open(): Promise<EventStream> {
    const { chat, streaming, client, signal, setups, unusable, providers, limiters, generateId } = request;
    const setup = setups.find(({ id }) => id === model.provider);
    if (setup === undefined || model.endpoint === UNUSABLE_ENDPOINT) {
      const why =
        unusable.find(({ id }) => id === model.provider)?.message ?? `There is no provider ${model.provider} any more.`;
      throw new ProviderError('unsupported', `${model.ref}: ${why}`, model);
    }
    const settings = modelSettings(model, request);
    const own = writtenModel(model, setup);
    endTurn = await limiters.of(setup).acquire({ client, signal });
    if (closed) endTurn();
    const provider = await providers.get(setup, own?.compat);
    const asked = {
      ...withRequestDefaults(chat, settings.params),
      model: model.model,
      streaming: chooseStreaming({ streaming, settings, setup }),
    };
    const answer = provider.stream(asked, { signal, timeouts: { ...own?.timeouts, ...settings.timeouts } });
    const { repair = {} } = settings;
    // Who must not call a tool writes about one.
    const tools = chat.toolChoice === 'none' ? undefined : chat.tools;
    return repair === false ? openEventStream(answer) : repairStream(answer, { ...repair, tools, generateId });
  }

  async function close(): Promise<void> {
    closed = true;
    try {
      await events?.return();
    } finally {
      endTurn?.();
    }
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
