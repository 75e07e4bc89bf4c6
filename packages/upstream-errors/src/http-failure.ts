import type { ProviderError, ProviderErrorCode } from '@openclaw/provider';

/** What a reply over HTTP says of a failed request, whatever the API of its client. */
export interface HttpFailure {
  readonly status: number;
  /** The field of the request that is wrong: `messages[2].content`. */
  readonly param: string | undefined;
  /** For the header `retry-after`. */
  readonly retryAfterMs: number | undefined;
}

/** A failed request → the reply to its client. */
export function toHttpFailure({ code, param, retryAfterMs }: ProviderError): HttpFailure {
  const status = PROVIDER_ERROR_STATUS[code];
  const isShort = code === 'connection-failed' || status === 503;
  return {
    status,
    param: param ?? (code === 'model-not-found' ? 'model' : undefined),
    retryAfterMs: retryAfterMs ?? (isShort ? DEFAULT_RETRY_AFTER_MS : undefined),
  };
}

const DEFAULT_RETRY_AFTER_MS = 1_000;

/**
 * The HTTP status of each failure. What went wrong between us and a provider (its key, its bill, its answer) is our 502
 * and not the client's 401: the client's own credentials are fine.
 */
const PROVIDER_ERROR_STATUS: Record<ProviderErrorCode, number> = {
  aborted: 499,
  'authentication-failed': 502,
  billing: 502,
  'connection-failed': 502,
  'context-length-exceeded': 400,
  'invalid-request': 400,
  'invalid-response': 502,
  'local-overload': 503,
  'model-not-found': 404,
  overloaded: 503,
  'rate-limited': 429,
  'server-error': 502,
  timeout: 504,
  unsupported: 400,
};
