import {
  invalidField,
  isAbsent,
  isObject,
  readArray,
  readInteger,
  readObject,
  readString,
} from '@openclaw/openai-wire';
import type { JsonObject, JsonValue } from '@openclaw/provider';

/**
 * The fields of a request that its response repeats, as the members of a JSON object. Each event that carries the whole
 * response has them, so they are encoded once.
 * @throws {ProviderError} `invalid-request`
 */
export function encodeEcho(body: JsonObject, { store }: { readonly store: boolean }): string {
  let echo = `"store":${store},"background":false,"service_tier":"default"`;
  for (const { key, absent, read } of FIELDS) {
    const value = body[key];
    echo += isAbsent(value) ? absent : `,"${key}":${JSON.stringify(read(value, key))}`;
  }
  return echo;
}

interface EchoField {
  readonly key: string;
  /** What a response has for a request without the field. */
  readonly absent: string;
  readonly read: (value: JsonValue, param: string) => JsonValue;
}

function echoField(key: string, fallback: JsonValue, read: EchoField['read'] = (value) => value): EchoField {
  return { key, absent: `,"${key}":${JSON.stringify(fallback)}`, read };
}

/** The defaults of OpenAI's API. Fields without a reader are checked where they are used. */
const FIELDS: readonly EchoField[] = [
  echoField('previous_response_id', null),
  echoField('instructions', null),
  echoField('tools', [], completeTools),
  echoField('tool_choice', 'auto'),
  echoField('parallel_tool_calls', true),
  echoField('truncation', 'disabled', readTruncation),
  echoField('text', { format: { type: 'text' } }, completeText),
  echoField('reasoning', { effort: null, summary: null }, (value, param) => ({
    effort: null,
    summary: null,
    ...readObject(value, param),
  })),
  echoField('temperature', 1),
  echoField('top_p', 1),
  echoField('frequency_penalty', 0),
  echoField('presence_penalty', 0),
  echoField('top_logprobs', 0),
  echoField('max_output_tokens', null),
  echoField('max_tool_calls', null, (value, param) => readInteger(value, param, 1)),
  echoField('metadata', {}, readMetadata),
  echoField('safety_identifier', null, (value, param) => readString(value, param)),
  echoField('prompt_cache_key', null, (value, param) => readString(value, param)),
  echoField('user', null, (value, param) => readString(value, param)),
];

/** A schema for clients may require the fields that a request may leave out. */
function completeTools(value: JsonValue, param: string): JsonValue {
  const optional = { description: null, parameters: null, strict: null };
  return readArray(value, param).map((tool) =>
    isObject(tool) && tool['type'] === 'function' ? { ...optional, ...tool } : tool,
  );
}

function completeText(value: JsonValue, param: string): JsonValue {
  const { format, ...text } = readObject(value, param);
  if (!isObject(format)) return { ...text, format: { type: 'text' } };
  const optional = format['type'] === 'json_schema' ? { name: 'answer', description: null, strict: false } : {};
  return { ...text, format: { ...optional, ...format } };
}

function readTruncation(value: JsonValue, param: string): JsonValue {
  if (value === 'auto' || value === 'disabled') return value;
  throw invalidField(param, '"auto" or "disabled"', value);
}

function readMetadata(value: JsonValue, param: string): JsonValue {
  const metadata = readObject(value, param);
  for (const [key, item] of Object.entries(metadata)) readString(item, `${param}.${key.slice(0, 64)}`);
  return metadata;
}
