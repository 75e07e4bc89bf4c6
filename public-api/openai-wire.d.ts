import { StreamEvent, ProviderError, EventStream, ChatMessage, ProviderRequest } from '@openclaw/provider';
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

/** What one read of a body brought: a piece, or all of it. */
interface BodyPiece {
    readonly bytes: Uint8Array;
    /** Whether nothing more comes. */
    readonly done: boolean;
    /** Why the body ended before its end. */
    readonly failure?: unknown;
}
/** Decodes a body, piece by piece or at once. */
interface BodyDecoder {
    /** Decodes a piece and returns its events. Text that came together stays together. Throws a failure that is a bug. */
    decode(piece: BodyPiece): readonly StreamEvent[];
    /** Whether the answer came to its end. */
    complete(): boolean;
    /** How many chunks were decoded. */
    count(): number;
}
/** Decodes an answer with a chunk decoder. A server that streams although it was not asked to is read as a stream, and the other way round. */
declare function createBodyDecoder(decoder: ChunkDecoder, { limits }: {
    readonly limits: BodyLimits;
}): BodyDecoder;

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
/** The body of a chat completion request as JSON, as this server expects it. The keys of `extraBody` win over others. */
declare function encodeRequest(request: ProviderRequest, options: EncodeRequestOptions): string;

/** An id for a tool call to which its server gave none, in the form that OpenAI's have. */
declare function generateCallId(): string;

export { DEFAULT_LIMITS, SERVER_QUIRKS, createBodyDecoder, createChunkDecoder, decodeChatCompletion, encodeRequest, findUnfetchableImage, generateCallId, quirksOf };
export type { BodyDecoder, BodyLimits, BodyPiece, ChunkDecoder, DecodeChatCompletionOptions, ModelDefaults, ServerQuirks, ToolCallStyle };
