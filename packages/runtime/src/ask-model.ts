import type { AskOptions, CatalogModel } from '@openclaw/model-selection';
import { createEventStream, openEventStream, ProviderError } from '@openclaw/provider';
import type {
  ChatRequest,
  EventStream,
  EventStreamSource,
  Provider,
  ProviderRequest,
  StreamEvent,
  Timeouts,
} from '@openclaw/provider';
import { createStreamRepair, findModelFamily } from '@openclaw/stream-repair';
import type { RepairStreamOptions, StreamRepair } from '@openclaw/stream-repair';
import type { Endpoints } from './balancing/create-endpoints.ts';
import { EndpointRequest } from './balancing/endpoint-request.ts';
import { UNUSABLE_ENDPOINT } from './build-catalog.ts';
import { askOllama } from './context/ask-ollama.ts';
import type { OllamaFacts } from './context/ask-ollama.ts';
import type { ContextPlan } from './context/plan-context.ts';
import { fitMaxTokens } from './fit-max-tokens.ts';
import { streamingOf } from './model-settings.ts';
import type { ModelSetup, StreamingWish } from './model-settings.ts';
import { omitToolImages } from './omit-tool-images.ts';
import type { Providers } from './provider-factories.ts';
import type { ProviderSetup, ServerApi } from './provider-setup.ts';
import { withRequestDefaults } from './request-defaults.ts';
import type { LimitedRequest, RequestLimiter, RequestPermit } from './request-limiter.ts';
import type { RequestLimiters } from './request-limiters.ts';
import type { RequestPriority } from './request-queue.ts';
import { selectionFailure } from './selection-failure.ts';
import type { Session } from './session.ts';

/** What is needed to ask any model of a configuration. */
export interface AskSurroundings {
  readonly session: Session;
  readonly providers: Providers;
  readonly limiters: RequestLimiters;
  readonly ollama: OllamaFacts;
  readonly endpoints: Pick<Endpoints, 'of'>;
  readonly generateId?: (() => string) | undefined;
}

export interface AskRequest extends StreamingWish {
  readonly chat: ChatRequest;
  /** Whose request it is: clients take turns. */
  readonly client: string | undefined;
  /** Identifies the conversation. */
  readonly sessionId: string | undefined;
  readonly priority: RequestPriority | undefined;
  /** The trace context that the request carries. */
  readonly traceHeaders: Readonly<Record<string, string>> | undefined;
  /** When the request has to leave the queue, by the clock of the limiters. */
  readonly startBefore: number | undefined;
  readonly signal: AbortSignal;
  readonly report: AskOptions['report'];
  readonly surroundings: AskSurroundings;
}

/** Asks one model, with what the configuration sets for it, and repairs what it says by mistake. */
export function askModel(model: CatalogModel, request: AskRequest): EventStream {
  return createEventStream(new AskedModel({ ...request.surroundings.session.setupOf(model), model, request }));
}

export type AskModel = typeof askModel;

/** One model, how it is asked, and what. */
interface Asking extends ModelSetup {
  readonly model: CatalogModel;
  readonly request: AskRequest;
}

/** A class, as there is one for each request: see `createEventStream`. */
class AskedModel implements EventStreamSource {
  readonly #asking: Asking;
  #permit: RequestPermit | undefined;
  #answer: EventStream | undefined;
  #atEndpoint: EndpointRequest | undefined;
  #repair: StreamRepair | undefined;
  #hasContent = false;
  #ended = false;
  #closed = false;

  constructor(asking: Asking) {
    this.#asking = asking;
  }

  async pull(): Promise<readonly StreamEvent[]> {
    const { model, request } = this.#asking;
    try {
      if (this.#answer === undefined) {
        const setup = checkSetup(this.#asking);
        const limiter = request.surroundings.limiters.of(setup);
        const endpoint = request.surroundings.endpoints.of(setup);
        const { client, priority, startBefore, signal } = request;
        const limited = { client, model: model.model, priority, startBefore, signal };
        this.#permit = limiter.tryAcquire(limited);
        if (this.#permit === undefined) {
          // The order of the queue depends on what is loaded.
          void endpoint?.refresh(setup);
          this.#permit = await queued(limiter, { limited, report: request.report });
        }
        if (endpoint !== undefined && setup.server === 'ollama')
          this.#atEndpoint = new EndpointRequest(endpoint, model.model);
        if (this.#closed) this.#release();
        // Waits only when it has to: every wait of a request costs memory, and a whole answer has few.
        const answer = this.#ask(setup);
        this.#answer = 'then' in answer ? await answer : answer;
        if (this.#closed) await this.#answer.return();
      }
      for (;;) {
        const pulled = await this.#answer.pull();
        this.#atEndpoint?.read(pulled);
        const last = pulled.at(-1)?.type;
        this.#ended = last === undefined || last === 'finish' || last === 'error';
        this.#reportContent(pulled);
        const events = this.#repair?.push(pulled) ?? pulled;
        if (events.length > 0 || this.#ended) return events;
      }
    } catch (error) {
      const failure = selectionFailure(error, request);
      if (failure === undefined) throw error;
      return [{ type: 'error', error: failure }];
    }
  }

  /** A repair may hold the content back. */
  #reportContent(pulled: readonly StreamEvent[]): void {
    if (this.#hasContent || !pulled.some(isContent)) return;
    this.#hasContent = true;
    this.#asking.request.report('content');
  }

  /** The permit is released when the answer has closed its connection; one that has ended has done so. */
  close(): Promise<unknown> | undefined {
    this.#closed = true;
    if (this.#answer !== undefined && !this.#ended) return this.#answer.return().finally(() => this.#release());
    this.#release();
    return undefined;
  }

  #release(): void {
    this.#atEndpoint?.end();
    this.#permit?.release();
  }

  #ask(setup: ProviderSetup): EventStream | Promise<EventStream> {
    const { model, request, settings, params } = this.#asking;
    const { repair = {} } = settings;
    if (repair !== false) this.#repair = createStreamRepair(repairOptions(repair, this.#asking));
    const chat = withRequestDefaults(omitToolImages(request.chat, model), params);
    if (setup.server !== 'ollama') return this.#send(setup, { chat: fitMaxTokens(chat, model), api: setup.api });
    return askOllama(
      { ...this.#asking, setup, chat },
      {
        ...request.surroundings.ollama,
        send: (plan, limitMs) => this.#send(setup, { chat, api: plan.api, plan, limitMs }),
      },
    );
  }

  #send(setup: ProviderSetup, sent: Sent): EventStream | Promise<EventStream> {
    const { request, compat, timeouts } = this.#asking;
    const { providers } = request.surroundings;
    const provider = providers.get(setup, { api: sent.api, compat });
    const body = encodeRequest(this.#asking, sent);
    const options = {
      signal: request.signal,
      timeouts: limitFirstEvent(timeouts, sent.limitMs),
      headers: request.traceHeaders,
    };
    const stream = (ready: Provider) => openEventStream(ready.stream(body, options));
    return 'then' in provider ? provider.then(stream) : stream(provider);
  }
}

async function queued(
  limiter: RequestLimiter,
  { limited, report }: { readonly limited: LimitedRequest; readonly report: AskOptions['report'] },
): Promise<RequestPermit> {
  report('queued');
  const permit = await limiter.acquire(limited);
  report('sent');
  return permit;
}

function isContent({ type }: StreamEvent): boolean {
  return type === 'text-delta' || type === 'reasoning-delta' || type.startsWith('tool-call');
}

/** A request, and how it is sent. */
interface Sent {
  readonly chat: ChatRequest;
  readonly api: ServerApi | undefined;
  /** For an Ollama server: the planned context. */
  readonly plan?: ContextPlan;
  /** How long the first event may take, besides the configured timeouts. */
  readonly limitMs?: number | undefined;
}

function limitFirstEvent(timeouts: Partial<Timeouts>, limitMs: number | undefined): Partial<Timeouts> {
  if (limitMs === undefined) return timeouts;
  const { firstEventMs = 0 } = timeouts;
  return { ...timeouts, firstEventMs: firstEventMs > 0 ? Math.min(firstEventMs, limitMs) : limitMs };
}

/** @throws {ProviderError} `unsupported` when the model's provider cannot be asked */
function checkSetup({ setup, model, request }: Asking): ProviderSetup {
  if (setup !== undefined && model.endpoint !== UNUSABLE_ENDPOINT) return setup;
  const { unusable } = request.surroundings.session;
  const why =
    unusable.find(({ id }) => id === model.provider)?.message ?? `There is no provider ${model.provider} any more.`;
  throw new ProviderError('unsupported', `${model.ref}: ${why}`, model);
}

function encodeRequest({ model, settings, request, keepAlive }: Asking, { chat, plan }: Sent): ProviderRequest {
  const streaming = streamingOf(settings, request);
  return {
    ...chat,
    model: model.model,
    ...(streaming !== undefined && { streaming }),
    ...(plan?.numCtx !== undefined && { contextLength: plan.numCtx }),
    ...(keepAlive !== undefined && { keepAlive }),
  };
}

/** A model that must not call a tool writes about one. What the configuration says overrides what is known of the model. */
function repairOptions(
  repair: RepairStreamOptions,
  { setup, model, request, expectsReasoning }: Asking,
): RepairStreamOptions {
  const { chat, surroundings } = request;
  const described = setup && surroundings.ollama.describe(setup, model.model);
  const tools = chat.toolChoice === 'none' ? undefined : chat.tools;
  return {
    expectReasoning: described?.opensReasoning === true || (expectsReasoning && chat.reasoningEffort !== 'none'),
    family: described && findModelFamily({ architecture: described.family, templateMarks: described.templateMarks }),
    ...repair,
    tools,
    jsonAnswer: chat.responseFormat?.type === 'json' || chat.responseFormat?.type === 'json-schema',
    maxTokens: chat.maxTokens,
    isUsedId: tools === undefined ? undefined : (id) => hasCall(chat, id),
    generateId: surroundings.generateId,
  };
}

function hasCall({ messages }: ChatRequest, id: string): boolean {
  return messages.some(
    (message) => message.role === 'assistant' && message.toolCalls?.some((call) => call.id === id) === true,
  );
}
