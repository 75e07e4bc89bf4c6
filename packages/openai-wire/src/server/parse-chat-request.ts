import type { ChatRequest, JsonObject, JsonValue } from '@openclaw/provider';
import { parseMessages } from './parse-messages.ts';
import { parseResponseFormat } from './parse-response-format.ts';
import { checkToolChoice, parseToolChoice, parseTools } from './parse-tools.ts';
import {
  invalidRequest,
  isAbsent,
  readArray,
  readBoolean,
  readInteger,
  readNumber,
  readObject,
  readString,
} from './read-fields.ts';
import { readModelName } from './read-model-name.ts';
import { readRaw } from './read-raw.ts';
import type { KnownKeys } from './read-raw.ts';

/** What a client asked for: the request itself, and how the reply is to be given. */
export interface ParsedChatRequest {
  readonly request: ChatRequest & {
    /** As the client names it. */
    readonly model?: string;
  };
  readonly stream: boolean;
  /** Whether the stream ends with a chunk that counts the tokens. */
  readonly includeUsage: boolean;
}

/**
 * The body of `POST /v1/chat/completions`. What the contract has no fields for travels on as raw values, so that nothing
 * that a client sent is dropped. A key with `null` counts as left out.
 * @throws {ProviderError} `invalid-request`: which field (`param`), and what was expected.
 */
export function parseChatRequest(value: JsonValue): ParsedChatRequest {
  const body = readObject(value, 'body', 'a JSON object');
  if (!isAbsent(body['n']) && readInteger(body['n'], 'n', 1) > 1) {
    throw invalidRequest('`n` must be 1: one request gets one answer.', 'n');
  }
  if (!isAbsent(body['functions']) && readArray(body['functions'], 'functions').length > 0) {
    throw invalidRequest('`functions` is no longer a part of the API. Send the functions as `tools`.', 'functions');
  }
  const request: Mutable<ParsedChatRequest['request']> = { messages: parseMessages(body['messages']) };
  for (const [key, read] of FIELDS) {
    const field = body[key];
    if (!isAbsent(field)) Object.assign(request, read(field, key));
  }
  if (!isAbsent(body['max_completion_tokens'])) {
    Object.assign(request, parseMaxTokens(body['max_completion_tokens'], 'max_completion_tokens'));
  }
  const tools = parseTools(body['tools']);
  if (tools !== undefined) request.tools = tools;
  Object.assign(request, readRaw(body, KNOWN_FIELDS));
  checkToolChoice(request);
  return { request, ...parseStreamFields(body) };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

type FieldReader = (value: JsonValue | undefined, param: string) => Partial<ParsedChatRequest['request']>;

const FIELDS: ReadonlyMap<string, FieldReader> = new Map<string, FieldReader>([
  ['model', (value, param) => ({ model: readModelName(value, param) })],
  ['tool_choice', (value, param) => ({ toolChoice: parseToolChoice(value, param) })],
  ['parallel_tool_calls', (value, param) => ({ parallelToolCalls: readBoolean(value, param) })],
  ['response_format', (value, param) => ({ responseFormat: parseResponseFormat(value, param) })],
  ['temperature', (value, param) => ({ temperature: readNumber(value, param) })],
  ['top_p', (value, param) => ({ topP: readNumber(value, param) })],
  ['top_k', (value, param) => ({ topK: readInteger(value, param) })],
  ['frequency_penalty', (value, param) => ({ frequencyPenalty: readNumber(value, param) })],
  ['presence_penalty', (value, param) => ({ presencePenalty: readNumber(value, param) })],
  ['max_tokens', parseMaxTokens],
  ['stop', (value, param) => ({ stop: parseStop(value, param) })],
  ['seed', (value, param) => ({ seed: readInteger(value, param) })],
  ['reasoning_effort', (value, param) => ({ reasoningEffort: readString(value, param) })],
]);

/** The fields above, and those that say how the reply is given or that are read by name. */
const KNOWN_FIELDS: KnownKeys = Object.fromEntries(
  [
    ...FIELDS.keys(),
    'messages',
    'tools',
    'functions',
    'function_call',
    'n',
    'stream',
    'stream_options',
    'max_completion_tokens',
  ].map((key) => [key, true]),
);

/** -1 says "as many as you like" to LM Studio and llama.cpp, and clients made for those write it. */
function parseMaxTokens(value: JsonValue | undefined, param: string): Partial<ParsedChatRequest['request']> {
  return value === -1 ? {} : { maxTokens: readInteger(value, param, 1) };
}

function parseStop(value: JsonValue | undefined, param: string): readonly string[] {
  if (typeof value === 'string') return [value];
  return readArray(value, param, 'a string or an array of strings').map((item, index) =>
    readString(item, `${param}[${index}]`),
  );
}

function parseStreamFields(body: JsonObject): { stream: boolean; includeUsage: boolean } {
  const stream = readBoolean(body['stream'] ?? false, 'stream');
  const options = readObject(body['stream_options'] ?? {}, 'stream_options');
  const includeUsage = readBoolean(options['include_usage'] ?? false, 'stream_options.include_usage');
  return { stream, includeUsage: stream && includeUsage };
}
