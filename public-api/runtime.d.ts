import { ProviderConfig, OpenClawConfigInput } from '@openclaw/config';
export { ConfigError, OpenClawConfigInput } from '@openclaw/config';
import { ChatRequest, JsonObject, EventStream, CollectedMessage } from '@openclaw/provider';
export { ProviderError, isProviderError } from '@openclaw/provider';
import { EndpointState, TargetReason, Plan, CatalogModel } from '@openclaw/model-selection';
import { HiddenReason } from '@openclaw/ollama-discovery';

/** Whether a client may use a model, by its full reference. */
type AllowsModel = (ref: string) => boolean;

/** The API by which a server is asked for answers: chat completions below `/v1`, or Ollama's native one. */
type ServerApi = NonNullable<ProviderConfig['api']>;

/** How a request is sent. */
interface ContextPlan {
    readonly type: 'plan';
    readonly api: ServerApi;
    /** The context length to load the model with, in tokens. Absent: what the server has loaded, or loads by itself. */
    readonly numCtx?: number;
    /** For people. */
    readonly reason: string;
}
/** The prompt does not fit, whatever the model is loaded with. */
interface ContextExceeded {
    readonly type: 'exceeded';
    readonly neededTokens: number;
    readonly contextTokens: number;
}

/** `not-chat`: it is for images or speech, as servers other than Ollama have. */
type HiddenModelReason = HiddenReason | 'not-chat';

/** `batch` requests start when no `interactive` one is waiting, or when they have waited long. */
type RequestPriority = 'interactive' | 'batch';

/** Who a request is from, and how it is queued. */
interface RequestClient {
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
/** A chat request before selection. */
interface RuntimeChatRequest extends ChatRequest, RequestClient {
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
interface InventoryOptions {
    readonly signal?: AbortSignal | undefined;
    /** Limits discovery to this provider. */
    readonly provider?: string | undefined;
    /** Ignores the cache. @default false */
    readonly refresh?: boolean | undefined;
}
interface Inventory {
    readonly models: readonly CatalogModel[];
    readonly hidden: readonly HiddenCatalogModel[];
    readonly problems: readonly ProviderProblem[];
}
/** A model that is not offered. A request may name it all the same. */
interface HiddenCatalogModel {
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
type ProviderProblemCode = 'unreachable' | 'unlisted' | 'unusable' | 'not-enabled';
/** Why models of a provider are missing. */
interface ProviderProblem {
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
interface ExplainQuery {
    readonly model?: string;
    readonly agent?: string;
    readonly allowFallbacks?: boolean;
    readonly needsTools?: boolean;
    readonly needsImages?: boolean;
    /** The length of the prompt, for the planned context. @default 500 */
    readonly promptTokens?: number;
}
/** A plan, and how requests to its models of Ollama would be sent, by reference. */
interface Explanation extends Plan {
    /** For each model with several endpoints: where a request would go now. */
    readonly endpoints: ReadonlyMap<string, readonly ExplainedEndpoint[]>;
    readonly contexts: ReadonlyMap<string, ExplainedContext>;
}
/** An endpoint that may answer a request. */
interface ExplainedEndpoint extends Pick<EndpointState, 'weight' | 'circuit' | 'outstanding' | 'queued'> {
    readonly name: string;
    readonly url: string;
    /** Whether it has the model in memory; `undefined` if its server does not report it. */
    readonly loaded: boolean | undefined;
    /** Why it would be chosen. Absent if it would not. */
    readonly chosen?: TargetReason;
}
/** How a request to an Ollama model would be sent. */
interface ExplainedContext {
    /** The largest context that the model may be loaded with; absent if it is not known. */
    readonly window: number | undefined;
    readonly plan: ContextPlan | ContextExceeded;
}
interface PassThroughRequest extends RequestClient {
    readonly model: string;
    readonly path: 'embeddings' | 'completions';
    /** The client's body; `model` is replaced by the provider's own name. */
    readonly body: JsonObject;
}
interface PassThroughResponse {
    /** Full reference of the model that answers. */
    readonly model: string;
    readonly status: number;
    readonly contentType: string;
    readonly body: AsyncIterable<Uint8Array>;
}

/** Models by configuration: with selection, fallbacks, circuit breakers, queues, context planning and repair. */
interface OpenClaw {
    /**
     * Sends a chat request to the chosen model, and to its fallbacks if it fails. Nothing is sent before the answer is
     * read. Aborting the signal, or leaving a loop over the answer, cancels the request.
     * @throws {TypeError} if the request does not have the shape of a `ChatRequest`
     */
    chat(request: RuntimeChatRequest, options?: CallOptions): ChatAnswer;
    /** The models that can be asked, those that are hidden with reasons, and the servers that could not be reached. */
    models(options?: InventoryOptions): Promise<ModelList>;
    /** Which models a request would ask, in order, each with its reason. Nothing is sent to a model. */
    explain(query?: ExplainQuery, options?: CallOptions): Promise<Explanation>;
    /**
     * Sends the body of an OpenAI embeddings or text completions request to the server of its model, unchanged.
     * @throws {ProviderError} if there is no response
     */
    passThrough(request: PassThroughRequest, options?: CallOptions): Promise<PassThroughResponse>;
    /** Waits for running requests, then closes the connections. */
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}
interface CallOptions {
    /** Cancels the call. */
    readonly signal?: AbortSignal | undefined;
}
/** The answer to a chat request: its events one by one, or all together. It can be read once. */
interface ChatAnswer extends EventStream {
    /**
     * Reads the answer to its end.
     * @throws {ProviderError} if the request failed
     */
    message(): Promise<CollectedMessage>;
    /**
     * Reads the answer to its end, and returns its text.
     * @throws {ProviderError} if the request failed
     */
    text(): Promise<string>;
}
/** What can be asked. */
interface ModelList extends Inventory {
    /** The names of agents, which mean their model with its fallbacks: `openclaw`, `openclaw/coder`. */
    readonly agents: readonly string[];
}

interface CreateOpenClawOptions {
    /** The configuration, in the shape of `openclaw.json`. @default the configuration file of the user */
    readonly config?: OpenClawConfigInput | undefined;
    /** Where variables, keys of providers and the place of the configuration file are read. @default process.env */
    readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}
/**
 * Opens the models of a configuration. No connection is opened before the first request. With `config`, no file is read
 * or written.
 * @throws {ConfigError} if the configuration is invalid
 */
declare function createOpenClaw(options?: CreateOpenClawOptions): Promise<OpenClaw>;

/**
 * Describes a failed request to a user of our command and configuration: the facts, and what to do next. Errors of the
 * libraries state facts only; every sentence that names our commands or configuration keys is in this file.
 */
declare function describeFailure(error: Error): string;

/** A model that a client API lists. */
interface ModelEntry {
    readonly type: 'model' | 'embedding-model';
    readonly model: CatalogModel;
    /** When the model was last changed on its server, or else when the configuration was read. Milliseconds since 1970. */
    readonly createdAt: number;
}
interface ModelEntriesOptions {
    /** When the configuration was read, in milliseconds since 1970. */
    readonly loadedAt: number;
}
/** The models that a client API lists: those that answer, then those for embeddings only. */
declare function modelEntries({ models, hidden }: Pick<Inventory, 'models' | 'hidden'>, { loadedAt }: ModelEntriesOptions): readonly ModelEntry[];
interface FindModelEntryOptions extends Pick<Inventory, 'problems'> {
    /** A reference, an alias, or a bare name that only one provider has. */
    readonly id: string;
}
/**
 * The entry of a model, `undefined` if there is none.
 * @throws {ProviderError} `connection-failed` if there is none, and a server that may have it could not be reached
 */
declare function findModelEntry(entries: readonly ModelEntry[], { id, problems }: FindModelEntryOptions): ModelEntry | undefined;

export { createOpenClaw, describeFailure, findModelEntry, modelEntries };
export type { CallOptions, ChatAnswer, CreateOpenClawOptions, ExplainQuery, ExplainedContext, ExplainedEndpoint, Explanation, FindModelEntryOptions, HiddenCatalogModel, InventoryOptions, ModelEntriesOptions, ModelEntry, ModelList, OpenClaw, PassThroughRequest, PassThroughResponse, ProviderProblem, ProviderProblemCode, RuntimeChatRequest };
