import type { FinishReason, JsonValue } from '@openclaw/provider';
import { isWireObject, readString } from '@openclaw/upstream-errors';
import type { WireObject } from '@openclaw/upstream-errors';
import type { WireToolCall } from '@openclaw/upstream-wire';

/** The content of one chunk or whole body, without the differences between servers. */
export interface WireContent {
  readonly reasoning: string;
  readonly text: string;
  readonly toolCalls: readonly WireToolCall[];
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
    return { reasoning: readReasoning(delta) || parts.reasoning, text: parts.text, toolCalls };
  }
  return { reasoning: readReasoning(delta), text: readString(content) + readString(delta['refusal']), toolCalls };
}

/**
 * `reasoning` (Ollama ≥ 0.11, OpenRouter, Groq), `reasoning_content` (DeepSeek, llama.cpp) or `reasoning_text`. Some
 * servers send two of them.
 */
function readReasoning(delta: WireObject): string {
  return (
    readString(delta['reasoning']) || readString(delta['reasoning_content']) || readString(delta['reasoning_text'])
  );
}

/** Parts as Mistral sends them: `{type:"text"}` and `{type:"thinking", thinking:[{type:"text"}]}`. */
function readParts(parts: readonly unknown[]): { readonly text: string; readonly reasoning: string } {
  let text = '';
  let reasoning = '';
  for (const part of parts.filter(isWireObject)) {
    text += readString(part['text']);
    reasoning += Array.isArray(part['thinking']) ? readParts(part['thinking']).text : readString(part['thinking']);
  }
  return { text, reasoning };
}

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

/** Whether a value is present: many servers write `null` for a field without a value. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The finish reason of an answer. Without one the model stopped by itself. */
export function finishReasonOf(wireReason: string | undefined): FinishReason {
  return wireReason === undefined ? 'stop' : (FINISH_REASONS.get(wireReason) ?? 'other');
}

const FINISH_REASONS: ReadonlyMap<string, FinishReason> = new Map(
  Object.entries({
    stop: 'stop',
    eos: 'stop',
    end_turn: 'stop',
    length: 'length',
    max_tokens: 'length',
    model_length: 'length',
    tool_calls: 'tool-calls',
    function_call: 'tool-calls',
    content_filter: 'content-filter',
  }),
);
