import { StreamEvent, ProviderError, EventStreamSource, EventStream, ChatMessage, ProviderRequest, CollectedMessage, ChatRequest, JsonValue, JsonObject } from '@openclaw/provider';
import { Failures, ServerKind } from '@openclaw/upstream-errors';

/** A piece of text or of reasoning. */
interface SaidText {
    readonly kind: 'text' | 'reasoning';
    readonly text: string;
}

/** Bounds on what is held of an answer while it is not complete, in bytes. */
interface BodyLimits {
    /** Of one event of a stream. @default 8 MiB */
    readonly maxEventBytes: number;
    /** Of a whole body, and of the arguments of an answer's tool calls together. @default 64 MiB */
    readonly maxBodyBytes: number;
}
declare const DEFAULT_LIMITS: BodyLimits;
/** Takes the chunks of a body in their order. */
interface ChunkSink {
    /** Whether enough was heard; nothing more is told then. */
    ended(): boolean;
    chunk(value: unknown): void;
    /** A chunk that was the one before it but for its text. */
    text(said: SaidText['kind'], text: string): void;
    /** `[DONE]`. */
    done(): void;
    /** An event that is not JSON. */
    malformed(excerpt: string): void;
    /** A body that is no chunk of anything: a page, a text, nothing. */
    unrecognised(excerpt: string): void;
    overLimit(what: string, limitBytes: number): void;
}
/** Reads a body as it arrives. */
interface ChunkReader {
    push(bytes: Uint8Array): void;
    /** The body is over: a last event without its blank line counts, half an event does not. */
    end(): void;
}
/**
 * Reads chunks from server-sent events, from JSON line by line, or from one JSON document, whatever was asked for and
 * whatever the content type says: servers ignore `stream`, and Ollama 0.12.0 to 0.13.1 named no type for cloud models.
 */
declare function createChunkReader(sink: ChunkSink, { maxEventBytes, maxBodyBytes }?: BodyLimits): ChunkReader;

/**
 * How a server cuts its tool calls: every entry a `whole` call (Ollama), `fragments` joined by `index` (OpenAI), or
 * `by-content`: told apart by what arrives, since a call is over when its arguments are.
 */
type ToolCallStyle = 'by-content' | 'fragments' | 'whole';

interface ChunkDecoderOptions {
    /** The model that was asked, for servers that do not name the one that answers. */
    readonly model: string;
    /** Made when something fails. */
    readonly failures: () => Failures;
    readonly generateId: () => string;
    readonly toolCallStyle?: ToolCallStyle | undefined;
    /** See `ServerQuirks.masksErrors`. */
    readonly masksErrors?: boolean | undefined;
    /** Bound on the arguments of all tool calls together, in characters. */
    readonly maxArgumentsLength: number;
    /** HTTP status of the answer. @default 200 */
    readonly status?: number | undefined;
}
/** Chunks in, events out; it does not know where the chunks come from. */
interface ChunkDecoder extends ChunkSink {
    /** Whether `take` has something to give. */
    holds(): boolean;
    /** The events since the last call. Text that came in one piece with other text is one event. */
    take(): readonly StreamEvent[];
    /** Whether the answer came to its end, so that `finish` was or will be taken. */
    complete(): boolean;
    /** How many chunks were decoded. */
    count(): number;
    /** The body came to its end. */
    end(): void;
    /** The body did not come to its end: connection lost, clock run out, aborted. */
    interrupt(error: ProviderError): void;
}
/**
 * Decodes the chunks of a stream, or a whole body, which is one large chunk. `finish_reason` ends an answer, with or
 * without `[DONE]`; the finish is told when nothing more can come, because the token counts often come after it.
 */
declare function createChunkDecoder(options: ChunkDecoderOptions): ChunkDecoder;

/** Is told when the server is waited for, and what came. */
interface BodyWatch {
    wait(): void;
    rest(): void;
    event(): void;
}
interface DecodeBodyOptions {
    readonly reader: ChunkReader;
    readonly decoder: ChunkDecoder;
    readonly watch?: BodyWatch | undefined;
    /** Nothing more is wanted of the body: the answer is complete, or it is not and never will be. By default the body is left. */
    readonly onOver?: ((complete: boolean) => void) | undefined;
}
/** Bytes in, events out. Everything that one read brings is decoded at once, so that text which came together stays together. */
declare function decodeBody(body: AsyncIterable<Uint8Array>, { reader, decoder, watch, onOver }: DecodeBodyOptions): EventStreamSource;

/** Where a server departs from the others that speak chat completions. */
interface ServerQuirks {
    /** How it cuts its tool calls. @default 'by-content' */
    readonly toolCallStyle: ToolCallStyle;
    /** Under which name it takes the most tokens to say. */
    readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
    /** Whether token counts can be asked for in a stream (`stream_options.include_usage`). */
    readonly usageInStream: boolean;
    /** Which role instructions have. */
    readonly instructionsRole: 'system' | 'developer';
    /**
     * Whether an assistant message with tool calls must have `content: null`: Ollama before 0.11.4 loses the calls beside
     * a text. Text that stood there goes into a message of its own in front, so nothing is lost.
     */
    readonly nullContentBesideToolCalls: boolean;
    /** Under which name it takes an assistant's earlier reasoning back; `undefined` when it does not, or refuses it. */
    readonly reasoningField: 'reasoning' | 'reasoning_content' | undefined;
    /** What `tool_choice` may be. `ignored`: tools are left out for `none`, and all but the named one for a name. */
    readonly toolChoice: 'any' | 'words' | 'ignored';
    /** Whether arguments in the history must be the JSON of an object; what is not is sent wrapped in one. */
    readonly parsesArguments: boolean;
    /** Whether parts of one message become messages of their own; texts are joined into one then. */
    readonly splitsParts: boolean;
    /** Whether the server fetches images from `http(s):` URLs. */
    readonly fetchesImages: boolean;
    /** Whether `image_url` is an object or the URL itself. */
    readonly imageForm: 'object' | 'string';
    /** Whether it knows the response format `json_object`; otherwise any object is asked for by a schema. */
    readonly jsonObjectFormat: boolean;
    /** Reasoning efforts that have another name there. */
    readonly reasoningEfforts: Readonly<Record<string, string>>;
    /** Whether `none` must (also) be said to the chat template: `chat_template_kwargs.enable_thinking: false`. */
    readonly templateSwitchesReasoning: boolean;
    /** Whether absent `temperature` and `top_p` override the model's own values (Ollama's /v1 sets both to 1.0). */
    readonly overridesAbsentSampling: boolean;
    /** Whether a chunk with an empty `model` and an empty delta is a failure whose text was lost (Ollama's /v1, all releases). */
    readonly masksErrors: boolean;
}
/** What is known of each server. */
declare const SERVER_QUIRKS: Readonly<Record<ServerKind, ServerQuirks>>;
/** What is known of the server at this address. */
declare function quirksOf(server: ServerKind, { baseUrl }: {
    readonly baseUrl: URL;
}): ServerQuirks;

interface DecodeChatCompletionOptions {
    /** For messages. @default 'recording' */
    readonly provider?: string | undefined;
    /** The model that was asked, in case the answer names none. @default '' */
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
 * Decodes the body of a successful answer that somebody else received: a recording, a fetch response, a proxied stream.
 * Server-sent events, JSON by lines and one JSON body are told apart by themselves.
 */
declare function decodeChatCompletion(body: AsyncIterable<Uint8Array>, { provider, model, url, server, quirks: givenQuirks, limits: givenLimits, generateId, }?: DecodeChatCompletionOptions): EventStream;

/** A body that was received, and why it ended before its end, if it did. */
interface WholeBody {
    readonly bytes: Uint8Array;
    readonly failure?: unknown;
}
/** The events of an answer whose body is all there. A server that streams although it was not asked to is read as a stream. */
declare function decodeWhole({ bytes, failure }: WholeBody, { decoder, limits }: {
    readonly decoder: ChunkDecoder;
    readonly limits: BodyLimits;
}): readonly StreamEvent[];

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

/** An id for a tool call to which its server gave none, in the form that OpenAI's have. */
declare function generateCallId(): string;

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

export { DEFAULT_LIMITS, SERVER_QUIRKS, createChunkDecoder, createChunkEncoder, createChunkReader, decodeBody, decodeChatCompletion, decodeWhole, encodeCompletion, encodeRequest, findUnfetchableImage, generateCallId, parseChatRequest, parseModelRequest, quirksOf };
export type { BodyLimits, ChunkDecoder, ChunkEncoder, ChunkEncoderOptions, DecodeChatCompletionOptions, ModelDefaults, ParsedChatRequest, ParsedModelRequest, ReplyIdentity, ServerQuirks, ToolCallStyle };
