import { isJsonObject, parseJson, parseRepairedJson } from '../json.ts';
import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readRawValue } from './json-value.ts';
import type { RawValue } from './json-value.ts';

/** What a JSON object needs to be a call. */
export interface JsonCallOptions {
  /** Whether a call without arguments counts, as after a marker. */
  readonly argumentsOptional?: boolean;
  /** Whether this is the object under `function`, which has no further one. */
  readonly inner?: boolean;
  /** The key of the name. @default 'name' or 'function' */
  readonly nameKey?: string;
}

/** Why a JSON text is not a call: it names no tool of the request or has other keys, or it cannot be parsed. */
export type NoJsonCall = 'foreign' | 'broken';

const ARGUMENT_KEYS: ReadonlySet<string> = new Set(['arguments', 'parameters']);
const IGNORED_KEYS = ['id', 'call_id', 'tool_call_id', 'index'];
const CALL_TYPES = ['function', 'tool_call', 'function_call'];
const KEYS = ['name', 'function', 'type', ...ARGUMENT_KEYS, ...IGNORED_KEYS];

/**
 * Reads one object, or an array of them, that has only the keys of a call, and the exact name of a tool. Returns
 * `foreign` at the first other key or name, so that other JSON is not held.
 */
export function* readJsonCalls(
  reader: TextReader,
  tools: ToolIndex,
  options: JsonCallOptions = {},
): Parse<readonly FoundCall[] | NoJsonCall> {
  while (reader.starved) yield;
  if (reader.peek() !== '[') {
    const call = yield* readJsonCall(reader, tools, options);
    return typeof call === 'string' ? call : [call];
  }
  reader.advance();
  return yield* readRestOfArray(reader, tools, options);
}

/** Reads the calls of an array whose opening bracket was read. Commas may be missing. */
export function* readRestOfArray(
  reader: TextReader,
  tools: ToolIndex,
  options: JsonCallOptions = {},
): Parse<readonly FoundCall[] | NoJsonCall> {
  const calls: FoundCall[] = [];
  for (;;) {
    yield* readWhile(reader, /[\s,]+/y);
    if (reader.peek() === ']' && calls.length > 0) {
      reader.advance();
      return calls;
    }
    if (reader.peek() === '' && calls.length > 0 && !reader.cut) return calls;
    const call = yield* readJsonCall(reader, tools, options);
    if (typeof call === 'string') return call;
    calls.push(call);
  }
}

function* readJsonCall(reader: TextReader, tools: ToolIndex, options: JsonCallOptions): Parse<FoundCall | NoJsonCall> {
  if (reader.peek() !== '{') return 'foreign';
  reader.advance();
  return yield* readRestOfCall(reader, tools, options);
}

/** Reads an object whose opening brace was read. */
export function* readRestOfCall(
  reader: TextReader,
  tools: ToolIndex,
  options: JsonCallOptions = {},
): Parse<FoundCall | NoJsonCall> {
  const { nameKey } = options;
  let name: string | undefined;
  let argumentsText: string | undefined;
  let inner: FoundCall | undefined;
  for (;;) {
    yield* readWhile(reader, /[\s,]+/y);
    const mark = reader.peek();
    if (mark === '}') {
      reader.advance();
      break;
    }
    // A closing brace is often forgotten before a closing tag, and at the end of an answer.
    if (mark === '<' || (mark === '' && !reader.cut)) break;
    if (mark !== '"' && mark !== "'") return 'broken';
    const key = yield* readQuotedWord(reader, nameKey === undefined ? KEYS : [nameKey, ...KEYS]);
    if (key === undefined) return 'foreign';
    yield* readBlanks(reader);
    if (reader.peek() !== ':') return 'foreign';
    reader.advance();
    yield* readBlanks(reader);
    if (ARGUMENT_KEYS.has(key)) {
      if (argumentsText !== undefined || inner) return 'foreign';
      const value = yield* readRawValue(reader);
      if (!isUsable(value, reader.cut)) return 'broken';
      argumentsText = argumentsOf(value);
      if (argumentsText === undefined) return 'foreign';
    } else if (key === 'function' && reader.peek() === '{' && options.inner !== true) {
      reader.advance();
      const call = yield* readRestOfCall(reader, tools, { ...options, inner: true });
      if (typeof call === 'string') return call;
      inner = call;
    } else if (nameKey === undefined ? key === 'name' || key === 'function' : key === nameKey) {
      const value = yield* readQuotedWord(reader, tools.names);
      if (value === undefined || name !== undefined) return 'foreign';
      name = value;
    } else if (key === 'type') {
      if ((yield* readQuotedWord(reader, CALL_TYPES)) === undefined) return 'foreign';
    } else {
      const value = yield* readRawValue(reader);
      if (value.end !== 'whole' || /^[{[]/.test(value.text)) return 'foreign';
    }
  }
  if (inner) return name === undefined && argumentsText === undefined ? inner : 'foreign';
  return foundCall(name, argumentsText, tools, options);
}

/** Reads a broken JSON text with a repair library; for text between a marker and its end. */
export function repairJsonCalls(text: string, tools: ToolIndex): readonly FoundCall[] | undefined {
  const value = parseRepairedJson(text);
  const calls = (Array.isArray(value) ? value : [value]).map((entry) => callFromValue(entry, tools));
  const found = calls.filter((call) => call !== undefined);
  return found.length > 0 && found.length === calls.length ? found : undefined;
}

function callFromValue(value: unknown, tools: ToolIndex): FoundCall | undefined {
  if (!isJsonObject(value)) return undefined;
  if (isJsonObject(value['function']) && !('name' in value)) return callFromValue(value['function'], tools);
  if (Object.keys(value).some((key) => !KEYS.includes(key))) return undefined;
  const name = value['name'] ?? value['function'];
  const given = value['arguments'] ?? value['parameters'] ?? {};
  if (typeof name !== 'string') return undefined;
  const argumentsText = typeof given === 'string' ? given : JSON.stringify(given);
  const call = foundCall(name, argumentsText, tools, { argumentsOptional: true });
  return typeof call === 'string' ? undefined : call;
}

function foundCall(
  name: string | undefined,
  argumentsText: string | undefined,
  tools: ToolIndex,
  { argumentsOptional = false }: JsonCallOptions,
): FoundCall | 'foreign' {
  const tool = name === undefined ? undefined : tools.get(name);
  if (!tool || (argumentsText === undefined && !argumentsOptional)) return 'foreign';
  if (argumentsText !== undefined && isToolDefinition(argumentsText, tool.parameters)) return 'foreign';
  return { name: tool.name, argumentsText: argumentsText ?? '{}' };
}

/** Closing brackets may be missing at the end of an answer that was not cut short. */
function isUsable({ text, end }: RawValue, cut: boolean): boolean {
  return end === 'whole' || (end === 'open' && !cut && isJsonObject(parseRepairedJson(text)));
}

/** Arguments are an object, or an object as a JSON string as in OpenAI's own calls, or nothing. */
function argumentsOf({ text }: RawValue): string | undefined {
  if (text.startsWith('{')) return text;
  if (text === 'null') return '{}';
  const inner = parseJson(text);
  return typeof inner === 'string' && /^\s*(?:\{|$)/.test(inner) ? inner : undefined;
}

/** A model that repeats the definition of a tool does not call it. */
function isToolDefinition(argumentsText: string, parameters: unknown): boolean {
  if (!argumentsText.includes('properties')) return false;
  const value = parseJson(argumentsText);
  if (!isJsonObject(value) || !isJsonObject(value['properties'])) return false;
  const own = isJsonObject(parameters) ? parameters['properties'] : undefined;
  return !(isJsonObject(own) && 'properties' in own);
}

/** Reads one of the words in either kind of quotes; stops as soon as none of them can match. */
function* readQuotedWord(reader: TextReader, words: readonly string[]): Parse<string | undefined> {
  while (reader.starved) yield;
  const quote = reader.peek();
  if (quote !== '"' && quote !== "'") return undefined;
  reader.advance();
  const { word } = yield* readWord(reader, words);
  if (word === undefined || reader.peek() !== quote) return undefined;
  reader.advance();
  return word;
}
