import { isProviderError } from '@openclaw/provider';
import { describeFailure } from '@openclaw/runtime';
import { GatewayError } from '../gateway-error.ts';
import { GATEWAY_STATUS, HTTP_STATUS } from './http-status.ts';

/** A failure, ready to be sent. */
export interface EncodedError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The code that logs and metrics know this failure by. */
  readonly code: string;
  /** OpenAI's error body. */
  readonly body: string;
}

/**
 * Anything that was thrown → OpenAI's error body. What nobody foresaw is a bug: its message stays in the log, and the
 * client learns no more than that it happened.
 */
export function encodeError(error: unknown): EncodedError {
  if (error instanceof GatewayError) {
    const { status, type, code } = GATEWAY_STATUS[error.code];
    const headers = { ...error.headers, ...encodeRetryAfter(error.retryAfterMs) };
    return {
      status,
      headers,
      code: error.code,
      body: encodeErrorBody(error.message, { type, code, param: error.param }),
    };
  }
  if (isProviderError(error)) {
    const { status, type, code } = HTTP_STATUS[error.code];
    const retryAfterMs = error.retryAfterMs ?? (status === 503 ? DEFAULT_RETRY_AFTER_MS : undefined);
    const body = encodeErrorBody(describeFailure(error), {
      type,
      code,
      param: error.param ?? (error.code === 'model-not-found' ? 'model' : undefined),
    });
    return { status, headers: encodeRetryAfter(retryAfterMs), code: error.code, body };
  }
  const body = encodeErrorBody('The gateway failed on this request. Its log says why.', {
    type: GATEWAY_STATUS.internal.type,
    code: GATEWAY_STATUS.internal.code,
  });
  return { status: GATEWAY_STATUS.internal.status, headers: {}, code: 'internal', body };
}

const DEFAULT_RETRY_AFTER_MS = 1_000;

function encodeErrorBody(
  message: string,
  { type, code, param }: { type: string; code: string; param?: string | undefined },
): string {
  return JSON.stringify({ error: { message, type, param: param ?? null, code } });
}

/** Whole seconds, rounded up: a client that comes back a moment too early waits in vain. */
function encodeRetryAfter(retryAfterMs: number | undefined): Readonly<Record<string, string>> {
  return retryAfterMs === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) };
}
