import { isProviderError } from '@openclaw/provider';
import type { ProviderErrorCode } from '@openclaw/provider';
import { describeFailure } from '@openclaw/runtime/internal';
import { toHttpFailure } from '@openclaw/upstream-errors';
import { GatewayError } from '../gateway-error.ts';
import type { GatewayErrorCode } from '../gateway-error.ts';

/** Why a request failed. Logs and metrics know a failure by this code. */
export type FailureCode = ProviderErrorCode | GatewayErrorCode;

/** A failed request, described once. Each client API writes these facts in its own shape. */
export interface Failure {
  readonly code: FailureCode;
  readonly status: number;
  /** For the client. */
  readonly message: string;
  /** The field of the request that is wrong: `messages[2].content`. */
  readonly param: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** For `context-length-exceeded`: how many tokens the request needs and how many the model's context has, if known. */
  readonly neededTokens?: number | undefined;
  readonly contextTokens?: number | undefined;
  /** The id by which the log knows the request, once it is known. */
  readonly requestId?: string;
  /** Reply headers: `allow`, `www-authenticate`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Describes anything that was thrown. An unexpected error is a bug: its message is logged, and hidden from the client. */
export function toFailure(error: unknown): Failure {
  if (error instanceof GatewayError) {
    const { code, message, param, retryAfterMs, headers } = error;
    return { code, status: STATUS[code], message, param, retryAfterMs, headers };
  }
  if (isProviderError(error)) {
    const { code, neededTokens, contextTokens } = error;
    return { code, message: describeFailure(error), ...toHttpFailure(error), neededTokens, contextTokens, headers: {} };
  }
  return BUG;
}

/** The HTTP status of each refusal of the gateway. */
const STATUS: Record<GatewayErrorCode, number> = {
  'invalid-request': 400,
  'model-not-found': 404,
  'body-too-large': 413,
  'body-timeout': 408,
  'headers-too-large': 431,
  'unsupported-encoding': 415,
  unauthorized: 401,
  'too-many-attempts': 429,
  'client-limit': 429,
  'host-not-allowed': 403,
  'origin-not-allowed': 403,
  'not-allowed': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-many-requests': 503,
  'shutting-down': 503,
  'client-left': 499,
  'invalid-settings': 500,
  'token-required': 500,
  'address-in-use': 500,
  'address-not-available': 500,
  internal: 500,
};

const BUG: Failure = {
  code: 'internal',
  status: STATUS.internal,
  message: 'The gateway failed on this request. Its log says why.',
  param: undefined,
  retryAfterMs: undefined,
  headers: {},
};
