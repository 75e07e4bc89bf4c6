import { ProviderError } from '@openclaw/provider';
import type { JsonObject, JsonValue } from '@openclaw/provider';

/** A field of a client's request that is not what the API says it is. */
export function invalidField(param: string, expected: string, value: JsonValue | undefined): ProviderError {
  return invalidRequest(`\`${param}\` must be ${expected}, and is ${nameOf(value)}.`, param);
}

/** A request that no model can answer. */
export function invalidRequest(message: string, param?: string): ProviderError {
  return new ProviderError('invalid-request', message, { param });
}

/** @throws {ProviderError} `invalid-request` for anything but an object. */
export function readObject(value: JsonValue | undefined, param: string, expected = 'an object'): JsonObject {
  if (!isObject(value)) throw invalidField(param, expected, value);
  return value;
}

/** @throws {ProviderError} `invalid-request` for anything but an array. */
export function readArray(value: JsonValue | undefined, param: string, expected = 'an array'): readonly JsonValue[] {
  if (!isArray(value)) throw invalidField(param, expected, value);
  return value;
}

/** @throws {ProviderError} `invalid-request` for anything but a string. */
export function readString(value: JsonValue | undefined, param: string, expected = 'a string'): string {
  if (typeof value !== 'string') throw invalidField(param, expected, value);
  return value;
}

/** @throws {ProviderError} `invalid-request` for anything but a number. */
export function readNumber(value: JsonValue | undefined, param: string): number {
  if (typeof value !== 'number') throw invalidField(param, 'a number', value);
  return value;
}

/** @throws {ProviderError} `invalid-request` for anything but a whole number of at least `least`. */
export function readInteger(value: JsonValue | undefined, param: string, least = Number.MIN_SAFE_INTEGER): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
  throw invalidField(param, least === 1 ? 'a whole number above 0' : 'a whole number', value);
}

/** @throws {ProviderError} `invalid-request` for anything but `true` and `false`. */
export function readBoolean(value: JsonValue | undefined, param: string): boolean {
  if (typeof value !== 'boolean') throw invalidField(param, 'true or false', value);
  return value;
}

/** OpenAI's clients write `null` for a field that they leave out. */
export function isAbsent(value: JsonValue | undefined): value is null | undefined {
  return value === undefined || value === null;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
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
