import { JsonObject, ToolDefinition, ToolChoice, StreamEvent, RepairEvent, JsonValue, FinishReason, Usage, ProviderError, ProviderRequest } from '@openclaw/provider';
import { Failures } from '@openclaw/upstream-errors';

/** An object that is about to be sent. A key with the value `undefined` is not sent. */
type EncodedObject = Readonly<Record<string, unknown>>;
/** Adds keys that the encoder did not write itself. Objects that both have are joined in the same way. */
declare function addKeys(encoded: EncodedObject, keys: JsonObject | undefined): EncodedObject;

/** The tools that a choice allows. A server that ignores `tool_choice` is offered only these, which comes closest. */
declare function allowedTools(tools: readonly ToolDefinition[], toolChoice: ToolChoice | undefined): readonly ToolDefinition[];

/**
 * An entry of `tool_calls`: a whole call or a fragment of one. A field that the server omits is empty or `undefined`.
 */
interface WireToolCall {
    readonly index: number | undefined;
    readonly id: string;
    readonly name: string;
    readonly argumentsText: string;
    /** Whether the entry looks like the first of a call: it has an id or a type. Later fragments have neither. */
    readonly opens: boolean;
}
/**
 * How a server splits tool calls: every entry is a `whole` call (Ollama), or entries are `fragments` joined by `index`
 * (OpenAI). `by-content` decides by the entries: a call ends when its arguments are complete.
 */
type ToolCallStyle = 'by-content' | 'fragments' | 'whole';
interface ToolCallAssemblerOptions {
    readonly style?: ToolCallStyle | undefined;
    readonly emit: (event: StreamEvent) => void;
    /** Generates the id of a call for which the server sent none. */
    readonly generateId: () => string;
}
/** Joins entries to tool calls. */
interface ToolCallAssembler {
    /** Adds an entry of a streamed delta. */
    add(entry: WireToolCall): void;
    /** Adds an entry of a whole body, which is always a whole call. */
    addWhole(entry: WireToolCall): void;
    /** Other content follows: calls with complete arguments end. */
    settle(): void;
    /** The answer is over: every call ends, complete or not. */
    close(): void;
    /** The number of calls so far. */
    count(): number;
    /** The held characters of names and arguments, and a constant for each call. */
    size(): number;
}
/** Whole calls and fragments in any order, with ids and names that may be missing, repeated or late. */
declare function createToolCallAssembler({ style, emit, generateId, }: ToolCallAssemblerOptions): ToolCallAssembler;

type ContentKind = 'text' | 'reasoning';
interface AnswerEventsOptions {
    /** The requested model, for servers that do not name the one that answers. */
    readonly model: string;
    /** Called when the answer fails. */
    readonly failures: () => Failures;
    readonly generateId: () => string;
    readonly toolCallStyle?: ToolCallStyle | undefined;
    /** Bound on the arguments of all tool calls together, in characters. */
    readonly maxArgumentsLength: number;
    /** What was changed in the request so that the server accepts it. Follows `start`. */
    readonly repairs?: readonly RepairEvent[] | undefined;
}
/** What a server says of the end of an answer. */
interface FinishFacts {
    readonly usage?: Usage | undefined;
    readonly stopSequence?: string | undefined;
}
/**
 * Writes the events of an answer in the grammar of `StreamEvent`. Adjacent deltas of one kind are one event. After the
 * end nothing is written. A class, as there is one for each request: see `createEventStream`.
 */
declare class AnswerEvents {
    #private;
    constructor(options: AnswerEventsOptions);
    /** Whether the answer is complete or has failed. */
    ended(): boolean;
    /** Whether the answer is complete: its last event is `finish`. */
    complete(): boolean;
    /** The events since the last call. */
    take(): readonly StreamEvent[];
    /** The model that the server names. The first name counts. */
    model(name: string): void;
    content(kind: ContentKind, text: string): void;
    /** The log probabilities of the text that follows. */
    logprobs(tokens: readonly JsonValue[]): void;
    /** Entries of tool calls: `whole` ones, or those of a streamed delta. */
    toolCalls(entries: readonly WireToolCall[], { whole }: {
        readonly whole: boolean;
    }): void;
    /** Ends the answer. Where tools were called, a stop is the reason `tool-calls`. */
    finish(reason: FinishReason, { usage, stopSequence }?: FinishFacts): void;
    /** Ends the answer as a failure. */
    fail(error: ProviderError): void;
}

/** What one read of a body brought: a piece, or all of it. */
interface BodyPiece {
    readonly bytes: Uint8Array;
    /** Whether nothing more comes. */
    readonly done: boolean;
    /** Why the body ended before its end. */
    readonly failure?: unknown;
}
/** Decodes a body of one API, piece by piece or at once. */
interface BodyDecoder {
    /** Decodes a piece and returns its events. Text that came together stays together. Throws a failure that is a bug. */
    decode(piece: BodyPiece): readonly StreamEvent[];
    /** Whether the answer came to its end. */
    complete(): boolean;
    /** How many chunks were decoded. */
    count(): number;
}

/** Bounds on the bytes of an incomplete answer that are held. */
interface BodyLimits {
    /** Of one event of a stream. @default 8 MiB */
    readonly maxEventBytes: number;
    /** Of a whole body, and of the arguments of an answer's tool calls together. @default 64 MiB */
    readonly maxBodyBytes: number;
}
declare const DEFAULT_LIMITS: BodyLimits;

/**
 * The text of UTF-8 bytes from `from` to `end`; invalid bytes become U+FFFD. Uses `Buffer` where it exists (Node, Bun,
 * Deno): for a line of a stream it takes two thirds of the time of a `TextDecoder`.
 */
declare const decodeUtf8: (bytes: Uint8Array, from?: number, end?: number) => string;

/** An id for a tool call to which its server gave none, in the form that OpenAI's have. */
declare function generateCallId(): string;

/** Joins the reads of a body to whole lines. */
interface LineBuffer {
    /**
     * Adds the bytes of a read. @returns the lines that are now complete, each with `\n` at its end, or an empty string
     */
    push(bytes: Uint8Array): string;
    /** The text after the last line end, when the body is over. */
    rest(): string;
    /** Bytes of the incomplete line. */
    pendingBytes(): number;
}
/**
 * Lines by the rules of server-sent events: LF, CR and CRLF end a line, a leading byte order mark is dropped, bytes
 * that are not UTF-8 become U+FFFD. Only whole lines are decoded, so that no character is split.
 */
declare function createLineBuffer(): LineBuffer;

/** What an Ollama server refused of a request, so that it is sent again without. */
interface OllamaRefusals {
    /** The reasoning effort. */
    readonly effort?: boolean;
    /** Tool schemas with lists of types, or with values that are no text: see `adaptToolSchemas`. */
    readonly schemas?: boolean;
}
interface AdaptedRequest {
    readonly request: ProviderRequest;
    /** What was changed. */
    readonly repairs: readonly RepairEvent[];
}
/** Changes a request so that an Ollama server accepts it, and says what was changed. */
declare function adaptRequest(request: ProviderRequest, { effort, schemas }: OllamaRefusals): AdaptedRequest;
/**
 * What a server refused, with what it refused before; `undefined` if the request cannot be changed so that it is accepted.
 * Each call adds something, so that a request is sent at most three times.
 */
declare function readRefusal({ status, serverMessage }: ProviderError, { request, refused }: {
    readonly request: ProviderRequest;
    readonly refused: OllamaRefusals;
}): OllamaRefusals | undefined;

interface AdaptedTools {
    readonly tools: readonly ToolDefinition[];
    /** The places that were rewritten: `get_weather: parameters.properties.city`. */
    readonly changes: readonly string[];
}
interface AdaptToolSchemasOptions {
    /**
     * Whether one type and text are wanted where releases since 0.7 take a list of types and any value: `type: ["string", "null"]`,
     * `enum: [1, 2]`. This loses the other types, so it is for servers that refused the request. @default false
     */
    readonly narrow?: boolean;
}
/**
 * Rewrites tool schemas that Ollama refuses to equal ones that it accepts. Ollama decodes the keywords `type`, `required`,
 * `properties`, `description`, `enum` and `anyOf` into fixed types, and refuses the whole request when one of them has
 * another form: `required: "city"`, a property `true`, `properties: []`. All other keywords may have any form. Tools and schemas without such a place are
 * returned as they are.
 */
declare function adaptToolSchemas(tools: readonly ToolDefinition[], { narrow }?: AdaptToolSchemasOptions): AdaptedTools;

export { AnswerEvents, DEFAULT_LIMITS, adaptRequest, adaptToolSchemas, addKeys, allowedTools, createLineBuffer, createToolCallAssembler, decodeUtf8, generateCallId, readRefusal };
export type { AdaptToolSchemasOptions, AdaptedRequest, AdaptedTools, AnswerEventsOptions, BodyDecoder, BodyLimits, BodyPiece, ContentKind, EncodedObject, FinishFacts, LineBuffer, OllamaRefusals, ToolCallAssembler, ToolCallStyle, WireToolCall };
