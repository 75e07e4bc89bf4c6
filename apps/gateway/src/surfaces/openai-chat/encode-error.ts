import { encodeError as encodeWireError, PROVIDER_WIRE_ERRORS } from '@openclaw/openai-wire';
import type { WireError } from '@openclaw/openai-wire';
import type { EncodedError } from '../../http/error-encoder.ts';
import type { Failure, FailureCode } from '../../http/to-failure.ts';

/** A failure → OpenAI's error body. */
export function encodeError(failure: Failure): EncodedError {
  return encodeErrorAs(failure, ERRORS[failure.code].code);
}

/** The same with another `error.code`. */
export function encodeErrorAs({ code, status, message, param }: Failure, wireCode: string): EncodedError {
  return { status, body: encodeWireError(message, { type: ERRORS[code].type, code: wireCode, param }) };
}

const ERRORS: Record<FailureCode, WireError> = {
  ...PROVIDER_WIRE_ERRORS,
  'body-too-large': { type: 'invalid_request_error', code: 'body_too_large' },
  'body-timeout': { type: 'timeout_error', code: 'request_timeout' },
  'headers-too-large': { type: 'invalid_request_error', code: 'headers_too_large' },
  'unsupported-encoding': { type: 'invalid_request_error', code: 'unsupported_encoding' },
  unauthorized: { type: 'authentication_error', code: 'invalid_api_key' },
  'too-many-attempts': { type: 'rate_limit_error', code: 'too_many_failed_attempts' },
  'client-limit': { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  'host-not-allowed': { type: 'permission_error', code: 'host_not_allowed' },
  'origin-not-allowed': { type: 'permission_error', code: 'origin_not_allowed' },
  'not-allowed': { type: 'permission_error', code: 'not_allowed' },
  'not-found': { type: 'invalid_request_error', code: 'not_found' },
  'method-not-allowed': { type: 'invalid_request_error', code: 'method_not_allowed' },
  'too-many-requests': { type: 'overloaded_error', code: 'too_many_requests' },
  'shutting-down': { type: 'overloaded_error', code: 'shutting_down' },
  'client-left': { type: 'api_error', code: 'client_left' },
  'invalid-settings': { type: 'api_error', code: 'invalid_settings' },
  'token-required': { type: 'api_error', code: 'token_required' },
  'address-in-use': { type: 'api_error', code: 'address_in_use' },
  'address-not-available': { type: 'api_error', code: 'address_not_available' },
  internal: { type: 'api_error', code: 'internal_error' },
};
