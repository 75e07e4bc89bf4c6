import { streamingSetting } from '@openclaw/model-selection';
import type { CatalogModel } from '@openclaw/model-selection';
import { createEventStream, openEventStream, ProviderError } from '@openclaw/provider';
import type { ChatRequest, EventStream, ProviderRequest, StreamEvent } from '@openclaw/provider';
import { repairAnswer, repairStream } from '@openclaw/stream-repair';
import type { RepairStreamOptions } from '@openclaw/stream-repair';
import { UNUSABLE_ENDPOINT } from './build-catalog.ts';
import type { ModelSetup } from './model-settings.ts';
import type { Providers } from './provider-factories.ts';
import type { ProviderSetup } from './provider-setup.ts';
import { withRequestDefaults } from './request-defaults.ts';
import type { RequestLimiters } from './request-limiters.ts';
import { selectionFailure } from './selection-failure.ts';
import type { Session } from './session.ts';

/** What is needed to ask any model of a configuration. */
export interface AskSurroundings {
  readonly session: Session;
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
  readonly surroundings: AskSurroundings;
}

/** Whether servers are asked for a stream when nobody says: Ollama's older releases garble tool calls in streams. */
const STREAMING_DEFAULT: Record<ProviderSetup['server'], boolean> = { ollama: false, openai: true };

/** Asks one model, with what the configuration sets for it, and puts right what it says by mistake. */
export function askModel(model: CatalogModel, request: AskRequest): EventStream | Promise<readonly StreamEvent[]> {
  const asking = { ...request.surroundings.session.setupOf(model), model, request };
  return chooseStreaming(asking) ? streamModel(asking) : answerModel(asking);
}

export type AskModel = typeof askModel;

/** One model, how it is asked, and what. */
interface Asking extends ModelSetup {
  readonly model: CatalogModel;
  readonly request: AskRequest;
}

/** Waits only for what is not there yet, as each wait costs something. */
async function answerModel(asking: Asking): Promise<readonly StreamEvent[]> {
  const { settings, request } = asking;
  const { signal } = request;
  let endTurn: (() => void) | undefined;
  try {
    const setup = checkSetup(asking);
    const { limiters, providers } = request.surroundings;
    const limiter = limiters.of(setup);
    endTurn = limiter.tryAcquire() ?? (await limiter.acquire(request));
    const found = providers.get(setup, asking.compat);
    const provider = 'then' in found ? await found : found;
    const events = await provider.answer(encodeAsked(asking, false), { signal, timeouts: asking.timeouts });
    const { repair = {} } = settings;
    return repair === false ? events : repairAnswer(events, repairOptions(repair, request));
  } catch (error) {
    return [tellFailure(error, request)];
  } finally {
    endTurn?.();
  }
}

function streamModel(asking: Asking): EventStream {
  const { settings, request } = asking;
  const { signal } = request;
  let endTurn: (() => void) | undefined;
  let events: EventStream | undefined;
  let closed = false;

  return createEventStream({ pull, close });

  async function pull(): Promise<readonly StreamEvent[]> {
    try {
      events ??= await open();
      return await events.pull();
    } catch (error) {
      return [tellFailure(error, request)];
    }
  }

  async function open(): Promise<EventStream> {
    const setup = checkSetup(asking);
    const { limiters, providers } = request.surroundings;
    endTurn = await limiters.of(setup).acquire(request);
    if (closed) endTurn();
    const provider = await providers.get(setup, asking.compat);
    const answer = provider.stream(encodeAsked(asking, true), { signal, timeouts: asking.timeouts });
    const { repair = {} } = settings;
    return repair === false ? openEventStream(answer) : repairStream(answer, repairOptions(repair, request));
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

/** The request decides, then the model's settings, then what is usual for its server. */
function chooseStreaming({ request: { streaming }, settings, setup }: Asking): boolean {
  return streaming ?? streamingSetting(settings) ?? STREAMING_DEFAULT[setup?.server ?? 'openai'];
}

/** @throws {ProviderError} `unsupported` when the model's provider cannot be asked */
function checkSetup({ setup, model, request }: Asking): ProviderSetup {
  if (setup !== undefined && model.endpoint !== UNUSABLE_ENDPOINT) return setup;
  const { unusable } = request.surroundings.session;
  const why =
    unusable.find(({ id }) => id === model.provider)?.message ?? `There is no provider ${model.provider} any more.`;
  throw new ProviderError('unsupported', `${model.ref}: ${why}`, model);
}

function encodeAsked({ model, settings, request }: Asking, streaming: boolean): ProviderRequest {
  const chat = withRequestDefaults(request.chat, settings.params);
  return { ...chat, model: model.model, streaming };
}

/** Who must not call a tool writes about one. */
function repairOptions(repair: RepairStreamOptions, { chat, surroundings }: AskRequest): RepairStreamOptions {
  const tools = chat.toolChoice === 'none' ? undefined : chat.tools;
  return { ...repair, tools, generateId: surroundings.generateId };
}

function tellFailure(error: unknown, { signal }: AskRequest): StreamEvent {
  const failure = selectionFailure(error, { signal });
  if (failure === undefined) throw error;
  return { type: 'error', error: failure };
}
