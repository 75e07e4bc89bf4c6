import type { JsonObject, JsonValue, ResponseFormat } from '@openclaw/provider';
import type { RuntimeChatRequest } from '@openclaw/runtime';
import { GatewayError } from '../gateway-error.ts';
import { parseMessages } from './parse-messages.ts';
import { checkToolChoice, parseToolChoice, parseTools } from './parse-tools.ts';
import {
  isAbsent,
  isObject,
  readArray,
  readBoolean,
  readInteger,
  readNumber,
  readObject,
  readString,
  hasUnknownKeys,
  readUnknownKeys,
} from './read-fields.ts';
import { readModelName } from './read-model-name.ts';

/** What a client asked for: the request itself, and how the reply is to be given. */
export interface ParsedChatRequest {
  readonly request: RuntimeChatRequest;
  readonly stream: boolean;
  /** Whether the stream ends with a chunk that counts the tokens. */
  readonly includeUsage: boolean;
}

/**
 * The body of `POST /v1/chat/completions`. Keys that it does not know, and what the contract has no words for, travel
 * on in `extraBody` and `extraFields`, so that nothing that a client sent is dropped. A key with `null` counts as left out.
 * @throws {GatewayError} `invalid-request`: which field, and what was expected.
 */
export function parseChatRequest(value: JsonValue): ParsedChatRequest {
  const body = readObject(value, 'body', 'a JSON object');
  if (!isAbsent(body['n']) && readInteger(body['n'], 'n', 1) > 1) {
    throw new GatewayError('invalid-request', '`n` must be 1: one request gets one answer.', { param: 'n' });
  }
  const request: Mutable<RuntimeChatRequest> = { messages: parseMessages(body['messages']) };
  for (const [key, read] of FIELDS) {
    const field = body[key];
    if (!isAbsent(field)) Object.assign(request, read(field, key));
  }
  if (!isAbsent(body['max_completion_tokens'])) {
    Object.assign(request, parseMaxTokens(body['max_completion_tokens'], 'max_completion_tokens'));
  }
  const { tools, raw } = parseTools(body['tools']);
  if (tools !== undefined) request.tools = tools;
  const unknown = readUnknownKeys(body, KNOWN_FIELDS);
  if (unknown !== undefined) request.extraBody = Object.assign(unknown, request.extraBody);
  if (raw !== undefined) request.extraBody = Object.assign(request.extraBody ?? {}, { tools: raw });
  checkToolChoice(request);
  return { request, ...parseStreamFields(body) };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

type FieldReader = (value: JsonValue | undefined, param: string) => Partial<RuntimeChatRequest>;

const FIELDS: ReadonlyMap<string, FieldReader> = new Map<string, FieldReader>([
  ['model', (value, param) => ({ model: readModel(value, param) })],
  ['tool_choice', (value, param) => ({ toolChoice: parseToolChoice(value, param) })],
  ['parallel_tool_calls', (value, param) => ({ parallelToolCalls: readBoolean(value, param) })],
  ['response_format', parseResponseFormat],
  ['temperature', (value, param) => ({ temperature: readNumber(value, param) })],
  ['top_p', (value, param) => ({ topP: readNumber(value, param) })],
  ['frequency_penalty', (value, param) => ({ frequencyPenalty: readNumber(value, param) })],
  ['presence_penalty', (value, param) => ({ presencePenalty: readNumber(value, param) })],
  ['max_tokens', parseMaxTokens],
  ['stop', (value, param) => ({ stop: parseStop(value, param) })],
  ['seed', (value, param) => ({ seed: readInteger(value, param) })],
  ['reasoning_effort', (value, param) => ({ reasoningEffort: readString(value, param) })],
]);

/** The fields above, and those that say how the reply is given or that are read by name. */
const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  ...FIELDS.keys(),
  'messages',
  'tools',
  'n',
  'stream',
  'stream_options',
  'max_completion_tokens',
]);

/** `openclaw:<agent>` is the older way to write `openclaw/<agent>`. */
function readModel(value: JsonValue | undefined, param: string): string {
  return readModelName(value, param).replace(/^openclaw:/i, 'openclaw/');
}

/** -1 says "as many as you like" to LM Studio and llama.cpp, and clients made for those write it. */
function parseMaxTokens(value: JsonValue | undefined, param: string): Partial<RuntimeChatRequest> {
  return value === -1 ? {} : { maxTokens: readInteger(value, param, 1) };
}

function parseStop(value: JsonValue | undefined, param: string): readonly string[] {
  if (typeof value === 'string') return [value];
  return readArray(value, param, 'a string or an array of strings').map((item, index) =>
    readString(item, `${param}[${index}]`),
  );
}

function parseResponseFormat(value: JsonValue | undefined, param: string): Partial<RuntimeChatRequest> {
  const format = readObject(value, param);
  const responseFormat = RESPONSE_FORMATS.get(readString(format['type'], `${param}.type`))?.(format, param);
  // A kind of format that only one server knows (a grammar, a regular expression) is that server's business.
  if (responseFormat === undefined) return { extraBody: { [param]: format } };
  return saysMore(format) ? { responseFormat, extraBody: { [param]: format } } : { responseFormat };
}

const FORMAT_KEYS: ReadonlySet<string> = new Set(['type', 'json_schema']);
const SCHEMA_KEYS: ReadonlySet<string> = new Set(['name', 'schema', 'description', 'strict']);

function saysMore(format: JsonObject): boolean {
  const { json_schema: schema } = format;
  return hasUnknownKeys(format, FORMAT_KEYS) || (isObject(schema) && hasUnknownKeys(schema, SCHEMA_KEYS));
}

const RESPONSE_FORMATS: ReadonlyMap<string, (format: JsonObject, param: string) => ResponseFormat> = new Map<
  string,
  (format: JsonObject, param: string) => ResponseFormat
>([
  ['text', () => ({ type: 'text' })],
  ['json_object', () => ({ type: 'json' })],
  ['json_schema', parseSchemaFormat],
]);

function parseSchemaFormat(format: JsonObject, param: string): ResponseFormat {
  const at = `${param}.json_schema`;
  const { name, schema, description, strict } = readObject(format['json_schema'], at);
  return {
    type: 'json-schema',
    name: readString(name ?? 'answer', `${at}.name`),
    schema: readObject(schema, `${at}.schema`, 'a JSON Schema'),
    ...(typeof description === 'string' && { description }),
    ...(typeof strict === 'boolean' && { strict }),
  };
}

function parseStreamFields(body: JsonObject): { stream: boolean; includeUsage: boolean } {
  const stream = readBoolean(body['stream'] ?? false, 'stream');
  const options = readObject(body['stream_options'] ?? {}, 'stream_options');
  const includeUsage = readBoolean(options['include_usage'] ?? false, 'stream_options.include_usage');
  return { stream, includeUsage: stream && includeUsage };
}
