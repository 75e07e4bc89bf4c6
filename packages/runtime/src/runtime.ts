import type { LoadedConfig } from '@openclaw/config';
import type { CatalogModel, CircuitStatus, EndpointState, Plan, TargetReason } from '@openclaw/model-selection';
import type { DiscoveredModel } from '@openclaw/ollama-discovery';
import type { ChatRequest, JsonObject, StreamEvent } from '@openclaw/provider';
import type { AllowsModel } from './allowed-models.ts';
import type { EndpointStatus } from './balancing/endpoint-status.ts';
import type { ContextExceeded, ContextPlan } from './context/plan-context.ts';
import type { HiddenModelReason } from './discovery/server-inventory.ts';
import type { RequestLoad } from './request-load.ts';
import type { SharedState } from './shared-state.ts';
import type { RequestPriority } from './request-queue.ts';

/** Lists models and sends requests to them; shared by both apps. */
export interface Runtime {
  /** The current configuration. */
  readonly loaded: LoadedConfig;
  /** The usable models, the hidden models with reasons, and the providers whose discovery failed. */
  inventory(options?: InventoryOptions): Promise<Inventory>;
  /** Sends a chat request with selection, fallbacks and repair, and enforces `toolChoice`. A failure is the last event. */
  chat(request: RuntimeChatRequest, options?: { signal?: AbortSignal | undefined }): AsyncIterable<StreamEvent>;
  /** The candidates in order, each with its reason and the context that a request to it would have. */
  explain(query: ExplainQuery, options?: { signal?: AbortSignal | undefined }): Promise<Explanation>;
  /**
   * Estimates the tokens of a prompt, calibrated by what the server of its first candidate has counted before. Nothing is sent to a
   * model.
   * @throws {ProviderError} if no model can be used
   */
  countTokens(request: RuntimeChatRequest, options?: { signal?: AbortSignal | undefined }): Promise<number>;
  /**
   * The model that a name means, regardless of circuits: of an agent, its primary model.
   * @throws {ProviderError} `model-not-found`, or why the list of its server is not available
   */
  findModel(name: string, options?: FindModelOptions): Promise<CatalogModel>;
  /** What its Ollama server reports about a model; `undefined` if it has not been discovered. */
  describeModel(model: CatalogModel): DiscoveredModel | undefined;
  /** The providers whose server is an Ollama. */
  ollamaServers(): readonly OllamaServer[];
  /**
   * Sends a request to the native API of an Ollama server, and returns its response, whatever its status.
   * @throws {ProviderError} if there is no response
   */
  requestOllama(request: OllamaRequest, options?: { signal?: AbortSignal | undefined }): Promise<OllamaResponse>;
  /**
   * Passes a body to the provider of the model, and returns its response unchanged. Text completions of an agent use its
   * fallbacks. Embeddings never do: vectors of two models do not fit together.
   */
  passThrough(
    request: PassThroughRequest,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<PassThroughResponse>;
  /** Circuits that are not closed, and those with recent failures. */
  circuits(): readonly CircuitStatus[];
  /** The load of the providers that had at least one request. */
  loads(): readonly RequestLoad[];
  /**
   * Shares circuits and permits with other processes from now on. Circuits known so far are forgotten. A circuit breaker
   * that was given to `createRuntime` stays as it is.
   */
  share(state: SharedState): void;
  /** The endpoints of the providers whose configuration lists them. */
  endpoints(): readonly EndpointStatus[];
  /** Applies another configuration to new requests. Circuits are kept, except those of changed providers. */
  reload(loaded: LoadedConfig): void;
  /** Waits for running requests and for a cache that is being written, then closes the connections. */
  close(): Promise<void>;
}

/** Who a request is from, and how it is queued. */
export interface RequestClient {
  /** Identifies the client, for fair queueing. */
  readonly client?: string;
  /** `batch` requests start when no `interactive` one is queued, or after they waited for a minute. @default 'interactive' */
  readonly priority?: RequestPriority;
  /** How long the request may be queued. One that cannot start in time fails as `overloaded`. @default no limit */
  readonly startWithinMs?: number;
  /** The models that the client may use. @default all */
  readonly allows?: AllowsModel;
  /** The trace context that requests to model servers carry: `traceparent`. @default none */
  readonly traceHeaders?: Readonly<Record<string, string>>;
}

export interface FindModelOptions {
  readonly allows?: AllowsModel | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A chat request before selection. */
export interface RuntimeChatRequest extends ChatRequest, RequestClient {
  /**
   * A reference, an alias, a bare name that is unique, or `openclaw`, `openclaw/default`, `openclaw/<agent>`. Absent:
   * the agent's default model.
   */
  readonly model?: string;
  /** @default the default agent */
  readonly agent?: string;
  /** Whether a named model uses the configured fallbacks. @default false */
  readonly allowFallbacks?: boolean;
  /** Overrides the `streaming` setting of the model. */
  readonly streaming?: boolean;
  /** Streams from a model whose settings do not say otherwise, for a person who reads along. @default the provider's default */
  readonly prefersStreaming?: boolean | undefined;
  /**
   * Holds the answer back until its end: if it is cut, the next endpoint or model is asked, as nothing of it was
   * delivered. Reading an answer with `message()` or `text()` implies it. @default false
   */
  readonly wholeAnswer?: boolean;
  /** Identifies the conversation: an endpoint that served it last has most of its prompt in memory. Not sent to models. */
  readonly session?: string | undefined;
}

export interface InventoryOptions {
  readonly signal?: AbortSignal | undefined;
  /** Limits discovery to this provider. */
  readonly provider?: string | undefined;
  /** Ignores the cache. @default false */
  readonly refresh?: boolean | undefined;
}

export interface Inventory {
  readonly models: readonly CatalogModel[];
  readonly hidden: readonly HiddenCatalogModel[];
  readonly problems: readonly ProviderProblem[];
}

/** A model that is not offered. A request may name it all the same. */
export interface HiddenCatalogModel {
  readonly ref: string;
  readonly endpoint: string;
  readonly model: CatalogModel;
  readonly code: HiddenModelReason;
  /** For people: the reason, and what to do next. */
  readonly reason: string;
}

/**
 * `unreachable`: the list of its models could not be loaded, which may succeed later. `unlisted`: no models are listed
 * for it. `unusable`: its configuration is wrong. `not-enabled`: it is running, but the configuration does not use it.
 */
export type ProviderProblemCode = 'unreachable' | 'unlisted' | 'unusable' | 'not-enabled';

/** Why models of a provider are missing. */
export interface ProviderProblem {
  readonly provider: string;
  /** The name of the endpoint, if the provider has several. */
  readonly endpoint?: string;
  readonly code: ProviderProblemCode;
  readonly url: string;
  /** For people: the URL and the failure. */
  readonly message: string;
  /** The next command to run, `ollama serve`. */
  readonly nextCommand?: string;
  /** Whether the last known models are shown instead of current ones. */
  readonly stale: boolean;
}

export interface ExplainQuery {
  readonly model?: string;
  readonly agent?: string;
  readonly allowFallbacks?: boolean;
  readonly needsTools?: boolean;
  readonly needsImages?: boolean;
  /** The length of the prompt, for the planned context. @default 500 */
  readonly promptTokens?: number;
}

/** A plan, and how requests to its models of Ollama would be sent, by reference. */
export interface Explanation extends Plan {
  /** For each model with several endpoints: where a request would go now. */
  readonly endpoints: ReadonlyMap<string, readonly ExplainedEndpoint[]>;
  readonly contexts: ReadonlyMap<string, ExplainedContext>;
}

/** An endpoint that may answer a request. */
export interface ExplainedEndpoint extends Pick<EndpointState, 'weight' | 'circuit' | 'outstanding' | 'queued'> {
  readonly name: string;
  readonly url: string;
  /** Whether it has the model in memory; `undefined` if its server does not report it. */
  readonly loaded: boolean | undefined;
  /** Why it would be chosen. Absent if it would not. */
  readonly chosen?: TargetReason;
}

/** How a request to an Ollama model would be sent. */
export interface ExplainedContext {
  /** The largest context that the model may be loaded with; absent if it is not known. */
  readonly window: number | undefined;
  readonly plan: ContextPlan | ContextExceeded;
}

export interface PassThroughRequest extends RequestClient {
  readonly model: string;
  readonly path: 'embeddings' | 'completions';
  /** The client's body; `model` is replaced by the provider's own name. */
  readonly body: JsonObject;
}

export interface PassThroughResponse {
  /** Full reference of the model that answers. */
  readonly model: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** An Ollama server. */
export interface OllamaServer {
  /** Id of the provider. */
  readonly provider: string;
  /** The name of the endpoint, if the configuration lists those of the provider. */
  readonly endpoint?: string;
  /** Root of `/api/…`, without credentials. */
  readonly url: string;
}

/** A request to the native API of an Ollama server. */
export interface OllamaRequest extends Omit<RequestClient, 'allows'> {
  readonly provider: string;
  /** The name of an endpoint of the provider. @default one that has the model of the body, otherwise the first */
  readonly endpoint?: string | undefined;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  /** Below the root: `/api/show`. */
  readonly path: string;
  /** JSON, or the bytes of a file. */
  readonly body?: JsonObject | AsyncIterable<Uint8Array>;
  /** Whether a model works for it: it then waits for its turn like a chat. @default false */
  readonly queued?: boolean;
}

export interface OllamaResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: AsyncIterable<Uint8Array>;
}
