import type { JsonObject, JsonValue, ResponseFormat } from '@openclaw/provider';
import { OPENAI_CHAT } from '../dialect.ts';
import { isAbsent, readObject, readString } from './read-fields.ts';
import { readRaw } from './read-raw.ts';
import type { KnownKeys } from './read-raw.ts';

/** @throws {ProviderError} `invalid-request` */
export function parseResponseFormat(value: JsonValue | undefined, param: string): ResponseFormat {
  const format = readObject(value, param);
  const parse = RESPONSE_FORMATS.get(readString(format['type'], `${param}.type`));
  // A kind of format that only one server knows (a grammar, a regular expression) is that server's business.
  return parse === undefined ? { type: 'raw', dialect: OPENAI_CHAT, value: format } : parse(format, param);
}

const RESPONSE_FORMATS: ReadonlyMap<string, (format: JsonObject, param: string) => ResponseFormat> = new Map<
  string,
  (format: JsonObject, param: string) => ResponseFormat
>([
  ['text', (format) => ({ type: 'text', ...readRaw(format, FORMAT_KEYS) })],
  ['json_object', parseObjectFormat],
  ['json_schema', parseSchemaFormat],
]);

const FORMAT_KEYS: KnownKeys = { type: true };
const OBJECT_FORMAT_KEYS: KnownKeys = { type: true, schema: true };

/** llama.cpp takes a schema here, and its clients send it to every server. */
function parseObjectFormat(format: JsonObject, param: string): ResponseFormat {
  if (isAbsent(format['schema'])) return { type: 'json', ...readRaw(format, OBJECT_FORMAT_KEYS) };
  const schema = readObject(format['schema'], `${param}.schema`, 'a JSON Schema');
  return { type: 'json-schema', name: 'answer', schema, ...readRaw(format, OBJECT_FORMAT_KEYS) };
}

const SCHEMA_FORMAT_KEYS: KnownKeys = {
  type: true,
  json_schema: { name: true, schema: true, description: true, strict: true },
};

function parseSchemaFormat(format: JsonObject, param: string): ResponseFormat {
  const at = `${param}.json_schema`;
  const { name, schema, description, strict } = readObject(format['json_schema'], at);
  return {
    type: 'json-schema',
    name: readString(name ?? 'answer', `${at}.name`),
    schema: readObject(schema, `${at}.schema`, 'a JSON Schema'),
    ...(typeof description === 'string' && { description }),
    ...(typeof strict === 'boolean' && { strict }),
    ...readRaw(format, SCHEMA_FORMAT_KEYS),
  };
}
