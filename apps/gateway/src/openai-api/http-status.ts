import type { ProviderErrorCode } from '@openclaw/provider';
import type { GatewayErrorCode } from '../gateway-error.ts';

/** How a failure looks on the wire. */
export interface WireFailure {
  readonly status: number;
  /** OpenAI's `error.type`. */
  readonly type: string;
  /** OpenAI's `error.code`, where clients look for one. */
  readonly code: string;
}

/**
 * The HTTP status of each way in which a model can fail to answer. What went wrong between the gateway and a provider
 * (its key, its bill, its answer) is the gateway's 502 and not the client's 401: the client's own credentials are fine.
 */
export const HTTP_STATUS: Record<ProviderErrorCode, WireFailure> = {
  aborted: { status: 499, type: 'api_error', code: 'aborted' },
  'authentication-failed': { status: 502, type: 'api_error', code: 'provider_authentication_failed' },
  billing: { status: 502, type: 'api_error', code: 'provider_billing' },
  'connection-failed': { status: 502, type: 'api_error', code: 'connection_failed' },
  'context-length-exceeded': { status: 400, type: 'invalid_request_error', code: 'context_length_exceeded' },
  'invalid-request': { status: 400, type: 'invalid_request_error', code: 'invalid_request' },
  'invalid-response': { status: 502, type: 'api_error', code: 'invalid_response' },
  'local-overload': { status: 503, type: 'overloaded_error', code: 'local_overload' },
  'model-not-found': { status: 404, type: 'invalid_request_error', code: 'model_not_found' },
  overloaded: { status: 503, type: 'overloaded_error', code: 'overloaded' },
  'rate-limited': { status: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  'server-error': { status: 502, type: 'api_error', code: 'server_error' },
  timeout: { status: 504, type: 'timeout_error', code: 'timeout' },
  unsupported: { status: 400, type: 'invalid_request_error', code: 'unsupported' },
};

/** The HTTP status of each way in which the gateway itself refuses. */
export const GATEWAY_STATUS: Record<GatewayErrorCode, WireFailure> = {
  'invalid-request': { status: 400, type: 'invalid_request_error', code: 'invalid_request' },
  'body-too-large': { status: 413, type: 'invalid_request_error', code: 'body_too_large' },
  'body-timeout': { status: 408, type: 'timeout_error', code: 'request_timeout' },
  'headers-too-large': { status: 431, type: 'invalid_request_error', code: 'headers_too_large' },
  'unsupported-encoding': { status: 415, type: 'invalid_request_error', code: 'unsupported_encoding' },
  unauthorized: { status: 401, type: 'authentication_error', code: 'invalid_api_key' },
  'too-many-attempts': { status: 429, type: 'rate_limit_error', code: 'too_many_failed_attempts' },
  'host-not-allowed': { status: 403, type: 'permission_error', code: 'host_not_allowed' },
  'origin-not-allowed': { status: 403, type: 'permission_error', code: 'origin_not_allowed' },
  'not-found': { status: 404, type: 'invalid_request_error', code: 'not_found' },
  'model-not-found': { status: 404, type: 'invalid_request_error', code: 'model_not_found' },
  'method-not-allowed': { status: 405, type: 'invalid_request_error', code: 'method_not_allowed' },
  'too-many-requests': { status: 503, type: 'overloaded_error', code: 'too_many_requests' },
  'shutting-down': { status: 503, type: 'overloaded_error', code: 'shutting_down' },
  'client-left': { status: 499, type: 'api_error', code: 'client_left' },
  'invalid-settings': { status: 500, type: 'api_error', code: 'invalid_settings' },
  'token-required': { status: 500, type: 'api_error', code: 'token_required' },
  'address-in-use': { status: 500, type: 'api_error', code: 'address_in_use' },
  'address-not-available': { status: 500, type: 'api_error', code: 'address_not_available' },
  internal: { status: 500, type: 'api_error', code: 'internal_error' },
};
