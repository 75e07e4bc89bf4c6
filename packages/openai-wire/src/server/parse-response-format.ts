import type { JsonObject, JsonValue, ResponseFormat } from '@openclaw/provider';
import { OPENAI_CHAT } from '../dialect.ts';
import { readObject, readString } from './read-fields.ts';
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
  ['json_object', (format) => ({ type: 'json', ...readRaw(format, FORMAT_KEYS) })],
  ['json_schema', parseSchemaFormat],
]);

const FORMAT_KEYS: KnownKeys = { type: true };

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
