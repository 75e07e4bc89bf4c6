import type { ErrorResponse, ErrorType } from '@anthropic-ai/sdk/resources/shared';
import type { EncodedError } from '../../http/error-encoder.ts';
import type { Failure, FailureCode } from '../../http/to-failure.ts';

/** A failure → Anthropic's error body, and the header that tells its clients whether to retry. */
export function encodeError(failure: Failure): EncodedError {
  const { type, retry, status = failure.status } = ERRORS[failure.code];
  const error = { type, message: messageOf(failure) };
  const body: WireErrorResponse = { type: 'error', error, request_id: failure.requestId ?? null };
  return { status, headers: { 'x-should-retry': String(retry) }, body: JSON.stringify(body) };
}

/** `request_too_large` is documented, and missing in the SDK. */
type WireErrorType = ErrorType | 'request_too_large';

type WireErrorResponse = Pick<ErrorResponse, 'type' | 'request_id'> & {
  readonly error: { readonly type: WireErrorType; readonly message: string };
};

/** Claude Code recognises a full context by these words, reads both numbers, and makes its conversation shorter. */
function messageOf({ code, message, neededTokens, contextTokens }: Failure): string {
  if (code !== 'context-length-exceeded') return message;
  if (neededTokens === undefined || contextTokens === undefined) return `Prompt is too long: ${message}`;
  return `prompt is too long: ${neededTokens} tokens > ${contextTokens} maximum`;
}

interface WireError {
  readonly type: WireErrorType;
  /** Whether the same request may succeed later. */
  readonly retry: boolean;
  /** @default that of the failure */
  readonly status?: number;
}

const INVALID: WireError = { type: 'invalid_request_error', retry: false };
const TEMPORARY: WireError = { type: 'api_error', retry: true };
const PERMANENT: WireError = { type: 'api_error', retry: false };
const BUSY: WireError = { type: 'overloaded_error', retry: true, status: 529 };

const ERRORS: Record<FailureCode, WireError> = {
  aborted: PERMANENT,
  'authentication-failed': PERMANENT,
  billing: { type: 'billing_error', retry: false, status: 402 },
  'connection-failed': TEMPORARY,
  'context-length-exceeded': INVALID,
  'invalid-request': INVALID,
  'invalid-response': TEMPORARY,
  'local-overload': BUSY,
  'model-not-found': { type: 'not_found_error', retry: false },
  overloaded: BUSY,
  'rate-limited': { type: 'rate_limit_error', retry: true },
  'server-error': TEMPORARY,
  timeout: { type: 'timeout_error', retry: true },
  unsupported: INVALID,
  'body-too-large': { type: 'request_too_large', retry: false },
  'body-timeout': { type: 'timeout_error', retry: true },
  'headers-too-large': INVALID,
  'unsupported-encoding': INVALID,
  unauthorized: { type: 'authentication_error', retry: false },
  'too-many-attempts': { type: 'rate_limit_error', retry: false },
  'client-limit': { type: 'rate_limit_error', retry: true },
  'host-not-allowed': { type: 'permission_error', retry: false },
  'origin-not-allowed': { type: 'permission_error', retry: false },
  'not-allowed': { type: 'permission_error', retry: false },
  'not-found': { type: 'not_found_error', retry: false },
  'method-not-allowed': INVALID,
  'too-many-requests': BUSY,
  'shutting-down': BUSY,
  'client-left': PERMANENT,
  'invalid-settings': PERMANENT,
  'token-required': PERMANENT,
  'address-in-use': PERMANENT,
  'address-not-available': PERMANENT,
  internal: PERMANENT,
};
