import type { JsonObject } from '@openclaw/provider';
import { isWireObject } from '@openclaw/upstream-errors';

/** An object that is about to be sent. A key with the value `undefined` is not sent. */
export type EncodedObject = Readonly<Record<string, unknown>>;

/** Adds keys that the encoder did not write itself. Objects that both have are joined in the same way. */
export function addKeys(encoded: EncodedObject, keys: JsonObject | undefined): EncodedObject {
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
