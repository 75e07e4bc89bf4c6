import type { JsonObject, RawValue } from '@openclaw/provider';
import { isWireObject } from '@openclaw/upstream-errors';
import { OPENAI_CHAT } from './dialect.ts';

/** An object that is about to be sent. A key with the value `undefined` is not sent. */
export type EncodedObject = Readonly<Record<string, unknown>>;

/** The keys that a raw value has for this API; `undefined` if it is of another API. */
export function rawKeysOf(raw: RawValue | undefined): JsonObject | undefined {
  return raw?.dialect === OPENAI_CHAT ? raw.value : undefined;
}

/** Adds the keys of a raw value that the encoder did not write itself. Objects that both have are joined in the same way. */
export function addRawKeys(encoded: EncodedObject, raw: RawValue | undefined): EncodedObject {
  const keys = rawKeysOf(raw);
  return keys === undefined ? encoded : joinKeys(encoded, keys);
}

function joinKeys(encoded: EncodedObject, keys: EncodedObject): EncodedObject {
  const added: [string, unknown][] = [];
  for (const [key, value] of Object.entries(keys)) {
    const own = Object.hasOwn(encoded, key) ? encoded[key] : undefined;
    if (own === undefined) added.push([key, value]);
    else if (isWireObject(own) && isWireObject(value)) added.push([key, joinKeys(own, value)]);
  }
  // `fromEntries` defines its keys, so that one called `__proto__` is data like any other.
  return { ...encoded, ...Object.fromEntries(added) };
}
