import { RepairEvent, ToolDefinition, StreamEvent, EventStream } from '@openclaw/provider';

/** What is wrong with a value, in words; `undefined` when nothing is, or it could not be checked. */
type SchemaCheck = (value: unknown) => string | undefined;
/**
 * Prepares a JSON Schema (drafts 4 to 2020-12) for checking. A schema that cannot be used, since it refers to nothing or
 * never ends, finds nothing wrong: it is the caller's mistake and not the model's.
 */
declare function createSchemaCheck(schema: unknown): SchemaCheck;

/** The arguments of a call as they should have been, what was done for it, and what is still wrong. */
interface ArgumentsRepair {
    readonly argumentsText: string;
    readonly repairs: readonly RepairEvent[];
    /** Why the arguments are not what the tool's schema asks for. */
    readonly problem?: string;
}
/** What arguments are checked against. */
interface RepairArgumentsOptions {
    /** The tool that is called; without it only the JSON is repaired. */
    readonly tool?: ToolDefinition | undefined;
    /** Checks against the tool's schema. Give one to use it for several calls. */
    readonly check?: SchemaCheck | undefined;
}
/**
 * Repairs the arguments of one call: JSON with mistakes becomes JSON, and values of the wrong type become the right one
 * where nothing is lost by it. What needs no repair comes back as it is; what cannot be repaired too, with a `problem`.
 */
declare function repairArguments(argumentsText: string, { tool, check }?: RepairArgumentsOptions): ArgumentsRepair;

/** Which repairs are made, and what they are made with. */
interface RepairStreamOptions {
    /** The tools of the request. Without them no text becomes a call, and nothing is held back for it. */
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
     * Whether broken arguments are repaired, and checked against the schema of their tool.
     * @default true
     */
    readonly argumentsRepair?: boolean | undefined;
    /**
     * Whether the answer may begin within a think block whose opening tag stands in the prompt, so that only `</think>`
     * arrives. Its begin is then held back until that tag, until the server sends reasoning of its own, or the end, and for
     * 32,768 characters at most.
     * @default false
     */
    readonly expectReasoning?: boolean | undefined;
    /** Makes the ids of recovered calls. Each has to be new. */
    readonly generateId?: (() => string) | undefined;
    /**
     * How much of a text that may still become a call is held back, in characters, and how long the arguments of a call
     * may be to be looked at. What is longer goes on as it is.
     * @default 1_048_576
     */
    readonly maxHeldCharacters?: number | undefined;
}
/**
 * Puts right what local models say by mistake: tool calls written as text, think tags in the answer, broken arguments.
 * Every repair is told by a `repair` event before the events it explains; everything else goes through as it came, and
 * as soon as it can no longer become something else. Leaving (`break`, `return()`) closes `events` at once, even while
 * the next event is waited for.
 */
declare function repairStream(events: AsyncIterable<StreamEvent>, options?: RepairStreamOptions): EventStream;
/** The repairs of one answer, for a layer that pulls its events itself. */
interface StreamRepair {
    /**
     * Takes the events of one pull and returns the repaired ones; none when all of them are held back. An empty list says
     * that nothing more comes, and returns what is still held.
     */
    push(pulled: readonly StreamEvent[]): readonly StreamEvent[];
}
/** Starts the repairs of one answer. */
declare function createStreamRepair(options?: RepairStreamOptions): StreamRepair;

export { createSchemaCheck, createStreamRepair, repairArguments, repairStream };
export type { ArgumentsRepair, RepairArgumentsOptions, RepairStreamOptions, SchemaCheck, StreamRepair };
