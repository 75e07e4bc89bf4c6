import type { JsonObject, JsonValue, RawValue } from '@openclaw/provider';
import { OPENAI_CHAT } from '../dialect.ts';
import { invalidRequest, isObject } from './read-fields.ts';

/** The keys of an object that the contract has fields for: `true`, or those of the object under the key. */
export interface KnownKeys {
  readonly [key: string]: true | KnownKeys;
}

/**
 * What an object says beyond the known keys, for servers of the same API.
 * @returns nothing when it says no more
 * @throws {ProviderError} `invalid-request` for an object with more than a thousand unknown keys
 */
export function readRaw(object: JsonObject, known: KnownKeys): { readonly raw?: RawValue } {
  const value = readUnknownKeys(object, known);
  return value === undefined ? {} : { raw: { dialect: OPENAI_CHAT, value } };
}

/** Each is copied, for each attempt as well. No API has nearly as many. */
const MAX_UNKNOWN_KEYS = 1_000;

function readUnknownKeys(object: JsonObject, known: KnownKeys): JsonObject | undefined {
  const found: [string, JsonValue | undefined][] = [];
  for (const key of Object.keys(object)) {
    const inner = Object.hasOwn(known, key) ? known[key] : undefined;
    if (inner === true) continue;
    const value = object[key];
    if (inner === undefined) found.push([key, value]);
    else if (isObject(value)) {
      const nested = readUnknownKeys(value, inner);
      if (nested !== undefined) found.push([key, nested]);
    }
  }
  if (found.length === 0) return undefined;
  if (found.length > MAX_UNKNOWN_KEYS) {
    throw invalidRequest(
      `An object of the body has ${found.length} fields that the API does not name, and may have ${MAX_UNKNOWN_KEYS}.`,
    );
  }
  // `fromEntries` defines its keys, so that one called `__proto__` is data like any other.
  return Object.fromEntries(found);
}
