import { ProviderError } from '@openclaw/provider';
import type { JsonObject, JsonValue } from '@openclaw/provider';

/** A field of a request that is not what Ollama's API says it is. */
export function invalidField(param: string, expected: string): ProviderError {
  return new ProviderError('invalid-request', `\`${param}\` must be ${expected}.`, { param });
}

/** Ollama is written in Go, and its clients send `null` for what they leave out. */
export function isAbsent(value: JsonValue | undefined): value is null | undefined {
  return value === undefined || value === null;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws {ProviderError} `invalid-request` */
export function readObject(value: JsonValue | undefined, param: string): JsonObject {
  if (!isObject(value)) throw invalidField(param, 'an object');
  return value;
}

/** @throws {ProviderError} `invalid-request` */
export function readList(value: JsonValue | undefined, param: string): readonly JsonValue[] {
  if (!isList(value)) throw invalidField(param, 'an array');
  return value;
}

/** @throws {ProviderError} `invalid-request` */
export function readText(value: JsonValue | undefined, param: string): string {
  if (typeof value !== 'string') throw invalidField(param, 'a string');
  return value;
}

/** @throws {ProviderError} `invalid-request` */
export function readNumber(value: JsonValue | undefined, param: string): number {
  if (typeof value !== 'number') throw invalidField(param, 'a number');
  return value;
}

/** @throws {ProviderError} `invalid-request` */
export function readInteger(value: JsonValue | undefined, param: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw invalidField(param, 'a whole number');
  return value;
}

/** @throws {ProviderError} `invalid-request` */
export function readBoolean(value: JsonValue | undefined, param: string): boolean {
  if (typeof value !== 'boolean') throw invalidField(param, 'true or false');
  return value;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
