import type { FinishReason, JsonValue } from '@openclaw/provider';
import { isWireObject, readString } from '@openclaw/upstream-errors';
import type { WireObject } from '@openclaw/upstream-errors';

/** What one chunk or whole body says of the answer, with the different spellings of servers removed. */
export interface WireSaid {
  readonly reasoning: string;
  readonly text: string;
  readonly toolCalls: readonly WireToolCall[];
}

/** An entry of `tool_calls`: a whole call or a fragment of one. What the server left out is empty or `undefined`. */
export interface WireToolCall {
  readonly index: number | undefined;
  readonly id: string;
  readonly name: string;
  readonly argumentsText: string;
  /** Whether the entry looks like the first of a call: it has an id or a type. Fragments that go on with one have neither. */
  readonly opens: boolean;
}

const NO_TOOL_CALLS: readonly WireToolCall[] = [];

/** The choice that is read: the first of a request for one. Chunks of further choices (`n` > 1) are not. */
export function readChoice(chunk: WireObject): WireObject | undefined {
  if (!Array.isArray(chunk['choices'])) return undefined;
  const choices: readonly unknown[] = chunk['choices'];
  const [first] = choices;
  if (choices.length <= 1)
    return isWireObject(first) && !(typeof first['index'] === 'number' && first['index'] > 0) ? first : undefined;
  return choices.filter(isWireObject).find(({ index }) => typeof index !== 'number' || index === 0);
}

const NOTHING_OF_TOKENS: readonly JsonValue[] = [];

/** What a choice tells of the tokens of its text, if the server was asked for that. */
export function readLogprobs({ logprobs }: WireObject): readonly JsonValue[] {
  return isWireObject(logprobs) && isJsonArray(logprobs['content']) ? logprobs['content'] : NOTHING_OF_TOKENS;
}

/** What was parsed from JSON and is an array is one of JSON values. */
function isJsonArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Reads a `delta` or a `message`. */
export function readSaid(said: WireObject): WireSaid {
  const content = said['content'];
  const toolCalls = readToolCalls(said);
  if (Array.isArray(content)) {
    const parts = readParts(content);
    return { reasoning: readReasoning(said) || parts.reasoning, text: parts.text, toolCalls };
  }
  return { reasoning: readReasoning(said), text: readString(content) + readString(said['refusal']), toolCalls };
}

/** `reasoning` (Ollama ≥ 0.11, OpenRouter, Groq), `reasoning_content` (DeepSeek, llama.cpp) or `reasoning_text`; some servers send two of them. */
function readReasoning(said: WireObject): string {
  return readString(said['reasoning']) || readString(said['reasoning_content']) || readString(said['reasoning_text']);
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

export function saysNothing({ text, reasoning, toolCalls }: WireSaid): boolean {
  return text === '' && reasoning === '' && toolCalls.length === 0;
}

function readToolCalls(said: WireObject): readonly WireToolCall[] {
  if (!isSet(said['tool_calls']) && !isSet(said['function_call'])) return NO_TOOL_CALLS;
  const entries: readonly unknown[] = Array.isArray(said['tool_calls']) ? said['tool_calls'] : [];
  const toolCalls = entries.filter(isWireObject).map(readToolCall);
  // The form that came before `tool_calls`; still sent by some proxies.
  return isWireObject(said['function_call'])
    ? [...toolCalls, readToolCall({ function: said['function_call'] })]
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

/** Whether a value is there: many servers write `null` for what they leave out. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Why an answer ended; one that ended without a reason came to its end. */
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
