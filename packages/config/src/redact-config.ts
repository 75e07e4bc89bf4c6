import type * as v from 'valibot';
import { isJsonObject, setProperty, type JsonObject, type JsonValue } from './json-value.ts';
import { configSchema } from './schema/config-schema.ts';
import { childSchema, notesOf } from './schema/schema-shape.ts';
import { isVariableReference } from './substitute-variables.ts';

/** What is shown in place of a secret, and refused as a value. */
export const secretMask = '***';

/**
 * A configuration, or the part of it at `path`, without its secrets. References such as `${OLLAMA_API_KEY}` are no secrets and stay.
 * Inside of sections this product does not know, keys that sound like secrets are masked, too.
 */
export function redactConfig(value: JsonValue, { path = [] }: { path?: readonly string[] } = {}): JsonValue {
  let place: Place = { schema: configSchema, secret: false, guess: false };
  for (const key of path) place = descend(place, key);
  return redact(value, place);
}

/** Whether what stands at a path is a secret. */
export function isSecretPath(path: readonly string[]): boolean {
  let place: Place = { schema: configSchema, secret: false, guess: false };
  for (const key of path) place = descend(place, key);
  return place.secret;
}

interface Place {
  schema: v.GenericSchema | undefined;
  secret: boolean;
  /** Whether the schema has nothing to say here, so that the name of a key must do. */
  guess: boolean;
}

const suspicious = /(?:api_?key|token|password|passwd|secret|credential|authorization|cookie|private_?key)$/i;

function descend({ schema, secret, guess }: Place, key: string): Place {
  const child = schema && childSchema(schema, key);
  const notes = child && notesOf(child);
  const unknown = guess || child === undefined || notes?.unused === true || child.type === 'unknown';
  return {
    schema: child,
    secret: secret || notes?.secret === true || (unknown && suspicious.test(key)),
    guess: unknown,
  };
}

function redact(value: JsonValue, place: Place): JsonValue {
  if (Array.isArray(value)) return value.map((item, index) => redact(item, descend(place, String(index))));
  if (isJsonObject(value)) {
    const object: JsonObject = {};
    for (const [key, item] of Object.entries(value))
      setProperty(object, { key, value: redact(item, descend(place, key)) });
    return object;
  }
  if (typeof value !== 'string') return value;
  if (place.secret) return isVariableReference(value) || value === '' ? value : secretMask;
  return value.replace(/^(https?:\/\/)[^\s/@]+@/i, `$1${secretMask}@`);
}

/** A key as it may be shown to tell it from others: its ends when it is long, `***` when it is short. */
export function maskSecret(secret: string): string {
  return secret.length < 20 ? secretMask : `${secret.slice(0, 4)}${secretMask}${secret.slice(-4)}`;
}
