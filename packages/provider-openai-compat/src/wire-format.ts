/** A JSON object from outside, nothing of it checked. */
export type WireObject = Readonly<Record<string, unknown>>;

/** Tells an object from everything else that JSON can be. */
export function isWireObject(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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

/** The choice that is read: the first of a request for one. Chunks of further choices (`n` > 1) are not. */
export function readChoice(chunk: WireObject): WireObject | undefined {
  if (!Array.isArray(chunk['choices'])) return undefined;
  const choices: readonly unknown[] = chunk['choices'];
  return choices.filter(isWireObject).find(({ index }) => typeof index !== 'number' || index === 0);
}

/** Reads a `delta` or a `message`. */
export function readSaid(said: WireObject): WireSaid {
  const content = readContent(said['content']);
  return {
    reasoning: readReasoning(said) || content.reasoning,
    text: content.text + readString(said['refusal']),
    toolCalls: readToolCalls(said),
  };
}

/** `reasoning` (Ollama ≥ 0.11, OpenRouter, Groq), `reasoning_content` (DeepSeek, llama.cpp) or `reasoning_text`; some servers send two of them. */
function readReasoning(said: WireObject): string {
  return readString(said['reasoning']) || readString(said['reasoning_content']) || readString(said['reasoning_text']);
}

/** A string, or parts as Mistral sends them: `{type:"text"}` and `{type:"thinking", thinking:[{type:"text"}]}`. */
function readContent(content: unknown): { readonly text: string; readonly reasoning: string } {
  if (typeof content === 'string') return { text: content, reasoning: '' };
  if (!Array.isArray(content)) return { text: '', reasoning: '' };
  const parts: readonly unknown[] = content;
  let text = '';
  let reasoning = '';
  for (const part of parts.filter(isWireObject)) {
    text += readString(part['text']);
    reasoning += typeof part['thinking'] === 'string' ? part['thinking'] : readContent(part['thinking']).text;
  }
  return { text, reasoning };
}

function readToolCalls(said: WireObject): readonly WireToolCall[] {
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
    index: typeof entry['index'] === 'number' ? entry['index'] : undefined,
    id: readString(entry['id']),
    name: readString(called['name']),
    opens: readString(entry['id']) !== '' || entry['type'] !== undefined,
    argumentsText:
      typeof given === 'string' ? given : given === undefined || given === null ? '' : JSON.stringify(given),
  };
}

/** A string, or nothing said. */
export function readString(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
