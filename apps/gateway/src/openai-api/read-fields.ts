import type { JsonObject, JsonValue } from '@openclaw/provider';
import { GatewayError } from '../gateway-error.ts';

/** A field of a client's request that is not what OpenAI's API says it is. */
export function invalidField(param: string, expected: string, value: JsonValue | undefined): GatewayError {
  return new GatewayError('invalid-request', `\`${param}\` must be ${expected}, and is ${nameOf(value)}.`, { param });
}

/** @throws {GatewayError} `invalid-request` for anything but an object. */
export function readObject(value: JsonValue | undefined, param: string, expected = 'an object'): JsonObject {
  if (!isObject(value)) throw invalidField(param, expected, value);
  return value;
}

/** @throws {GatewayError} `invalid-request` for anything but an array. */
export function readArray(value: JsonValue | undefined, param: string, expected = 'an array'): readonly JsonValue[] {
  if (!isArray(value)) throw invalidField(param, expected, value);
  return value;
}

/** @throws {GatewayError} `invalid-request` for anything but a string. */
export function readString(value: JsonValue | undefined, param: string, expected = 'a string'): string {
  if (typeof value !== 'string') throw invalidField(param, expected, value);
  return value;
}

/** @throws {GatewayError} `invalid-request` for anything but a number. */
export function readNumber(value: JsonValue | undefined, param: string): number {
  if (typeof value !== 'number') throw invalidField(param, 'a number', value);
  return value;
}

/** @throws {GatewayError} `invalid-request` for anything but a whole number of at least `least`. */
export function readInteger(value: JsonValue | undefined, param: string, least = Number.MIN_SAFE_INTEGER): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
  throw invalidField(param, least === 1 ? 'a whole number above 0' : 'a whole number', value);
}

/** @throws {GatewayError} `invalid-request` for anything but `true` and `false`. */
export function readBoolean(value: JsonValue | undefined, param: string): boolean {
  if (typeof value !== 'boolean') throw invalidField(param, 'true or false', value);
  return value;
}

/** Whether an object has keys that `known` does not name. */
export function hasUnknownKeys(object: JsonObject, known: ReadonlySet<string>): boolean {
  return Object.keys(object).some((key) => !known.has(key));
}

/** Each is copied, for each attempt as well. No API has nearly as many. */
const MAX_UNKNOWN_KEYS = 1_000;

/**
 * The keys of an object that `known` does not name; `undefined` when there are none.
 * @throws {GatewayError} `invalid-request` for more than a thousand.
 */
export function readUnknownKeys(object: JsonObject, known: ReadonlySet<string>): JsonObject | undefined {
  const keys = Object.keys(object).filter((key) => !known.has(key));
  if (keys.length === 0) return undefined;
  if (keys.length > MAX_UNKNOWN_KEYS) {
    throw new GatewayError(
      'invalid-request',
      `An object of the body has ${keys.length} fields that the API does not name, and may have ${MAX_UNKNOWN_KEYS}.`,
    );
  }
  // `fromEntries` defines its keys, so that one called `__proto__` is data like any other.
  return Object.fromEntries(keys.map((key) => [key, object[key]]));
}

/** OpenAI's clients write `null` for a field that they leave out. */
export function isAbsent(value: JsonValue | undefined): value is null | undefined {
  return value === undefined || value === null;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** What a value is, without repeating what may be long or private: only short plain values are quoted. */
function nameOf(value: JsonValue | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return value.length > 40 ? 'a long string' : JSON.stringify(value);
  return String(value);
}
