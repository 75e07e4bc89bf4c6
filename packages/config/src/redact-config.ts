import type * as v from 'valibot';
import { isJsonObject, setProperty, type JsonObject, type JsonValue } from './json-value.ts';
import { configSchema } from './schema/config-schema.ts';
import { childSchema, notesOf } from './schema/schema-shape.ts';
import { isVariableReference } from './substitute-variables.ts';

/** What is shown in place of a secret, and refused as a value. */
export const secretMask = '***';

/** Whether a string is, or holds, what this product or the original prints in place of a secret. */
export function isSecretMask(text: string): boolean {
  return text.includes(secretMask) || text.includes('__OPENCLAW_REDACTED__');
}

/**
 * A configuration, or the part of it at `path`, without its secrets. References such as `${OLLAMA_API_KEY}` are no secrets and stay.
 * Inside of sections this product does not know, keys that sound like secrets are masked, too.
 */
export function redactConfig(value: JsonValue, { path = [] }: { path?: readonly string[] } = {}): JsonValue {
  return redact(value, path.reduce(stepInto, rootPlace));
}

/** A place in the configuration, as far as the schema knows it. */
export interface SchemaPlace {
  schema: v.GenericSchema | undefined;
  secret: boolean;
  /** Whether the schema has nothing to say here, so that the name of a key must do. */
  guess: boolean;
}

export const rootPlace: SchemaPlace = { schema: configSchema, secret: false, guess: false };

/** The place under a key or an index. */
export function stepInto({ schema, secret, guess }: SchemaPlace, key: string): SchemaPlace {
  const child = schema && childSchema(schema, key);
  const notes = child && notesOf(child);
  const unknown = guess || child === undefined || notes?.unused === true || child.type === 'unknown';
  return {
    schema: child,
    secret: secret || notes?.secret === true || (unknown && suspicious.test(key)),
    guess: unknown,
  };
}

/** Whether a value at a place must not be shown. References such as `${OLLAMA_API_KEY}` may. */
export function isSecretValue(value: JsonValue, { secret }: SchemaPlace): boolean {
  return secret && typeof value === 'string' && value !== '' && !isVariableReference(value);
}

const suspicious = /(?:api_?key|token|password|passwd|secret|credential|authorization|cookie|private_?key)$/i;

function redact(value: JsonValue, place: SchemaPlace): JsonValue {
  if (Array.isArray(value)) return value.map((item, index) => redact(item, stepInto(place, String(index))));
  if (isJsonObject(value)) {
    const object: JsonObject = {};
    for (const [key, item] of Object.entries(value))
      setProperty(object, { key, value: redact(item, stepInto(place, key)) });
    return object;
  }
  if (isSecretValue(value, place)) return secretMask;
  return typeof value === 'string' ? value.replace(/^(https?:\/\/)[^\s/@]+@/i, `$1${secretMask}@`) : value;
}

/** A key as it may be shown to tell it from others: its ends when it is long, `***` when it is short. */
export function maskSecret(secret: string): string {
  return secret.length < 20 ? secretMask : `${secret.slice(0, 4)}${secretMask}${secret.slice(-4)}`;
}
