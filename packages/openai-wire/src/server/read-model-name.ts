import type { JsonValue } from '@openclaw/provider';
import { invalidField, readString } from './read-fields.ts';

/** Real names (`hf.co/…` with a quantization) stay far below. A name is kept, listed and logged, unlike the rest of a request. */
const MAX_CHARACTERS = 512;

const EXPECTED = 'the name of a model';

/** @throws {ProviderError} `invalid-request` */
export function readModelName(value: JsonValue | undefined, param: string): string {
  const name = readString(value, param, EXPECTED);
  if (name.length > MAX_CHARACTERS) {
    throw invalidField(param, `${EXPECTED} of at most ${MAX_CHARACTERS} characters`, value);
  }
  if (name.trim() === '') throw invalidField(param, EXPECTED, value);
  return name;
}
