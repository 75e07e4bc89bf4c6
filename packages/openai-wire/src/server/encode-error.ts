import type { ProviderErrorCode } from '@openclaw/provider';

/** OpenAI's `error.type` and `error.code`, which clients look for. */
export interface WireError {
  readonly type: string;
  readonly code: string;
}

/** The words for each failure of a request. */
export const PROVIDER_WIRE_ERRORS: Readonly<Record<ProviderErrorCode, WireError>> = {
  aborted: { type: 'api_error', code: 'aborted' },
  'authentication-failed': { type: 'api_error', code: 'provider_authentication_failed' },
  billing: { type: 'api_error', code: 'provider_billing' },
  'connection-failed': { type: 'api_error', code: 'connection_failed' },
  'context-length-exceeded': { type: 'invalid_request_error', code: 'context_length_exceeded' },
  'invalid-request': { type: 'invalid_request_error', code: 'invalid_request' },
  'invalid-response': { type: 'api_error', code: 'invalid_response' },
  'local-overload': { type: 'overloaded_error', code: 'local_overload' },
  'model-not-found': { type: 'invalid_request_error', code: 'model_not_found' },
  overloaded: { type: 'overloaded_error', code: 'overloaded' },
  'rate-limited': { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  'server-error': { type: 'api_error', code: 'server_error' },
  timeout: { type: 'timeout_error', code: 'timeout' },
  unsupported: { type: 'invalid_request_error', code: 'unsupported' },
};

export interface EncodeErrorOptions extends WireError {
  /** The field of the request that is wrong. */
  readonly param?: string | undefined;
}

/** A message for the client → OpenAI's error body. */
export function encodeError(message: string, { type, code, param }: EncodeErrorOptions): string {
  return JSON.stringify({ error: { message, type, param: param ?? null, code } });
}
