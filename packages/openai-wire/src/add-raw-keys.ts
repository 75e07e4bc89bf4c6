import type { JsonObject, RawValue } from '@openclaw/provider';
import { addKeys } from '@openclaw/upstream-wire';
import type { EncodedObject } from '@openclaw/upstream-wire';
import { OPENAI_CHAT } from './dialect.ts';

/** The keys that a raw value has for this API; `undefined` if it is of another API. */
export function rawKeysOf(raw: RawValue | undefined): JsonObject | undefined {
  return raw?.dialect === OPENAI_CHAT ? raw.value : undefined;
}

/** Adds the keys of a raw value that the encoder did not write itself. Objects that both have are joined in the same way. */
export function addRawKeys(encoded: EncodedObject, raw: RawValue | undefined): EncodedObject {
  return addKeys(encoded, rawKeysOf(raw));
}
