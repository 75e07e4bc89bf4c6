import { createEventStream, openEventStream } from '@openclaw/provider';
import type { EventStream, StreamEvent, ToolDefinition } from '@openclaw/provider';
import { createReasoningExtraction } from './extract-reasoning.ts';
import { findReasoningTag, unfinishedTagLength } from './reasoning-tags.ts';
import { createToolCallRecovery } from './recover-tool-calls.ts';
import { createArgumentsRepair } from './repair-call-arguments.ts';
import type { StreamTransform } from './stream-transform.ts';

/** Options of `repairStream` and `repairAnswer`. */
export interface RepairStreamOptions {
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
export function repairStream(events: AsyncIterable<StreamEvent>, options: RepairStreamOptions = {}): EventStream {
  const source = openEventStream(events);
  const repair = createStreamRepair(options);
  let bug: { readonly error: unknown } | undefined;

  return createEventStream({ pull, close: () => source.return() });

  async function pull(): Promise<readonly StreamEvent[]> {
    if (bug !== undefined) throw bug.error;
    try {
      for (;;) {
        const pulled = await source.pull();
        const repaired = repair.push(pulled);
        if (repaired.length > 0 || pulled.length === 0) return repaired;
      }
    } catch (error) {
      // Held text is emitted before the bug that ended the stream is thrown.
      const held = repair.push([]);
      if (held.length === 0) throw error;
      bug = { error };
      return held;
    }
  }
}

/** The repairs of one answer, for a layer that pulls its events itself. */
export interface StreamRepair {
  /**
   * Takes the events of one pull and returns the repaired ones; none when all of them are held. An empty list ends the
   * answer, and returns the events that are still held.
   */
  push(pulled: readonly StreamEvent[]): readonly StreamEvent[];
}

/** Starts the repairs of one answer. */
export function createStreamRepair(options: RepairStreamOptions = {}): StreamRepair {
  return new AnswerRepair(options);
}

/** A class, as there is one for each request: see `createEventStream`. */
class AnswerRepair implements StreamRepair {
  readonly #options: RepairStreamOptions;
  #transforms: readonly StreamTransform[] | undefined;

  constructor(options: RepairStreamOptions) {
    this.#options = options;
  }

  push(pulled: readonly StreamEvent[]): readonly StreamEvent[] {
    if (this.#transforms === undefined && isPlainAnswer(pulled, this.#options)) return pulled;
    this.#transforms ??= createTransforms(this.#options);
    return pulled.length === 0 ? endAll(this.#transforms) : pass(pulled, this.#transforms);
  }
}

/**
 * A whole answer without tools, whose one text has no tag. That is most answers, and they need no repair. Text that the
 * transforms would hold at either end is not plain: they emit it after the reasoning that follows it.
 */
function isPlainAnswer(
  events: readonly StreamEvent[],
  { tools = [], reasoningFromTags = true, expectReasoning = false }: RepairStreamOptions,
): boolean {
  const last = events.at(-1)?.type;
  if (tools.length > 0 || expectReasoning || (last !== 'finish' && last !== 'error')) return false;
  let texts = 0;
  return events.every((event) => {
    if (event.type !== 'text-delta') return PLAIN_TYPES.has(event.type);
    texts += 1;
    return texts === 1 && !(reasoningFromTags && mayHoldReasoningTag(event.text));
  });
}

const PLAIN_TYPES: ReadonlySet<StreamEvent['type']> = new Set(['start', 'reasoning-delta', 'finish', 'error']);

function mayHoldReasoningTag(text: string): boolean {
  return text.trim() === '' || findReasoningTag(text) !== undefined || unfinishedTagLength(text) > 0;
}

function createTransforms({
  tools = [],
  toolCallsFromText = true,
  reasoningFromTags = true,
  argumentsRepair = true,
  expectReasoning = false,
  generateId = () => `call_${crypto.randomUUID().replaceAll('-', '').slice(0, 24)}`,
  maxHeldCharacters = 1_048_576,
}: RepairStreamOptions): readonly StreamTransform[] {
  return [
    reasoningFromTags ? [createReasoningExtraction({ expectReasoning })] : [],
    toolCallsFromText && tools.length > 0 ? [createToolCallRecovery({ tools, generateId, maxHeldCharacters })] : [],
    argumentsRepair ? [createArgumentsRepair({ tools, maxHeldCharacters })] : [],
  ].flat();
}

/** Passes events through all transforms. The usual case of one event creates no further lists. */
function pass(events: readonly StreamEvent[], transforms: readonly StreamTransform[]): readonly StreamEvent[] {
  let passed = events;
  for (const transform of transforms) {
    const [only] = passed;
    passed = only && passed.length === 1 ? transform.push(only) : passed.flatMap((each) => transform.push(each));
  }
  return passed;
}

/** Ends each transform. What it held passes through the transforms after it. */
function endAll(transforms: readonly StreamTransform[]): readonly StreamEvent[] {
  return transforms.flatMap((transform, index) => pass(transform.end(), transforms.slice(index + 1)));
}
