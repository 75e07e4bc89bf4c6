import type * as v from 'valibot';
import { isJsonObject, setProperty, type JsonObject, type JsonValue } from './json-value.ts';
import { configSchema } from './schema/config-schema.ts';
import { childSchema, notesOf } from './schema/schema-shape.ts';
import { isVariableReference } from './substitute-variables.ts';

/** The mask of a secret, which is rejected as a value. */
export const SECRET_MASK = '***';

/** Whether a string contains the mask of this product or of the original. */
export function isSecretMask(text: string): boolean {
  return text.includes(SECRET_MASK) || text.includes('__OPENCLAW_REDACTED__');
}

/**
 * Masks the secrets of a configuration, or of the part at `path`. References such as `${OLLAMA_API_KEY}` are not
 * secrets and stay. In unknown sections, keys whose names suggest a secret are masked, too.
 */
export function redactConfig(value: JsonValue, { path = [] }: { path?: readonly string[] } = {}): JsonValue {
  return redact(value, path.reduce(stepInto, rootPlace));
}

/** A place in the configuration, and its schema if known. */
export interface SchemaPlace {
  schema: v.GenericSchema | undefined;
  secret: boolean;
  /** Whether the schema does not cover this place, so that only the name of the key is known. */
  guess: boolean;
}

export const rootPlace: SchemaPlace = { schema: configSchema, secret: false, guess: false };

/** The place of a key or an index. */
export function stepInto({ schema, secret, guess }: SchemaPlace, key: string): SchemaPlace {
  const child = schema && childSchema(schema, key);
  const notes = child && notesOf(child);
  const unknown = guess || child === undefined || notes?.unused === true || child.type === 'unknown';
  return {
    schema: child,
    secret: secret || notes?.secret === true || (unknown && SECRET_KEY.test(key)),
    guess: unknown,
  };
}

/** Whether a value at a place must not be shown. References such as `${OLLAMA_API_KEY}` may. */
export function isSecretValue(value: JsonValue, { secret }: SchemaPlace): boolean {
  return secret && typeof value === 'string' && value !== '' && !isVariableReference(value);
}

const SECRET_KEY = /(?:api_?key|token|password|passwd|secret|credential|authorization|cookie|private_?key)$/i;

function redact(value: JsonValue, place: SchemaPlace): JsonValue {
  if (Array.isArray(value)) return value.map((item, index) => redact(item, stepInto(place, String(index))));
  if (isJsonObject(value)) {
    const object: JsonObject = {};
    for (const [key, item] of Object.entries(value))
      setProperty(object, { key, value: redact(item, stepInto(place, key)) });
    return object;
  }
  if (isSecretValue(value, place)) return SECRET_MASK;
  return typeof value === 'string' ? value.replace(/^(https?:\/\/)[^\s/@]+@/i, `$1${SECRET_MASK}@`) : value;
}

/** Masks a key for display: shows its start and end if it is long, `***` if it is short. */
export function maskSecret(secret: string): string {
  return secret.length < 20 ? SECRET_MASK : `${secret.slice(0, 4)}${SECRET_MASK}${secret.slice(-4)}`;
}
