/** Anything JSON can say. */
type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
/** A JSON object. A key with the value `undefined` is not sent. */
interface JsonObject {
    readonly [key: string]: JsonValue | undefined;
}

/** What a chat client can ask for, in no server's dialect. Absent means: the server decides. */
interface ChatRequest {
    readonly messages: readonly ChatMessage[];
    readonly tools?: readonly ToolDefinition[];
    readonly toolChoice?: ToolChoice;
    readonly parallelToolCalls?: boolean;
    readonly responseFormat?: ResponseFormat;
    readonly temperature?: number;
    readonly topP?: number;
    /** How many of the likeliest tokens are candidates. OpenAI has no such parameter; most local servers do. */
    readonly topK?: number;
    readonly frequencyPenalty?: number;
    readonly presencePenalty?: number;
    /** The most tokens the model may say, reasoning included. */
    readonly maxTokens?: number;
    readonly stop?: readonly string[];
    readonly seed?: number;
    /** `none` switches reasoning off where the server can. Which other words exist differs from server to server. */
    readonly reasoningEffort?: string;
    /** Further keys of the request body. */
    readonly raw?: RawValue;
    /** Further keys that a configuration sets, maybe in the words of another API than `raw`. A key of `raw` wins. */
    readonly rawDefaults?: RawValue;
}
/**
 * What a client or a configuration says in the words of one API and this contract has no field for. A server of the same
 * API receives it; for other servers it means nothing. It never repeats or overrides what the contract does have a field for.
 */
interface RawValue {
    /** The API: `openai-chat` is OpenAI's chat completions. */
    readonly dialect: string;
    /** Keys beside those that the contract stands for, nested as in that API. */
    readonly value: JsonObject;
}
/** One turn of a conversation. */
type ChatMessage = SystemMessage | UserMessage | AssistantMessage | ToolMessage;
/** Instructions that stand above the conversation. */
interface SystemMessage {
    readonly role: 'system';
    readonly content: string | readonly TextPart[];
    readonly raw?: RawValue;
}
/** What the person said. */
interface UserMessage {
    readonly role: 'user';
    readonly content: string | readonly ContentPart[];
    readonly raw?: RawValue;
}
/** What the model said, tool calls included. */
interface AssistantMessage {
    readonly role: 'assistant';
    readonly content: string | readonly TextPart[];
    readonly reasoning?: string;
    readonly toolCalls?: readonly ToolCall[];
    readonly raw?: RawValue;
}
/** The result of the tool call with this id. */
interface ToolMessage {
    readonly role: 'tool';
    readonly toolCallId: string;
    readonly content: string | readonly ToolContentPart[];
    readonly raw?: RawValue;
}
/** A piece of a user's message. */
type ContentPart = TextPart | ImagePart | RawPart;
/** A piece of a tool's result. APIs that take no images there receive them in a user message behind the results. */
type ToolContentPart = TextPart | ImagePart;
interface TextPart {
    readonly type: 'text';
    readonly text: string;
    /** Whether an assistant refused with these words. */
    readonly refusal?: boolean;
    readonly raw?: RawValue;
}
interface ImagePart {
    readonly type: 'image';
    /** A `data:` URL, or an `http(s):` URL for servers that fetch images themselves. */
    readonly url: string;
    readonly detail?: string;
    readonly raw?: RawValue;
}
/** A part of a kind that only one API has: audio, a file. */
interface RawPart extends RawValue {
    readonly type: 'raw';
}
/** A tool that the model may call. */
interface ToolDefinition {
    readonly name: string;
    readonly description?: string;
    /** JSON Schema of the arguments. */
    readonly parameters?: JsonObject;
    readonly strict?: boolean;
    readonly raw?: RawValue;
}
/** Whether the model may, must not, or must call a tool, or which one it must call. */
type ToolChoice = 'auto' | 'none' | 'required' | {
    readonly name: string;
};
/** What form the answer must have. `raw` is a form that only one API has: a grammar. */
type ResponseFormat = {
    readonly type: 'text';
    readonly raw?: RawValue;
} | {
    readonly type: 'json';
    readonly raw?: RawValue;
} | JsonSchemaFormat | ({
    readonly type: 'raw';
} & RawValue);
interface JsonSchemaFormat {
    readonly type: 'json-schema';
    readonly name: string;
    readonly schema: JsonObject;
    readonly description?: string;
    readonly strict?: boolean;
    readonly raw?: RawValue;
}
/** A call that the model made. `argumentsText` is JSON as the model wrote it, and may be broken. */
interface ToolCall {
    readonly id: string;
    readonly name: string;
    readonly argumentsText: string;
    readonly raw?: RawValue;
}

/** The kind of a failure. Policy tables have one row per code. */
type ProviderErrorCode = 'aborted' | 'authentication-failed' | 'billing' | 'connection-failed' | 'context-length-exceeded' | 'invalid-request' | 'invalid-response' | 'local-overload' | 'model-not-found' | 'overloaded' | 'rate-limited' | 'server-error' | 'timeout' | 'unsupported';
/** Which of the four timeouts of a request expired. */
type TimeoutClock = 'connect' | 'first-event' | 'idle' | 'total';
/** How a connection failed. */
type ConnectionFailure = 'refused' | 'reset' | 'unreachable' | 'dns' | 'tls' | 'closed';
/** The capability that a model or server lacks. */
type MissingCapability = 'tools' | 'reasoning' | 'images' | 'chat' | 'embeddings';
/** The data of a failure besides its code and message. */
interface ProviderErrorDetails {
    /** Id of the provider. */
    readonly provider?: string | undefined;
    /** The requested model, by its provider's name. */
    readonly model?: string | undefined;
    readonly url?: string | undefined;
    /** HTTP status of the response, if there was one. */
    readonly status?: number | undefined;
    /** How long the server asks to wait before a retry. */
    readonly retryAfterMs?: number | undefined;
    /**
     * For `overloaded`: the request did not leave the queue of this process, because the queue was full, or because the
     * request could not start before its deadline. Absent: the server said it.
     */
    readonly queue?: 'full' | 'deadline' | undefined;
    /** The server's message, without its envelope. */
    readonly serverMessage?: string | undefined;
    /** What the model said, if the server refused to pass it on: Groq's `failed_generation`. Not part of the JSON. */
    readonly generatedText?: string | undefined;
    /** For `timeout`: which one expired. */
    readonly clock?: TimeoutClock | undefined;
    /** For `connection-failed`: the reason. */
    readonly connection?: ConnectionFailure | undefined;
    /** For `unsupported`: the missing capability. */
    readonly capability?: MissingCapability | undefined;
    /** For `invalid-request`: the field that is wrong, as the client wrote it: `messages[2].content`. */
    readonly param?: string | undefined;
    /** For `context-length-exceeded`: how many tokens the request needs, if known. */
    readonly neededTokens?: number | undefined;
    /** For `context-length-exceeded`: how many tokens the model's context has, if known. */
    readonly contextTokens?: number | undefined;
    /** For `invalid-response`: how many tokens of the model the server counted and did not deliver. */
    readonly droppedTokens?: number | undefined;
    readonly cause?: unknown;
}
/**
 * A failed request, with a message for the person who can fix it. Retries and fallbacks are not part of it: they are
 * the policy of the caller.
 *
 * Recognise it with `isProviderError`: `instanceof` fails for an error of a second copy of this package.
 */
declare class ProviderError extends Error {
    readonly name = "ProviderError";
    readonly code: ProviderErrorCode;
    readonly provider: string | undefined;
    readonly model: string | undefined;
    readonly url: string | undefined;
    readonly status: number | undefined;
    readonly retryAfterMs: number | undefined;
    readonly queue: 'full' | 'deadline' | undefined;
    readonly serverMessage: string | undefined;
    readonly generatedText: string | undefined;
    readonly clock: TimeoutClock | undefined;
    readonly connection: ConnectionFailure | undefined;
    readonly capability: MissingCapability | undefined;
    readonly param: string | undefined;
    readonly neededTokens: number | undefined;
    readonly contextTokens: number | undefined;
    readonly droppedTokens: number | undefined;
    constructor(code: ProviderErrorCode, message: string, details?: ProviderErrorDetails);
    /** All fields as JSON, with the message of the cause. Credentials in URLs are removed. */
    toJSON(): JsonObject;
}
/** Whether a value is a `ProviderError`, also one of another copy or version of this package. */
declare function isProviderError(value: unknown): value is ProviderError;

/**
 * An event of an answer. Every stream has this grammar:
 *
 * fallback* ( start content* finish | start content* error | error ) content = reasoning-delta | text-delta |
 * tool-call-start tool-call-delta* tool-call-end | repair | warning
 *
 * Exactly one of `finish` and `error` ends it, and nothing follows. Deltas are never empty. Several calls may be open
 * at the same time. Each `tool-call-delta` and `tool-call-end` has the id of an open call. All calls end before
 * `finish`. The joined deltas of a call are the `argumentsText` of its end.
 */
type StreamEvent = StartEvent | {
    readonly type: 'reasoning-delta';
    readonly text: string;
} | TextDeltaEvent | {
    readonly type: 'tool-call-start';
    readonly id: string;
    readonly name: string;
} | {
    readonly type: 'tool-call-delta';
    readonly id: string;
    readonly argumentsText: string;
} | ToolCallEndEvent | RepairEvent | WarningEvent | FallbackEvent | FinishEvent | {
    readonly type: 'error';
    readonly error: ProviderError;
};
/** The end of a complete answer. */
interface FinishEvent {
    readonly type: 'finish';
    readonly reason: FinishReason;
    readonly usage?: Usage;
    /** The stop sequence of the request that ended the text, for the reason `stop`. Most servers do not say it. */
    readonly stopSequence?: string;
}
/** The start of an answer. */
interface StartEvent {
    readonly type: 'start';
    /** The model by its server's name; after model selection the full reference, `ollama/gpt-oss:20b`. */
    readonly model: string;
    /** All attempts, the successful one last. Set by model selection only. */
    readonly attempts?: readonly Attempt[];
}
/** A part of the text. */
interface TextDeltaEvent {
    readonly type: 'text-delta';
    readonly text: string;
    /**
     * Log probabilities of the tokens of this text (`logprobs.content` of OpenAI's API), unchanged. Only if they were
     * requested. Text that was changed by a repair has none.
     */
    readonly logprobs?: readonly JsonValue[];
}
/** The end of a tool call, with all its arguments. */
interface ToolCallEndEvent {
    readonly type: 'tool-call-end';
    readonly id: string;
    readonly name: string;
    readonly argumentsText: string;
    /** Why the arguments do not match the tool's schema. Absent if they do, or if they were not checked. */
    readonly problem?: string;
}
/** A repair of the model's output. It precedes the events that it explains. */
interface RepairEvent {
    readonly type: 'repair';
    readonly repair: RepairKind;
    /** A description for people. */
    readonly detail: string;
}
/**
 * A tool call written as text; reasoning tags in the answer; marks of the chat template around the answer; arguments that were not JSON, or not of the schema's
 * types; a request that its server refused and that was sent again without what it refuses.
 */
type RepairKind = 'tool-call-from-text' | 'reasoning-from-tags' | 'answer-marks' | 'arguments-json' | 'arguments-types' | 'request-adapted';
/** The answer may not be what was asked for, and cannot be repaired. It may come late in a stream. */
interface WarningEvent {
    readonly type: 'warning';
    readonly warning: WarningKind;
    /** A description for people: what happened, and what to do next. */
    readonly detail: string;
}
/** The server cut the prompt; the server cut the beginning of the conversation while it answered. */
type WarningKind = 'prompt-truncated' | 'context-shifted';
/** A model failed and the next one follows. Only before `start`. */
interface FallbackEvent {
    readonly type: 'fallback';
    readonly failed: Attempt;
    /** Full reference of the next model: of the same one if another endpoint of its provider is tried. */
    readonly next: string;
    /** The name of the endpoint that is tried next, if its provider has several. */
    readonly nextEndpointName?: string;
}
/** One request to one model. */
interface Attempt {
    /** Full reference, `ollama/gpt-oss:20b`. */
    readonly model: string;
    /** The base URL of the model's server. */
    readonly endpoint: string;
    /** The configured name of the endpoint, if the provider has several. */
    readonly endpointName?: string;
    /** `ok`, or why it failed; `skipped` if no request was sent because a circuit is open. */
    readonly outcome: ProviderErrorCode | 'ok' | 'skipped';
    /** For `connection-failed`: the reason. */
    readonly connection?: ConnectionFailure;
    /** The failure, for people. Absent for `ok`. */
    readonly message?: string;
    /** From the start of this attempt to its outcome. */
    readonly durationMs: number;
}
/** Why the model stopped: done, cut at a limit, tool calls, content filter, or another reason. */
type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other';
/** The server's token counts. */
interface Usage {
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly totalTokens: number;
    readonly cachedInputTokens?: number;
    readonly reasoningTokens?: number;
    /** Time in milliseconds to load the model. Ollama's native API only, as the two below. */
    readonly loadMs?: number;
    /** Time in milliseconds to read the prompt, without the part that was cached. */
    readonly promptMs?: number;
    /** Time in milliseconds to write the answer. */
    readonly outputMs?: number;
}

/**
 * Answers chat requests: a server, a pool of servers, a script in a test. What else a provider may be able to do has interfaces of
 * its own: `PassThrough`, `Embeddings`, `Closable`.
 */
interface Provider {
    /** As in the configuration and in references: `ollama`. */
    readonly id: string;
    /**
     * Asks a model. Nothing happens before the first pull. A failure is the last event; only a bug throws. Leaving the
     * loop (`break`, `return()`) or aborting the signal closes the connection; an abort ends the stream with an `aborted` error.
     *
     * A whole answer (`streaming: false`) is a stream too: as an `EventStream` it returns all events with its first pull, so that each layer
     * costs one promise. A failure among them says that the answer did not end well, before any of it was delivered.
     * @throws {TypeError} at once, if the request does not have the shape of a `ChatRequest`: see `checkChatRequest`
     */
    stream(request: ProviderRequest, options?: StreamOptions): AsyncIterable<StreamEvent>;
}
/** A chat request, addressed. */
interface ProviderRequest extends ChatRequest {
    /** As the provider names it: `gpt-oss:20b`. */
    readonly model: string;
    /**
     * Whether the server is asked for a stream or for one body. The events have the same meaning either way.
     * @default the provider decides: `@openclaw/provider-openai-compat` asks Ollama for one body and other servers for a stream
     */
    readonly streaming?: boolean;
    /**
     * The context length in tokens that the server loads the model with. Only for APIs that can set it (Ollama's native
     * API: `num_ctx`); others ignore it.
     */
    readonly contextLength?: number;
    /** How long the server keeps the model loaded afterwards: seconds, or `5m`; a negative value means for ever. Only for Ollama. */
    readonly keepAlive?: number | string;
}
/** How a request is carried out. */
interface StreamOptions {
    readonly signal?: AbortSignal | undefined;
    /** Clocks for this request; those left out are the provider's. */
    readonly timeouts?: Partial<Timeouts> | undefined;
    /** Further HTTP headers of this request, in lower case, such as `traceparent`. Those of the provider win. */
    readonly headers?: Readonly<Record<string, string>> | undefined;
}
/** The four clocks of a request. `0` switches a clock off. */
interface Timeouts {
    /** From the request to an open connection. */
    readonly connectMs: number;
    /** From the sent request to the first event of the answer. A cold load of a local model is inside this. */
    readonly firstEventMs: number;
    /** Between two events. */
    readonly idleMs: number;
    /** From the request to the end of the answer. */
    readonly totalMs: number;
}

/** An optional ability of a provider: requests that are not chat, such as embeddings, go to its server as they are. */
interface PassThrough {
    /**
     * Sends a JSON body to a path below the base URL: `post('embeddings', body)`. The response is returned whatever its status.
     * @throws {ProviderError} when there is no response: connection, timeout, abort
     */
    post(path: string, body: unknown, options?: StreamOptions): Promise<PassedResponse>;
}
/** A response as the server gave it. */
interface PassedResponse {
    readonly status: number;
    readonly contentType: string;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: AsyncIterable<Uint8Array>;
}
/** An optional ability of a provider: texts become vectors. */
interface Embeddings {
    /**
     * Embeds texts. A text that does not fit into the model's context is an error; it is never cut.
     * @throws {ProviderError} for every failure
     */
    embed(request: EmbeddingRequest, options?: StreamOptions): Promise<EmbeddingResult>;
}
/** Texts to embed. Absent means: the server decides. */
interface EmbeddingRequest {
    /** As the provider names it: `nomic-embed-text`. */
    readonly model: string;
    readonly input: readonly string[];
    /** The length of the vectors, for models that can shorten them. */
    readonly dimensions?: number;
    /** See `ProviderRequest.contextLength`. */
    readonly contextLength?: number;
    /** See `ProviderRequest.keepAlive`. */
    readonly keepAlive?: number | string;
    /** Further keys of the request body. */
    readonly raw?: RawValue;
}
/** The vectors of an `EmbeddingRequest`. */
interface EmbeddingResult {
    /** The model by its server's name. */
    readonly model: string;
    /** One for each text, in their order. */
    readonly embeddings: readonly (readonly number[])[];
    readonly usage?: Usage;
}
/** An optional ability of a provider: it holds connections or other resources that can be closed. */
interface Closable {
    /** Closes what the provider opened itself. Requests that are running fail. */
    close(): Promise<void>;
}
/** Whether a provider has the ability `PassThrough`. */
declare function canPassThrough<P extends Provider>(provider: P): provider is P & PassThrough;
/** Whether a provider has the ability `Embeddings`. */
declare function canEmbed<P extends Provider>(provider: P): provider is P & Embeddings;
/** Whether a provider has the ability `Closable`. */
declare function isClosable<P extends Provider>(provider: P): provider is P & Closable;

/**
 * Checks of what callers in plain JavaScript pass, at the functions that take it. A wrong shape is a bug of the caller, and would
 * otherwise be sent to a server, or fail far from its cause.
 */
interface CheckOptions {
    /** The function that was called: `provider.stream`. */
    readonly caller: string;
}
/**
 * Checks the parts of a `ChatRequest` that are often written in OpenAI's shape: messages and tools. Each message is looked
 * at once.
 * @throws {TypeError} naming what is wrong, and what is expected
 */
declare function checkChatRequest(request: unknown, { caller }: CheckOptions): void;
/**
 * Checks the tools of a request.
 * @throws {TypeError} naming the tool that is wrong, and what is expected
 */
declare function checkTools(tools: unknown, { caller, path }: CheckOptions & {
    readonly path?: string;
}): void;
/**
 * Checks that a value can be read with `for await`.
 * @throws {TypeError} naming what came, and what is expected
 */
declare function checkEvents(events: unknown, { caller }: CheckOptions): void;
/** @throws {TypeError} always: `chat: \`request.messages\` is missing. Expected an array, …` */
declare function failArgument(caller: string, { path, value, found, expected }: WrongArgument): never;
interface WrongArgument {
    /** From the name of the argument: `request.tools[0]`. */
    readonly path: string;
    readonly value: unknown;
    /** What came, if that says more than its type. */
    readonly found?: string | undefined;
    readonly expected: string;
}

/** A whole answer. */
interface CollectedMessage {
    readonly model: string;
    readonly text: string;
    readonly reasoning: string;
    readonly toolCalls: readonly CollectedToolCall[];
    readonly finishReason: FinishReason;
    readonly usage?: Usage;
    /** The stop sequence that ended the text, if the server says it. */
    readonly stopSequence?: string;
    /** Log probabilities of the tokens of the text, if they were requested: see `TextDeltaEvent`. */
    readonly logprobs?: readonly JsonValue[];
    readonly repairs: readonly RepairEvent[];
    readonly warnings: readonly WarningEvent[];
    /** All attempts; empty without model selection. */
    readonly attempts: readonly Attempt[];
}
/** A tool call, and the problem with its arguments, if any. */
interface CollectedToolCall extends ToolCall {
    readonly problem?: string;
}
interface CollectOptions {
    /** Maximum characters of text, reasoning and tool calls together. More is `invalid-response`. @default 64 Mi */
    readonly maxCharacters?: number | undefined;
    /** Called with each event, before it is joined to the others. */
    readonly onEvent?: ((event: StreamEvent) => void) | undefined;
}
/**
 * Reads a stream of events to its end.
 * @throws {ProviderError} the error of a stream that failed; `invalid-response` if the stream is incomplete or too
 * long.
 */
declare function collectMessage(events: AsyncIterable<StreamEvent>, { onEvent, maxCharacters }?: CollectOptions): Promise<CollectedMessage>;

/**
 * The events of one answer: one by one for a loop, or in batches with `pull`. The events of one read from the server
 * stay together, so that a layer costs one promise per read, and one promise in all for a whole answer.
 */
interface EventStream extends AsyncIterableIterator<StreamEvent, void, undefined> {
    /** Waits for the next events and returns all that arrived together. An empty list is the end. */
    pull(): Promise<readonly StreamEvent[]>;
    /** Ends the stream, also during a pull. Resolves when the source is closed. */
    return(): Promise<IteratorReturnResult<void>>;
    [Symbol.asyncDispose](): Promise<void>;
}
/** The source of a stream. */
interface EventStreamSource {
    /** Waits for the next events. Not called during another pull, nor after `finish`, `error` or an empty list. */
    pull(): Promise<readonly StreamEvent[]>;
    /** Called once: when the stream is over, or at once when the consumer leaves, also during a pull. */
    close(): Promise<unknown> | void;
}
/** Creates a stream. The first pull of the consumer starts it. An error of `pull` closes the source and is rethrown. */
declare function createEventStream(source: EventStreamSource): EventStream;
/** Turns any events into an `EventStream`. An `EventStream` is returned unchanged. */
declare function openEventStream(events: AsyncIterable<StreamEvent>): EventStream;

export { ProviderError, canEmbed, canPassThrough, checkChatRequest, checkEvents, checkTools, collectMessage, createEventStream, failArgument, isClosable, isProviderError, openEventStream };
export type { AssistantMessage, Attempt, ChatMessage, ChatRequest, CheckOptions, Closable, CollectOptions, CollectedMessage, CollectedToolCall, ConnectionFailure, ContentPart, EmbeddingRequest, EmbeddingResult, Embeddings, EventStream, EventStreamSource, FallbackEvent, FinishEvent, FinishReason, ImagePart, JsonObject, JsonSchemaFormat, JsonValue, MissingCapability, PassThrough, PassedResponse, Provider, ProviderErrorCode, ProviderErrorDetails, ProviderRequest, RawPart, RawValue, RepairEvent, RepairKind, ResponseFormat, StartEvent, StreamEvent, StreamOptions, SystemMessage, TextDeltaEvent, TextPart, TimeoutClock, Timeouts, ToolCall, ToolCallEndEvent, ToolChoice, ToolContentPart, ToolDefinition, ToolMessage, Usage, UserMessage, WarningEvent, WarningKind, WrongArgument };
