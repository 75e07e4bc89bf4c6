import {
  invalidField,
  isAbsent,
  isObject,
  readArray,
  readBoolean,
  readInteger,
  readNumber,
  readObject,
  readString,
} from '@openclaw/openai-wire';
import type { ChatRequest, JsonObject, JsonValue, RawValue, ResponseFormat, ToolDefinition } from '@openclaw/provider';
import { ProviderError } from '@openclaw/provider';

type Settings = Omit<ChatRequest, 'messages'>;

/**
 * What `/api/chat` and `/api/generate` have in common: `options`, `format`, `think`, `tools`. What the contract has no
 * field for (`num_ctx`, `keep_alive`) travels as a raw value to the servers that know it.
 * @param known keys of the body that are read elsewhere
 * @throws {ProviderError} `invalid-request`
 */
export function parseSettings(body: JsonObject, known: ReadonlySet<string>): Settings {
  const options = isAbsent(body['options']) ? {} : readObject(body['options'], 'options');
  const settings: Settings[] = [];
  for (const [key, value] of Object.entries(options)) {
    if (!isAbsent(value)) settings.push(OPTIONS.get(key)?.(value, `options.${key}`) ?? {});
  }
  return Object.assign(
    {},
    ...settings,
    parseFormat(body['format']),
    parseThink(body['think']),
    parseTools(body['tools']),
    readRaw({ body, options, known }),
  );
}

const OPTIONS: ReadonlyMap<string, (value: JsonValue, param: string) => Settings> = new Map<
  string,
  (value: JsonValue, param: string) => Settings
>([
  ['temperature', (value, param) => ({ temperature: readNumber(value, param) })],
  ['top_p', (value, param) => ({ topP: readNumber(value, param) })],
  ['top_k', (value, param) => ({ topK: readInteger(value, param) })],
  ['frequency_penalty', (value, param) => ({ frequencyPenalty: readNumber(value, param) })],
  ['presence_penalty', (value, param) => ({ presencePenalty: readNumber(value, param) })],
  ['seed', (value, param) => ({ seed: readInteger(value, param) })],
  ['stop', (value, param) => ({ stop: parseStop(value, param) })],
  ['num_predict', parseNumPredict],
]);

function parseStop(value: JsonValue, param: string): readonly string[] {
  if (typeof value === 'string') return [value];
  return readArray(value, param).map((item, index) => readString(item, `${param}[${index}]`));
}

/** -1 means no limit, -2 as much as the context holds, and 0 is ignored by Ollama. */
function parseNumPredict(value: JsonValue, param: string): Settings {
  const tokens = readInteger(value, param);
  return tokens > 0 ? { maxTokens: tokens } : {};
}

function parseFormat(format: JsonValue | undefined): { responseFormat?: ResponseFormat } {
  if (isAbsent(format) || format === '') return {};
  if (format === 'json') return { responseFormat: { type: 'json' } };
  if (!isObject(format)) throw invalidField('format', '"json" or a JSON Schema', format);
  return { responseFormat: { type: 'json-schema', name: 'answer', schema: format } };
}

/** `true` is what Ollama does anyway. A model that cannot think is asked without it, where Ollama refuses the request. */
function parseThink(think: JsonValue | undefined): Settings {
  if (isAbsent(think) || think === true || think === '') return {};
  if (think === false) return { reasoningEffort: 'none' };
  if (typeof think !== 'string') throw invalidField('think', 'true, false, "low", "medium" or "high"', think);
  return { reasoningEffort: think };
}

function parseTools(value: JsonValue | undefined): { tools?: readonly ToolDefinition[] } {
  if (isAbsent(value)) return {};
  const tools = readArray(value, 'tools').map((tool, index) => parseTool(tool, `tools[${index}]`));
  return tools.length === 0 ? {} : { tools };
}

function parseTool(value: JsonValue, param: string): ToolDefinition {
  const at = `${param}.function`;
  const { name, description, parameters } = readObject(readObject(value, param)['function'], at);
  if (readString(name, `${at}.name`) === '') throw invalidField(`${at}.name`, 'the name of a function', name);
  return {
    name: readString(name, `${at}.name`),
    ...(!isAbsent(description) && { description: readString(description, `${at}.description`) }),
    ...(!isAbsent(parameters) && { parameters: readObject(parameters, `${at}.parameters`) }),
  };
}

/** Each is copied, for each attempt as well. No API has nearly as many. */
const MAX_UNKNOWN_KEYS = 1_000;

function readRaw({ body, options, known }: { body: JsonObject; options: JsonObject; known: ReadonlySet<string> }): {
  raw?: RawValue;
} {
  const rest = Object.entries(body).filter(([key, value]) => !known.has(key) && !SETTINGS.has(key) && !isAbsent(value));
  const more = Object.entries(options).filter(([key, value]) => !OPTIONS.has(key) && !isAbsent(value));
  if (rest.length + more.length > MAX_UNKNOWN_KEYS)
    throw new ProviderError(
      'invalid-request',
      `The request has more than ${MAX_UNKNOWN_KEYS} fields that the API does not name.`,
    );
  if (rest.length + more.length === 0) return {};
  // `fromEntries` defines its keys, so that one called `__proto__` is data like any other.
  const value = Object.fromEntries(more.length === 0 ? rest : [...rest, ['options', Object.fromEntries(more)]]);
  return { raw: { dialect: 'ollama', value } };
}

const SETTINGS: ReadonlySet<string> = new Set(['options', 'format', 'think', 'tools']);

/** Whether the reply is a stream, which is what Ollama does by default. */
export function parseStream({ stream }: JsonObject): boolean {
  return isAbsent(stream) || readBoolean(stream, 'stream');
}
