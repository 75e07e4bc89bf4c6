import { checkEvents, checkTools, createEventStream, failArgument, openEventStream } from '@openclaw/provider';
import type { EventStream, StreamEvent, ToolDefinition } from '@openclaw/provider';
import { createReasoningExtraction } from './extract-reasoning.ts';
import { findFamily } from './find-family.ts';
import { findReasoningTag, unfinishedTagLength } from './reasoning-tags.ts';
import { createFailureRecovery } from './recover-from-failure.ts';
import { createReasoningRecovery } from './recover-from-reasoning.ts';
import { createToolCallRecovery } from './recover-tool-calls.ts';
import { createCallIdRenewal } from './renew-call-ids.ts';
import { createArgumentsRepair } from './repair-call-arguments.ts';
import type { StreamTransform } from './stream-transform.ts';
import { createToolCallReader } from './tool-call-syntaxes.ts';
import { createToolIndex } from './tool-index.ts';
import { createWrittenCalls } from './written-calls.ts';

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
export function repairStream(events: AsyncIterable<StreamEvent>, options: RepairStreamOptions = {}): EventStream {
  checkEvents(events, { caller: 'repairStream' });
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
    if (options.tools !== undefined) checkTools(options.tools, { caller: 'repairStream', path: 'options.tools' });
  }

  push(pulled: readonly StreamEvent[]): readonly StreamEvent[] {
    if (this.#transforms === undefined && isPlainAnswer(pulled, this.#options)) return pulled;
    if (this.#transforms === undefined) checkEvent(pulled[0]);
    const transforms = (this.#transforms ??= createTransforms(this.#options));
    if (pulled.length === 0) return endAll(transforms);
    const passed = pass(pulled, transforms);
    if (transforms.some(({ isOver }) => isOver === true))
      this.#transforms = transforms.filter(({ isOver }) => isOver !== true);
    return passed;
  }
}

/**
 * A whole answer without tools, whose one text has no tag and follows all reasoning. That is most answers, and they need
 * no repair. Transforms may hold a text, and emit it after the reasoning that follows it.
 */
function isPlainAnswer(
  events: readonly StreamEvent[],
  { tools = [], reasoningFromTags = true, expectReasoning = false, jsonAnswer = false }: RepairStreamOptions,
): boolean {
  const last = events.at(-1)?.type;
  if (tools.length > 0 || expectReasoning || jsonAnswer || (last !== 'finish' && last !== 'error')) return false;
  let texts = 0;
  return events.every((event) => {
    if (event.type === 'reasoning-delta') return texts === 0 && !event.text.includes('<response>');
    if (event.type !== 'text-delta') return PLAIN_TYPES.has(event.type);
    texts += 1;
    return texts === 1 && !(reasoningFromTags && mayHoldReasoningTag(event.text));
  });
}

/** A chunk of OpenAI's API instead of an event shows at the first one. */
function checkEvent(event: StreamEvent | undefined): void {
  if (event === undefined || typeof event.type === 'string') return;
  const found = 'choices' in event ? "a chunk of OpenAI's API" : undefined;
  const expected = found === undefined ? 'an event with a `type`' : 'an event; for chunks there is `repairChunks`';
  failArgument('repairStream', { path: 'events', value: event, found, expected });
}

const PLAIN_TYPES: ReadonlySet<StreamEvent['type']> = new Set(['start', 'finish', 'error']);

function mayHoldReasoningTag(text: string): boolean {
  return text.trim() === '' || findReasoningTag(text, { isWhole: true }) !== undefined || unfinishedTagLength(text) > 0;
}

function createTransforms({
  tools = [],
  toolCallsFromText = true,
  callsFromReasoning = true,
  reasoningFromTags = true,
  argumentsRepair = true,
  expectReasoning = false,
  jsonAnswer = false,
  family,
  maxTokens,
  isUsedId,
  generateId = () => `call_${crypto.randomUUID().replaceAll('-', '').slice(0, 24)}`,
  maxHeldCharacters = 1_048_576,
}: RepairStreamOptions): readonly StreamTransform[] {
  const index = createToolIndex(tools);
  const calls =
    toolCallsFromText && tools.length > 0
      ? createToolCallReader(index, { family: family === undefined ? undefined : findFamily(family) })
      : undefined;
  const fromReasoning = { calls: callsFromReasoning ? calls : undefined, jsonAnswer, generateId, maxHeldCharacters };
  const writtenCalls = calls && createWrittenCalls({ calls, maxHeldCharacters });
  const recovery = calls && { tools: index, calls, generateId, maxHeldCharacters };
  return [
    recovery ? [createFailureRecovery(() => createToolCallRecovery(recovery))] : [],
    reasoningFromTags ? [createReasoningExtraction({ expectReasoning, writtenCalls })] : [],
    reasoningFromTags || fromReasoning.calls ? [createReasoningRecovery(fromReasoning)] : [],
    recovery ? [createToolCallRecovery(recovery)] : [],
    isUsedId ? [createCallIdRenewal({ isUsedId, generateId })] : [],
    argumentsRepair ? [createArgumentsRepair({ tools, maxHeldCharacters, maxTokens })] : [],
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
