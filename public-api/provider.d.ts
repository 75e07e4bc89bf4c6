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
    readonly frequencyPenalty?: number;
    readonly presencePenalty?: number;
    /** The most tokens the model may say, reasoning included. */
    readonly maxTokens?: number;
    readonly stop?: readonly string[];
    readonly seed?: number;
    /** `none` switches reasoning off where the server can. Which other words exist differs from server to server. */
    readonly reasoningEffort?: string;
    /** Keys that only one server knows, put into the request body untouched. They win over the fields above. */
    readonly extraBody?: JsonObject;
}
/** One turn of a conversation. `extraFields` holds keys that only one server knows; they are sent as they are. */
type ChatMessage = SystemMessage | UserMessage | AssistantMessage | ToolMessage;
/** Instructions that stand above the conversation. */
interface SystemMessage {
    readonly role: 'system';
    readonly content: string;
    readonly extraFields?: JsonObject;
}
/** What the person said. */
interface UserMessage {
    readonly role: 'user';
    readonly content: string | readonly ContentPart[];
    readonly extraFields?: JsonObject;
}
/** What the model said, tool calls included. */
interface AssistantMessage {
    readonly role: 'assistant';
    readonly content: string;
    readonly reasoning?: string;
    readonly toolCalls?: readonly ToolCall[];
    readonly extraFields?: JsonObject;
}
/** What a tool answered to the call with this id. */
interface ToolMessage {
    readonly role: 'tool';
    readonly toolCallId: string;
    readonly content: string;
    readonly extraFields?: JsonObject;
}
/** A piece of a user's message. `other` is a part that only one server knows, sent as it is. */
type ContentPart = {
    readonly type: 'text';
    readonly text: string;
} | {
    readonly type: 'image';
    /** A `data:` URL, or an `http(s):` URL for servers that fetch images themselves. */
    readonly url: string;
    readonly detail?: string;
} | {
    readonly type: 'other';
    readonly part: JsonObject;
};
/** A tool that the model may call. */
interface ToolDefinition {
    readonly name: string;
    readonly description?: string;
    /** JSON Schema of the arguments. */
    readonly parameters?: JsonObject;
    readonly strict?: boolean;
}
/** Whether the model may, must not, or must call a tool, or which one it must call. */
type ToolChoice = 'auto' | 'none' | 'required' | {
    readonly name: string;
};
/** What form the answer must have. */
type ResponseFormat = {
    readonly type: 'text';
} | {
    readonly type: 'json';
} | {
    readonly type: 'json-schema';
    readonly name: string;
    readonly schema: JsonObject;
    readonly description?: string;
    readonly strict?: boolean;
};
/** A call that the model made. `argumentsText` is JSON as the model wrote it, and may be broken. */
interface ToolCall {
    readonly id: string;
    readonly name: string;
    readonly argumentsText: string;
}

/** What kind of thing went wrong. Policy tables have one row per code. */
type ProviderErrorCode = 'aborted' | 'authentication-failed' | 'billing' | 'connection-failed' | 'context-length-exceeded' | 'invalid-request' | 'invalid-response' | 'local-overload' | 'model-not-found' | 'overloaded' | 'rate-limited' | 'server-error' | 'timeout' | 'unsupported';
/** Which of the four clocks of a request ran out. */
type TimeoutClock = 'connect' | 'first-event' | 'idle' | 'total';
/** How a connection failed. */
type ConnectionFailure = 'refused' | 'reset' | 'unreachable' | 'dns' | 'tls' | 'closed';
/** What the server cannot do, or does not find. */
type MissingCapability = 'tools' | 'reasoning' | 'images' | 'chat' | 'embeddings';
/** What is known of a failure beside its code and message. */
interface ProviderErrorDetails {
    /** Id of the provider that was asked. */
    readonly provider?: string | undefined;
    /** The model that was asked, as the provider names it. */
    readonly model?: string | undefined;
    readonly url?: string | undefined;
    /** HTTP status of the answer, when there was one. */
    readonly status?: number | undefined;
    /** How long the server asked us to wait. */
    readonly retryAfterMs?: number | undefined;
    /** The server's own words, unwrapped. */
    readonly serverMessage?: string | undefined;
    /** For `timeout`: the clock that ran out. */
    readonly clock?: TimeoutClock | undefined;
    /** For `connection-failed`: how. */
    readonly connection?: ConnectionFailure | undefined;
    /** For `unsupported`: what is missing. */
    readonly capability?: MissingCapability | undefined;
    readonly cause?: unknown;
}
/**
 * A request that failed, in words for the person who can fix it. It says what happened and not what to do about it:
 * whether to retry or to ask another model is the caller's policy.
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
    readonly serverMessage: string | undefined;
    readonly clock: TimeoutClock | undefined;
    readonly connection: ConnectionFailure | undefined;
    readonly capability: MissingCapability | undefined;
    constructor(code: ProviderErrorCode, message: string, details?: ProviderErrorDetails);
    /** All fields as JSON data, the cause by its message. Credentials inside URLs are left out. */
    toJSON(): JsonObject;
}
/** Whether a value is a `ProviderError`, also one of another copy or version of this package. */
declare function isProviderError(value: unknown): value is ProviderError;

/**
 * What happens while a model answers. Every stream keeps this grammar:
 *
 *     fallback* ( start said* finish | start said* error | error )
 *     said = reasoning-delta | text-delta | tool-call-start tool-call-delta* tool-call-end | repair
 *
 * Exactly one of `finish` and `error` ends it, and nothing follows. Deltas are never empty. Calls may be open side by
 * side; each `tool-call-delta` and `tool-call-end` names the id of a call that was started and has not ended, all calls
 * have ended before `finish`, and the deltas of a call joined up are the `argumentsText` of its end.
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
} | ToolCallEndEvent | RepairEvent | FallbackEvent | {
    readonly type: 'finish';
    readonly reason: FinishReason;
    readonly usage?: Usage;
} | {
    readonly type: 'error';
    readonly error: ProviderError;
};
/** The model's server has begun to answer. */
interface StartEvent {
    readonly type: 'start';
    /** The model that answers, as its server names it; after selection the full reference, `ollama/gpt-oss:20b`. */
    readonly model: string;
    /** Every attempt that this answer took, the answering one last. Set by selection only. */
    readonly attempts?: readonly Attempt[];
}
/** A piece of the answer. */
interface TextDeltaEvent {
    readonly type: 'text-delta';
    readonly text: string;
    /**
     * What the server told of each token of this text (`logprobs.content` of OpenAI's API), as it told it. Only when it was
     * asked for; text that a repair has put together anew has none.
     */
    readonly logprobs?: readonly JsonValue[];
}
/** A tool call is whole. */
interface ToolCallEndEvent {
    readonly type: 'tool-call-end';
    readonly id: string;
    readonly name: string;
    readonly argumentsText: string;
    /** Why the arguments are not what the tool's schema asks for. Absent when they fit, or nobody looked. */
    readonly problem?: string;
}
/** Something that the model said by mistake was put right; it stands before the events that it explains. */
interface RepairEvent {
    readonly type: 'repair';
    readonly repair: RepairKind;
    /** What was done, for people. */
    readonly detail: string;
}
/** A tool call written as text; reasoning tags in the answer; arguments that were not JSON, or not of the schema's types. */
type RepairKind = 'tool-call-from-text' | 'reasoning-from-tags' | 'arguments-json' | 'arguments-types';
/** A model could not answer and the next one is asked. Only before `start`. */
interface FallbackEvent {
    readonly type: 'fallback';
    readonly failed: Attempt;
    /** Full reference of the model that is asked next. */
    readonly next: string;
}
/** One request to one model on the way to an answer. */
interface Attempt {
    /** Full reference, `ollama/gpt-oss:20b`. */
    readonly model: string;
    /** The base URL that was asked. */
    readonly endpoint: string;
    /** `ok`, or why it failed; `skipped` when an open circuit kept it from being asked. */
    readonly outcome: ProviderErrorCode | 'ok' | 'skipped';
    /** For `connection-failed`: how. */
    readonly connection?: ConnectionFailure;
    /** What went wrong, for people. Absent when it answered. */
    readonly message?: string;
    /** From the start of this attempt to its outcome. */
    readonly durationMs: number;
}
/** Why the model stopped: done, cut at a limit, calls to be made, refused by a filter, or a word this list lacks. */
type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other';
/** Tokens, as the server counted them. */
interface Usage {
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly totalTokens: number;
    readonly cachedInputTokens?: number;
    readonly reasoningTokens?: number;
}

/**
 * Answers chat requests: a server, a pool of servers, a script in a test. What else a provider may be able to do has interfaces of
 * its own: `PassThrough`, `Closable`.
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
}
/** How a request is carried out. */
interface StreamOptions {
    readonly signal?: AbortSignal | undefined;
    /** Clocks for this request; those left out are the provider's. */
    readonly timeouts?: Partial<Timeouts> | undefined;
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
/** An optional ability of a provider: it holds connections or other resources that can be closed. */
interface Closable {
    /** Closes what the provider opened itself. Requests that are running fail. */
    close(): Promise<void>;
}
/** Whether a provider has the ability `PassThrough`. */
declare function canPassThrough<P extends Provider>(provider: P): provider is P & PassThrough;
/** Whether a provider has the ability `Closable`. */
declare function isClosable<P extends Provider>(provider: P): provider is P & Closable;

/** A whole answer. */
interface CollectedMessage {
    readonly model: string;
    readonly text: string;
    readonly reasoning: string;
    readonly toolCalls: readonly CollectedToolCall[];
    readonly finishReason: FinishReason;
    readonly usage?: Usage;
    /** Of the tokens of the text, where the server was asked for them: see `TextDeltaEvent`. */
    readonly logprobs?: readonly JsonValue[];
    readonly repairs: readonly RepairEvent[];
    /** Every attempt that the answer took; empty when no selection was involved. */
    readonly attempts: readonly Attempt[];
}
/** A tool call, and what is wrong with its arguments when something is. */
interface CollectedToolCall extends ToolCall {
    readonly problem?: string;
}
interface CollectOptions {
    /** Most characters of text, reasoning and tool calls together. More is `invalid-response`. @default 64 Mi */
    readonly maxCharacters?: number | undefined;
    /** Told of each event as it comes, before it is joined to the others. */
    readonly onEvent?: ((event: StreamEvent) => void) | undefined;
}
/**
 * Reads a stream of events to its end.
 * @throws {ProviderError} the error of a stream that failed; `invalid-response` when the stream ended without an end, or is too long.
 */
declare function collectMessage(events: AsyncIterable<StreamEvent>, { onEvent, maxCharacters }?: CollectOptions): Promise<CollectedMessage>;

/**
 * The events of one answer: one by one for a loop, or as they come for whoever passes them on. What one read of the server
 * brought stays together, so that a layer costs one promise for it, and an answer in one piece costs one promise in all.
 */
interface EventStream extends AsyncIterableIterator<StreamEvent, void, undefined> {
    /** Waits for the next events and gives all that came with them. An empty list: nothing comes any more. */
    pull(): Promise<readonly StreamEvent[]>;
    /** Leaves the answer, in the middle of a pull too. Resolves when its source has been closed. */
    return(): Promise<IteratorReturnResult<void>>;
    [Symbol.asyncDispose](): Promise<void>;
}
/** Where the events of a stream come from. */
interface EventStreamSource {
    /** Waits for the next events; not called again before it has settled, nor after `finish`, `error` or an empty list. */
    pull(): Promise<readonly StreamEvent[]>;
    /** Called once: when the stream is over, or at once when the consumer leaves, be it in the middle of a pull. */
    close(): Promise<unknown> | void;
}
/** Makes a stream. Nothing is pulled before somebody asks. What `pull` throws closes the source and reaches the consumer. */
declare function createEventStream(source: EventStreamSource): EventStream;
/** Any events as a stream that can be pulled; a stream that can is handed back as it is. */
declare function openEventStream(events: AsyncIterable<StreamEvent>): EventStream;

export { ProviderError, canPassThrough, collectMessage, createEventStream, isClosable, isProviderError, openEventStream };
export type { AssistantMessage, Attempt, ChatMessage, ChatRequest, Closable, CollectOptions, CollectedMessage, CollectedToolCall, ConnectionFailure, ContentPart, EventStream, EventStreamSource, FallbackEvent, FinishReason, JsonObject, JsonValue, MissingCapability, PassThrough, PassedResponse, Provider, ProviderErrorCode, ProviderErrorDetails, ProviderRequest, RepairEvent, RepairKind, ResponseFormat, StartEvent, StreamEvent, StreamOptions, SystemMessage, TextDeltaEvent, TimeoutClock, Timeouts, ToolCall, ToolCallEndEvent, ToolChoice, ToolDefinition, ToolMessage, Usage, UserMessage };
