import { invalidField, readString } from '@openclaw/openai-wire';
import type { JsonValue } from '@openclaw/provider';

/** Names are kept and logged, unlike the rest of a request. */
const MAX_CHARACTERS = 512;

/**
 * The name or id of something.
 * @throws {ProviderError} `invalid-request` for an empty one as well
 */
export function readName(value: JsonValue | undefined, param: string, expected: string): string {
  const name = readString(value, param, expected);
  if (name.trim() === '' || name.length > MAX_CHARACTERS) throw invalidField(param, expected, value);
  return name;
}
