import { ContentKind, AnswerEventsOptions, BodyLimits, BodyDecoder, ToolCallStyle } from '@openclaw/upstream-wire';
import { StreamEvent, ProviderError, EventStream, ChatMessage, ProviderRequest, CollectedMessage, ProviderErrorCode, ChatRequest, JsonValue, JsonObject } from '@openclaw/provider';
import { ServerKind } from '@openclaw/upstream-errors';

/** Takes the chunks of a body in their order. */
interface ChunkSink {
    /** Whether the answer is complete or has failed. Nothing more is reported then. */
    ended(): boolean;
    chunk(value: unknown): void;
    /** A chunk that differs from the one before it only in its content. */
    content(kind: ContentKind, text: string): void;
    /** `[DONE]`. */
    done(): void;
    /** An event that is not JSON. */
    malformed(excerpt: string): void;
    /** A body without a single chunk: a page, a text, nothing. */
    unrecognised(excerpt: string): void;
    overLimit(what: string, limitBytes: number): void;
}

interface ChunkDecoderOptions extends AnswerEventsOptions {
    /** See `ServerQuirks.hidesErrorsInEmptyChunk`. */
    readonly hidesErrorsInEmptyChunk?: boolean | undefined;
    /** HTTP status of the answer. @default 200 */
    readonly status?: number | undefined;
}
/** Chunks in, events out. */
interface ChunkDecoder extends ChunkSink {
    /** The events since the last call. Adjacent deltas of one kind are one event. */
    take(): readonly StreamEvent[];
    /** Whether the answer is complete: its last event is `finish`. */
    complete(): boolean;
    /** How many chunks were decoded. */
    count(): number;
    /** The body is complete. */
    end(): void;
    /** The body is not complete: connection lost, timeout, aborted. */
    interrupt(error: ProviderError): void;
}
/**
 * Decodes the chunks of a stream, or a whole body, which is one large chunk. An answer with a `finish_reason` is
 * complete, with or without `[DONE]`. `finish` is emitted when nothing more can follow, because token counts often
 * come after it.
 */
declare function createChunkDecoder(options: ChunkDecoderOptions): ChunkDecoder;

/** Decodes an answer with a chunk decoder. A server that streams although it was not asked to is read as a stream, and the other way round. */
declare function createBodyDecoder(decoder: ChunkDecoder, { limits }: {
    readonly limits: BodyLimits;
}): BodyDecoder;

/** How a server differs from other servers with the chat completions API. */
interface ServerQuirks {
    /** How the server splits tool calls. @default 'by-content' */
    readonly toolCallStyle: ToolCallStyle;
    /** The field that limits the tokens of an answer. */
    readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
    /** Whether a stream can include token counts (`stream_options.include_usage`). */
    readonly usageInStream: boolean;
    /** The role of instructions. */
    readonly instructionsRole: 'system' | 'developer';
    /**
     * Whether an assistant message with tool calls must have `content: null`: Ollama before 0.11.4 loses the calls beside
     * a text. The text is sent in a message of its own before the calls.
     */
    readonly nullContentBesideToolCalls: boolean;
    /** The field for an assistant's earlier reasoning; `undefined` if the server ignores or refuses it. */
    readonly reasoningField: 'reasoning' | 'reasoning_content' | undefined;
    /**
     * What `tool_choice` may be. With `ignored` the request offers no tools for `none`, and for a name only that tool.
     */
    readonly toolChoice: 'any' | 'words' | 'ignored';
    /** Whether arguments in the history must be the JSON of an object. Other arguments are wrapped in one. */
    readonly parsesArguments: boolean;
    /** Whether the server makes a message of each part. The texts of a message are joined for such a server. */
    readonly splitsParts: boolean;
    /** Whether the server fetches images from `http(s):` URLs. */
    readonly fetchesImages: boolean;
    /** Whether `image_url` is an object or the URL itself. */
    readonly imageForm: 'object' | 'string';
    /** Whether the server supports `json_object`. Otherwise the request has a schema for any object. */
    readonly jsonObjectFormat: boolean;
    /** Reasoning efforts that have another name on the server. */
    readonly reasoningEfforts: Readonly<Record<string, string>>;
    /** Whether effort `none` is set in the chat template: `chat_template_kwargs.enable_thinking: false`. */
    readonly templateSwitchesReasoning: boolean;
    /** Whether absent `temperature` and `top_p` override the model's own values (Ollama's /v1 sets both to 1.0). */
    readonly overridesAbsentSampling: boolean;
    /** Whether an error arrives as a chunk with an empty `model` and an empty delta (Ollama's /v1, all releases). */
    readonly hidesErrorsInEmptyChunk: boolean;
}
/** The quirks of each kind of server. */
declare const SERVER_QUIRKS: Readonly<Record<ServerKind, ServerQuirks>>;
/** The quirks of the server at this address. */
declare function quirksOf(server: ServerKind, { baseUrl }: {
    readonly baseUrl: URL;
}): ServerQuirks;

interface DecodeChatCompletionOptions {
    /** For messages. @default 'recording' */
    readonly provider?: string | undefined;
    /** The requested model, in case the answer names none. @default '' */
    readonly model?: string | undefined;
    /** For messages. @default 'about:blank' */
    readonly url?: string | undefined;
    /** @default 'unknown' */
    readonly server?: ServerKind | undefined;
    readonly quirks?: Partial<ServerQuirks> | undefined;
    readonly limits?: Partial<BodyLimits> | undefined;
    readonly generateId?: (() => string) | undefined;
}
/**
 * Decodes the body of a successful response from any source: a recording, `fetch`, a proxy. Server-sent events, JSON by
 * lines and one JSON body are detected by their content.
 */
declare function decodeChatCompletion(body: AsyncIterable<Uint8Array>, { provider, model, url, server, quirks: givenQuirks, limits: givenLimits, generateId, }?: DecodeChatCompletionOptions): EventStream;

/** An image that the server would have to fetch and cannot, if there is one. */
declare function findUnfetchableImage(messages: readonly ChatMessage[], { quirks }: {
    readonly quirks: ServerQuirks;
}): string | undefined;

/** A model's own sampling values, for servers that would override them when they are absent. */
interface ModelDefaults {
    readonly temperature?: number | undefined;
    readonly topP?: number | undefined;
}
interface EncodeRequestOptions {
    readonly quirks: ServerQuirks;
    readonly modelDefaults?: ModelDefaults | undefined;
}
/**
 * The body of a chat completion request as JSON, as this server expects it. Raw values of this API add keys that the
 * request has no field for; they never change one that it has.
 */
declare function encodeRequest(request: ProviderRequest, options: EncodeRequestOptions): string;

/** What every reply to one request carries. */
interface ReplyIdentity {
    /** Unique: `chatcmpl-…`. */
    readonly id: string;
    /** Seconds since 1970. */
    readonly created: number;
}
/**
 * A whole answer → OpenAI's `chat.completion`. Reasoning stands under both names that clients look for
 * (`reasoning_content`: DeepSeek, vLLM; `reasoning`: Ollama, OpenRouter). Usage is left out when the server gave none.
 * Written out like the chunks, which costs half of what it costs to have an object of this shape encoded.
 */
declare function encodeCompletion(message: CollectedMessage, { id, created }: ReplyIdentity): string;

/** Turns the events of one answer into OpenAI's chunks, as the text of server-sent events. */
interface ChunkEncoder {
    /** The events' text, `''` for an event that OpenAI's stream has no words for. */
    encode(event: StreamEvent): string;
}
interface ChunkEncoderOptions extends ReplyIdentity {
    /** Whether the stream ends with a chunk that counts the tokens. */
    readonly includeUsage: boolean;
}
/**
 * One answer's chunks: the role first, then what the model says, one finish chunk, one usage chunk when it was asked for
 * and the server counted, `[DONE]`. What is the same in each chunk is written once, and not encoded again for each.
 */
declare function createChunkEncoder({ id, created, includeUsage }: ChunkEncoderOptions): ChunkEncoder;

/** OpenAI's `error.type` and `error.code`, which clients look for. */
interface WireError {
    readonly type: string;
    readonly code: string;
}
/** The words for each failure of a request. */
declare const PROVIDER_WIRE_ERRORS: Readonly<Record<ProviderErrorCode, WireError>>;
interface EncodeErrorOptions extends WireError {
    /** The field of the request that is wrong. */
    readonly param?: string | undefined;
}
/** A message for the client → OpenAI's error body. */
declare function encodeError(message: string, { type, code, param }: EncodeErrorOptions): string;

/** A model that requests can ask for. A `CatalogModel` of `@openclaw/model-selection` is one. */
interface EncodableModel {
    /** The name by which requests ask for it. */
    readonly ref: string;
    readonly provider: string;
    /** For people. */
    readonly name: string;
    readonly contextWindow: number;
    readonly maxTokens: number;
    readonly input: readonly string[];
    readonly reasoning: boolean;
    /** Absent if it is not known. */
    readonly tools?: boolean | undefined;
    /** Where the model came from: `configured`, `discovered`, or `assumed` while its server's list could not be had. */
    readonly source: string;
    readonly aliases: readonly string[];
    /** Whether its server runs on this machine or network. */
    readonly local: boolean;
    /** Where the server sends its requests to, for a model in a cloud. */
    readonly remoteHost?: string | undefined;
}
/** An entry of `GET /v1/models`: a model, one for embeddings only, or an agent, which means its default model. */
type EncodableEntry = ({
    readonly type: 'model' | 'embedding-model';
    readonly model: EncodableModel;
} | {
    readonly type: 'agent';
    readonly id: string;
}) & {
    /** Milliseconds since 1970. */
    readonly createdAt: number;
};
/** OpenAI's fields, and what a client would otherwise have to guess. */
interface WireModel {
    readonly id: string;
    readonly object: 'model';
    /** Seconds since 1970. */
    readonly created: number;
    readonly owned_by: string;
    readonly name?: string;
    /** What it answers: `chat`, or only `embedding`. */
    readonly type?: 'chat' | 'embedding';
    readonly context_window?: number;
    readonly max_output_tokens?: number;
    readonly input?: readonly string[];
    readonly reasoning?: boolean;
    /** `null` if it is not known. */
    readonly tools?: boolean | null;
    readonly source?: string;
    readonly aliases?: readonly string[];
    readonly local?: boolean;
}
/** A name that requests can ask for, as OpenAI's clients read it. */
declare function encodeModel(entry: EncodableEntry): WireModel;
/** The body of `GET /v1/models`. */
declare function encodeModels(entries: readonly EncodableEntry[]): string;

/** What a client asked for: the request itself, and how the reply is to be given. */
interface ParsedChatRequest {
    readonly request: ChatRequest & {
        /** As the client names it. */
        readonly model?: string;
    };
    readonly stream: boolean;
    /** Whether the stream ends with a chunk that counts the tokens. */
    readonly includeUsage: boolean;
}
/**
 * The body of `POST /v1/chat/completions`. What the contract has no fields for travels on as raw values, so that nothing
 * that a client sent is dropped. A key with `null` counts as left out.
 * @throws {ProviderError} `invalid-request`: which field (`param`), and what was expected.
 */
declare function parseChatRequest(value: JsonValue): ParsedChatRequest;

/** A request that is passed on as it is. */
interface ParsedModelRequest {
    readonly body: JsonObject;
    readonly model: string;
    readonly stream: boolean;
}
/**
 * The body of an endpoint of which only the model's name is read (`/v1/embeddings`, `/v1/completions`).
 * @throws {ProviderError} `invalid-request`
 */
declare function parseModelRequest(value: JsonValue): ParsedModelRequest;

/** A field of a client's request that is not what the API says it is. */
declare function invalidField(param: string, expected: string, value: JsonValue | undefined): ProviderError;
/** A request that no model can answer. */
declare function invalidRequest(message: string, param?: string): ProviderError;
/** @throws {ProviderError} `invalid-request` for anything but an object. */
declare function readObject(value: JsonValue | undefined, param: string, expected?: string): JsonObject;
/** @throws {ProviderError} `invalid-request` for anything but an array. */
declare function readArray(value: JsonValue | undefined, param: string, expected?: string): readonly JsonValue[];
/** @throws {ProviderError} `invalid-request` for anything but a string. */
declare function readString(value: JsonValue | undefined, param: string, expected?: string): string;
/** @throws {ProviderError} `invalid-request` for anything but a number. */
declare function readNumber(value: JsonValue | undefined, param: string): number;
/** @throws {ProviderError} `invalid-request` for anything but a whole number of at least `least`. */
declare function readInteger(value: JsonValue | undefined, param: string, least?: number): number;
/** @throws {ProviderError} `invalid-request` for anything but `true` and `false`. */
declare function readBoolean(value: JsonValue | undefined, param: string): boolean;
/** OpenAI's clients write `null` for a field that they leave out. */
declare function isAbsent(value: JsonValue | undefined): value is null | undefined;
declare function isObject(value: JsonValue | undefined): value is JsonObject;

/** @throws {ProviderError} `invalid-request` */
declare function readModelName(value: JsonValue | undefined, param: string): string;

export { PROVIDER_WIRE_ERRORS, SERVER_QUIRKS, createBodyDecoder, createChunkDecoder, createChunkEncoder, decodeChatCompletion, encodeCompletion, encodeError, encodeModel, encodeModels, encodeRequest, findUnfetchableImage, invalidField, invalidRequest, isAbsent, isObject, parseChatRequest, parseModelRequest, quirksOf, readArray, readBoolean, readInteger, readModelName, readNumber, readObject, readString };
export type { ChunkDecoder, ChunkEncoder, ChunkEncoderOptions, DecodeChatCompletionOptions, EncodableEntry, EncodableModel, EncodeErrorOptions, ModelDefaults, ParsedChatRequest, ParsedModelRequest, ReplyIdentity, ServerQuirks, WireError };
