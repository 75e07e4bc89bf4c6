import type { LoadedConfig } from '@openclaw/config';
import type { CatalogModel, CircuitStatus, Plan } from '@openclaw/model-selection';
import type { ChatRequest, JsonObject, StreamEvent } from '@openclaw/provider';
import type { RequestLoad } from './request-limiter.ts';

/** What both apps need: the models there are, and answers from them. */
export interface Runtime {
  /** The configuration in force. */
  readonly loaded: LoadedConfig;
  /** Which models can be used, which are hidden and why, and which providers could not be asked. */
  inventory(options?: InventoryOptions): Promise<Inventory>;
  /** Answers a chat request with selection, fallbacks and repair, and enforces `toolChoice`. A failure is the last event. */
  chat(request: RuntimeChatRequest, options?: { signal?: AbortSignal | undefined }): AsyncIterable<StreamEvent>;
  /** The order in which models would be asked, each with its reason. */
  explain(query: ExplainQuery, options?: { signal?: AbortSignal | undefined }): Promise<Plan>;
  /** Hands a body to the provider that has the model and its answer back, both as they are. */
  passThrough(
    request: PassThroughRequest,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<PassThroughResponse>;
  /** Circuits that are not closed, and those with recent failures. */
  circuits(): readonly CircuitStatus[];
  /** How busy the providers are that were asked at least once. */
  loads(): readonly RequestLoad[];
  /** Puts another configuration in force for requests that start from now on. Circuits are kept, but for providers that changed. */
  reload(loaded: LoadedConfig): void;
  /** Closes idle connections. Running requests end first. */
  close(): Promise<void>;
}

/** A chat request before selection. */
export interface RuntimeChatRequest extends ChatRequest {
  /** A reference, an alias, a bare name that is unique, or `openclaw`, `openclaw/default`, `openclaw/<agent>`. Absent: the agent's default model. */
  readonly model?: string;
  /** @default the default agent */
  readonly agent?: string;
  /** Whether the configured fallbacks also stand behind a model that was named. @default false */
  readonly allowFallbacks?: boolean;
  /** Overrides the per-model setting of how the server is asked. */
  readonly streaming?: boolean;
  /** Whose request it is, where a provider has a queue: clients take turns there. */
  readonly client?: string;
}

export interface InventoryOptions {
  readonly signal?: AbortSignal | undefined;
  /** Ask only this provider. */
  readonly provider?: string | undefined;
  /** Ask again even when a fresh answer is remembered. @default false */
  readonly refresh?: boolean | undefined;
}

export interface Inventory {
  readonly models: readonly CatalogModel[];
  readonly hidden: readonly HiddenCatalogModel[];
  readonly problems: readonly ProviderProblem[];
}

/** A model that a server has and that is not offered. */
export interface HiddenCatalogModel {
  readonly ref: string;
  readonly endpoint: string;
  /** For people: why, and what to do about it. */
  readonly reason: string;
}

/** A provider that could not be asked for its models. */
export interface ProviderProblem {
  readonly provider: string;
  readonly url: string;
  /** For people: which URL was tried and what went wrong. */
  readonly message: string;
  /** The next command to run, `ollama serve`. */
  readonly nextCommand?: string;
  /** Whether the last known models are shown in place of current ones. */
  readonly stale: boolean;
}

export interface ExplainQuery {
  readonly model?: string;
  readonly agent?: string;
  readonly allowFallbacks?: boolean;
  readonly needsTools?: boolean;
  readonly needsImages?: boolean;
}

export interface PassThroughRequest {
  readonly model: string;
  readonly path: 'embeddings' | 'completions';
  /** The client's body; `model` is replaced by the provider's own name. */
  readonly body: JsonObject;
  /** Whose request it is, where a provider has a queue. */
  readonly client?: string;
}

export interface PassThroughResponse {
  /** Full reference of the model that answers. */
  readonly model: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: AsyncIterable<Uint8Array>;
}
