import type { FinishReason, JsonValue } from '@openclaw/provider';
import { isWireObject, readString } from '@openclaw/upstream-errors';
import type { WireObject } from '@openclaw/upstream-errors';
import type { WireToolCall } from '@openclaw/upstream-wire';

/** The content of one chunk or whole body, without the differences between servers. */
export interface WireContent {
  readonly reasoning: string;
  readonly text: string;
  readonly toolCalls: readonly WireToolCall[];
  /** Output of a kind that an answer of this product cannot contain, for messages; empty if there is none. */
  readonly uncarried: string;
}

const NO_TOOL_CALLS: readonly WireToolCall[] = [];

/** The first choice. Further choices (`n` > 1) are ignored. */
export function readChoice(chunk: WireObject): WireObject | undefined {
  if (!Array.isArray(chunk['choices'])) return undefined;
  const choices: readonly unknown[] = chunk['choices'];
  const [first] = choices;
  if (choices.length <= 1)
    return isWireObject(first) && !(typeof first['index'] === 'number' && first['index'] > 0) ? first : undefined;
  return choices.filter(isWireObject).find(({ index }) => typeof index !== 'number' || index === 0);
}

const NO_LOGPROBS: readonly JsonValue[] = [];

/** The log probabilities of the tokens of a choice, if they were requested. */
export function readLogprobs({ logprobs }: WireObject): readonly JsonValue[] {
  return isWireObject(logprobs) && isJsonArray(logprobs['content']) ? logprobs['content'] : NO_LOGPROBS;
}

/** An array that was parsed from JSON has JSON values. */
function isJsonArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Reads a `delta` or a `message`. */
export function readContent(delta: WireObject): WireContent {
  const content = delta['content'];
  const toolCalls = readToolCalls(delta);
  if (Array.isArray(content)) {
    const parts = readParts(content);
    const reasoning = readReasoning(delta) || parts.reasoning;
    return { reasoning, text: parts.text, toolCalls, uncarried: readUncarried(delta) || parts.uncarried };
  }
  const text = readString(content) + readString(delta['refusal']);
  return { reasoning: readReasoning(delta), text, toolCalls, uncarried: readUncarried(delta) };
}

/** Images (OpenRouter, vLLM-Omni) and speech (OpenAI). */
function readUncarried(delta: WireObject): string {
  const { images, audio } = delta;
  if (Array.isArray(images) && images.length > 0) return 'images';
  return isWireObject(audio) ? 'audio' : '';
}

/**
 * `reasoning` (Ollama ≥ 0.11, OpenRouter, Groq), `reasoning_content` (DeepSeek, llama.cpp) or `reasoning_text`. Some
 * servers send two of them.
 */
function readReasoning(delta: WireObject): string {
  return (
    readString(delta['reasoning']) ||
    readString(delta['reasoning_content']) ||
    readString(delta['reasoning_text']) ||
    readReasoningDetails(delta['reasoning_details'])
  );
}

/** `{type:"reasoning.text", text}` and `{type:"reasoning.summary", summary}` (MiniMax, some providers of OpenRouter). */
function readReasoningDetails(details: unknown): string {
  if (!Array.isArray(details)) return '';
  return details
    .filter(isWireObject)
    .map((detail) => readString(detail['text']) || readString(detail['summary']))
    .join('');
}

/** Parts as Mistral sends them: `{type:"text"}` and `{type:"thinking", thinking:[{type:"text"}]}`. */
function readParts(parts: readonly unknown[]): Omit<WireContent, 'toolCalls'> {
  let text = '';
  let reasoning = '';
  let uncarried = '';
  for (const part of parts.filter(isWireObject)) {
    text += readString(part['text']);
    reasoning += Array.isArray(part['thinking']) ? readParts(part['thinking']).text : readString(part['thinking']);
    const type = readString(part['type']);
    if (UNCARRIED_PARTS.has(type)) uncarried ||= type;
  }
  return { text, reasoning, uncarried };
}

const UNCARRIED_PARTS: ReadonlySet<string> = new Set(['image', 'image_url', 'output_image', 'audio', 'input_audio']);

export function isEmpty({ text, reasoning, toolCalls }: WireContent): boolean {
  return text === '' && reasoning === '' && toolCalls.length === 0;
}

function readToolCalls(delta: WireObject): readonly WireToolCall[] {
  if (!isSet(delta['tool_calls']) && !isSet(delta['function_call'])) return NO_TOOL_CALLS;
  const entries: readonly unknown[] = Array.isArray(delta['tool_calls']) ? delta['tool_calls'] : [];
  const toolCalls = entries.filter(isWireObject).map(readToolCall);
  // The predecessor of `tool_calls`. Some proxies still send it.
  return isWireObject(delta['function_call'])
    ? [...toolCalls, readToolCall({ function: delta['function_call'] })]
    : toolCalls;
}

function readToolCall(entry: WireObject): WireToolCall {
  const called = isWireObject(entry['function']) ? entry['function'] : entry;
  const given = called['arguments'];
  return {
    index: readIndex(entry['index']),
    id: readString(entry['id']),
    name: readString(called['name']),
    opens: readString(entry['id']) !== '' || entry['type'] !== undefined,
    argumentsText:
      typeof given === 'string' ? given : given === undefined || given === null ? '' : JSON.stringify(given),
  };
}

/** Some proxies write numbers as strings. */
function readIndex(index: unknown): number | undefined {
  if (typeof index === 'number') return index;
  return typeof index === 'string' && /^\d{1,9}$/.test(index) ? Number(index) : undefined;
}

/**
 * The stop sequence that ended the text: `stop_reason` of vLLM, `matched_stop` of SGLang. Both have the number of a token
 * there if a token ended it.
 */
export function readStopSequence(choice: WireObject): string | undefined {
  return readString(choice['stop_reason']) || readString(choice['matched_stop']) || undefined;
}

/** Whether a value is present: many servers write `null` for a field without a value. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/**
 * Whether the server stopped the answer before its end: vLLM at a shutdown or an abort, DeepSeek without resources, and
 * others at a timeout of their own. The answer is incomplete, whatever it says.
 */
export function isInterruption(wireReason: string): boolean {
  return INTERRUPTIONS.has(wireReason.toLowerCase());
}

const INTERRUPTIONS: ReadonlySet<string> = new Set([
  'abort',
  'aborted',
  'cancelled',
  'canceled',
  'timeout',
  'network_error',
  'insufficient_system_resource',
  'interrupted',
  'preempted',
  'shutdown',
  'disconnected',
  'client_disconnect',
]);

/** The finish reason of an answer. Without one the model stopped by itself. */
export function finishReasonOf(wireReason: string | undefined): FinishReason {
  return wireReason === undefined ? 'stop' : (FINISH_REASONS.get(wireReason.toLowerCase()) ?? 'other');
}

const FINISH_REASONS: ReadonlyMap<string, FinishReason> = new Map(
  Object.entries({
    stop: 'stop',
    stop_sequence: 'stop',
    eos: 'stop',
    end_turn: 'stop',
    length: 'length',
    max_tokens: 'length',
    model_length: 'length',
    max_output_tokens: 'length',
    max_length: 'length',
    model_context_window_exceeded: 'length',
    context_length_exceeded: 'length',
    tool_calls: 'tool-calls',
    tool_use: 'tool-calls',
    tool_call: 'tool-calls',
    function_call: 'tool-calls',
    content_filter: 'content-filter',
    sensitive: 'content-filter',
    safety: 'content-filter',
    refusal: 'content-filter',
  }),
);
