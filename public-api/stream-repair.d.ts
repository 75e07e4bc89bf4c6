import { RepairEvent, ToolDefinition, StreamEvent, EventStream } from '@openclaw/provider';

/** Describes what is wrong with a value; `undefined` if it is valid, or if it could not be checked. */
type SchemaCheck = (value: unknown) => string | undefined;
/**
 * Prepares a JSON Schema (drafts 4 to 2020-12) for checking. A schema with an unresolved
 * reference or endless recursion accepts every value: it is the caller's mistake and not the model's.
 */
declare function createSchemaCheck(schema: unknown): SchemaCheck;

/** What a server says of a model. */
interface ModelFacts {
    /** `general.architecture` of the model file; Ollama's `details.family`. */
    readonly architecture?: string | undefined;
    /** The special tokens and tags in the chat template, such as `[TOOL_CALLS]`. */
    readonly templateMarks?: readonly string[] | undefined;
}
/**
 * Finds the id of the family of a model, for the option `family`. The template decides before the architecture, as a
 * derived model may have learned other forms than the model that it was made from. `undefined` if that is not certain.
 */
declare function findModelFamily({ architecture, templateMarks }: ModelFacts): string | undefined;

/** The repaired arguments of a call, the repairs, and the remaining problem. */
interface ArgumentsRepair {
    readonly argumentsText: string;
    readonly repairs: readonly RepairEvent[];
    /** Why the arguments do not match the schema of the tool. */
    readonly problem?: string;
    /** Whether they break off within a value, so that a part of it is missing. */
    readonly breaksOff?: boolean;
}
/** Options of `repairArguments`. */
interface RepairArgumentsOptions {
    /** The called tool. Without it only the JSON is repaired. */
    readonly tool?: ToolDefinition | undefined;
    /** A check against the schema of the tool, to reuse it for several calls. */
    readonly check?: SchemaCheck | undefined;
}
/**
 * Repairs the arguments of one call: broken JSON becomes JSON, and values of the wrong type are converted where that is
 * lossless. Valid arguments are returned unchanged. Arguments that cannot be repaired are, too, with a `problem`. A value
 * that breaks off is never completed.
 */
declare function repairArguments(argumentsText: string, { tool, check }?: RepairArgumentsOptions): ArgumentsRepair;

/** A chunk of a streamed chat completion, as `openai` reads it. Only what is repaired is named. */
interface CompletionChunk {
    readonly choices: readonly ChunkChoice[];
    readonly usage?: object | null | undefined;
}
/** A part of one answer. */
interface ChunkChoice {
    readonly index: number;
    readonly delta: ChunkDelta;
    readonly finish_reason: string | null;
}
interface ChunkDelta {
    readonly content?: string | null | undefined;
    readonly tool_calls?: readonly ChunkToolCall[] | undefined;
}
/** A fragment of a tool call. */
interface ChunkToolCall {
    readonly index: number;
    readonly id?: string | undefined;
    readonly function?: {
        readonly name?: string | undefined;
        readonly arguments?: string | undefined;
    } | undefined;
}
/** A tool of a request in OpenAI's shape. Tools that are no functions are ignored. */
interface CompletionTool {
    readonly type: string;
    readonly function?: {
        readonly name: string;
        readonly description?: string | undefined;
        readonly parameters?: object | null | undefined;
    };
}

/** Options of `repairStream` and `repairAnswer`. */
interface RepairStreamOptions {
    /** The tools of the request. Without them no text becomes a call, and no text is held for it. */
    readonly tools?: readonly ToolDefinition[] | undefined;
    /**
     * Whether tool calls that the model wrote as text become tool calls.
     * @default true
     */
    readonly toolCallsFromText?: boolean | undefined;
    /**
     * Whether `<think>` blocks in the answer become reasoning.
     * @default true
     */
    readonly reasoningFromTags?: boolean | undefined;
    /**
     * Whether calls at the end of the reasoning become tool calls, if the model said nothing else: Qwen 3.5 and Kimi K2
     * often call without closing their think block.
     * @default true
     */
    readonly callsFromReasoning?: boolean | undefined;
    /**
     * Whether the request asked for JSON. Reasoning that is one JSON value is then the answer, if there is no other.
     * @default false
     */
    readonly jsonAnswer?: boolean | undefined;
    /**
     * The family of the model, if it is known: an id of a family (`kimi`), or an architecture as servers name it
     * (`deepseek2`). Calls in its forms need no further evidence, and those in forms of other families do.
     * @default unknown: the general rules
     */
    readonly family?: string | undefined;
    /**
     * Whether broken arguments are repaired, and checked against the schema of their tool.
     * @default true
     */
    readonly argumentsRepair?: boolean | undefined;
    /**
     * Whether the answer may start inside a think block whose opening tag is in the prompt, so that only `</think>`
     * arrives. The start of the answer is then held until that tag, until the server sends reasoning itself, or until the
     * end, but at most 32,768 characters.
     * @default false
     */
    readonly expectReasoning?: boolean | undefined;
    /**
     * The most tokens that the request allowed. Arguments of an answer that reached it are not completed.
     * @default unknown
     */
    readonly maxTokens?: number | undefined;
    /**
     * Whether an earlier call of the conversation has this id. Calls whose id is used get a new one.
     * @default no id is used
     */
    readonly isUsedId?: ((id: string) => boolean) | undefined;
    /** Generates the ids of recovered calls. Each must be unique. */
    readonly generateId?: (() => string) | undefined;
    /**
     * How much text is held for one candidate of a call, and how long the arguments of a call may be to be repaired, in
     * characters. Longer text and longer arguments are not changed.
     * @default 1_048_576
     */
    readonly maxHeldCharacters?: number | undefined;
}
/**
 * Repairs the mistakes of local models: tool calls written as text, think tags in the answer, broken arguments. A
 * `repair` event precedes the events that it explains. All other events pass through unchanged, as soon as no repair
 * can apply to them. Leaving (`break`, `return()`) closes `events` at once, also during a pull.
 */
declare function repairStream(events: AsyncIterable<StreamEvent>, options?: RepairStreamOptions): EventStream;
/** The repairs of one answer, for a layer that pulls its events itself. */
interface StreamRepair {
    /**
     * Takes the events of one pull and returns the repaired ones; none when all of them are held. An empty list ends the
     * answer, and returns the events that are still held.
     */
    push(pulled: readonly StreamEvent[]): readonly StreamEvent[];
}
/** Starts the repairs of one answer. */
declare function createStreamRepair(options?: RepairStreamOptions): StreamRepair;

interface RepairChunksOptions extends Omit<RepairStreamOptions, 'tools'> {
    /** The tools of the request, in OpenAI's shape. Without them no text becomes a call. */
    readonly tools?: readonly CompletionTool[] | undefined;
    /** Called with each repair, before the chunks that it explains. */
    readonly onRepair?: ((repair: RepairEvent) => void) | undefined;
}
/**
 * The same as `repairStream` for the chunks of a streamed chat completion, as the `openai` client reads them: chunks in,
 * chunks out. A chunk that needs no repair is passed on unchanged, except that calls come in chunks of their own.
 */
declare function repairChunks<Chunk extends CompletionChunk>(chunks: AsyncIterable<Chunk>, { tools, generateId, ...options }?: RepairChunksOptions): AsyncGenerator<Chunk, void, undefined>;

export { createSchemaCheck, createStreamRepair, findModelFamily, repairArguments, repairChunks, repairStream };
export type { ArgumentsRepair, ChunkChoice, ChunkDelta, ChunkToolCall, CompletionChunk, CompletionTool, ModelFacts, RepairArgumentsOptions, RepairChunksOptions, RepairStreamOptions, SchemaCheck, StreamRepair };
