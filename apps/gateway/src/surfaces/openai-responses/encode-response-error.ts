import type { EncodedError } from '../../http/error-encoder.ts';
import type { Failure, FailureCode } from '../../http/to-failure.ts';
import { encodeError, encodeErrorAs } from '../openai-chat/encode-error.ts';

/** A failure → OpenAI's error body, with the codes of the Responses API. */
export function encodeResponseError(failure: Failure): EncodedError {
  const { code, param } = failure;
  if (param !== undefined && code === 'not-found') {
    // Something that the request refers to, and not the path.
    const wireCode = param === 'previous_response_id' ? 'previous_response_not_found' : 'item_not_found';
    return encodeErrorAs({ ...failure, status: 400 }, wireCode);
  }
  if (param !== undefined && code === 'unsupported') return encodeErrorAs(failure, 'unsupported_parameter');
  const wireCode = CODES.get(code);
  return wireCode === undefined ? encodeError(failure) : encodeErrorAs(failure, wireCode);
}

/** Codex looks for these. */
const CODES: ReadonlyMap<FailureCode, string> = new Map<FailureCode, string>([
  ['overloaded', 'server_is_overloaded'],
  ['local-overload', 'server_is_overloaded'],
  ['too-many-requests', 'server_is_overloaded'],
  ['shutting-down', 'server_is_overloaded'],
]);
