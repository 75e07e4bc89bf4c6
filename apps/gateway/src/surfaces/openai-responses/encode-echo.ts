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
  const field = (key: string, fallback: JsonValue = null): JsonValue => {
    const value = body[key];
    return isAbsent(value) ? fallback : value;
  };
  const { text, reasoning } = body;
  const echo: JsonObject = {
    previous_response_id: field('previous_response_id'),
    instructions: field('instructions'),
    tools: encodeTools(field('tools', [])),
    tool_choice: field('tool_choice', 'auto'),
    parallel_tool_calls: field('parallel_tool_calls', true),
    truncation: readOneOf(field('truncation', 'disabled'), 'truncation', ['auto', 'disabled']),
    text: { format: { type: 'text' }, ...(isObject(text) && encodeText(withoutAbsent(text))) },
    reasoning: { effort: null, summary: null, ...(isObject(reasoning) && withoutAbsent(reasoning)) },
    temperature: field('temperature', 1),
    top_p: field('top_p', 1),
    frequency_penalty: field('frequency_penalty', 0),
    presence_penalty: field('presence_penalty', 0),
    top_logprobs: field('top_logprobs', 0),
    max_output_tokens: field('max_output_tokens'),
    max_tool_calls: readIfPresent(field('max_tool_calls'), (value) => readInteger(value, 'max_tool_calls', 1)),
    metadata: readMetadata(field('metadata', {})),
    service_tier: 'default',
    safety_identifier: readIfPresent(field('safety_identifier'), (value) => readString(value, 'safety_identifier')),
    prompt_cache_key: readIfPresent(field('prompt_cache_key'), (value) => readString(value, 'prompt_cache_key')),
    user: readIfPresent(field('user'), (value) => readString(value, 'user')),
    store,
    background: false,
  };
  return JSON.stringify(echo).slice(1, -1);
}

/** A schema for clients may require the fields that a request may leave out. */
function encodeTools(tools: JsonValue): JsonValue {
  const optional = { description: null, parameters: null, strict: null };
  return readArray(tools, 'tools').map((tool) =>
    isObject(tool) && tool['type'] === 'function' ? { ...optional, ...tool } : tool,
  );
}

function encodeText({ format, ...text }: JsonObject): JsonObject {
  if (!isObject(format)) return text;
  const optional = format['type'] === 'json_schema' ? { name: 'answer', description: null, strict: false } : {};
  return { ...text, format: { ...optional, ...format } };
}

function withoutAbsent(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => !isAbsent(value)));
}

function readIfPresent<T extends JsonValue>(value: JsonValue, read: (value: JsonValue) => T): T | null {
  return value === null ? null : read(value);
}

function readOneOf(value: JsonValue, param: string, allowed: readonly string[]): string {
  const text = readString(value, param);
  if (allowed.includes(text)) return text;
  throw invalidField(param, allowed.map((word) => JSON.stringify(word)).join(' or '), value);
}

function readMetadata(value: JsonValue): JsonObject {
  const metadata = readObject(value, 'metadata');
  for (const [key, item] of Object.entries(metadata)) readString(item, `metadata.${key.slice(0, 64)}`);
  return metadata;
}
