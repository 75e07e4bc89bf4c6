import { encodeError, PROVIDER_WIRE_ERRORS } from '@openclaw/openai-wire';
import type { ProviderError } from '@openclaw/provider';
import { describeFailure } from '@openclaw/runtime';
import { toHttpFailure } from '@openclaw/upstream-errors';

/** A failed request as a response, which the client makes an error of. */
export function errorResponse(error: ProviderError): Response {
  const { status, retryAfterMs } = toHttpFailure(error);
  return new Response(encodeFailure(error), {
    status,
    headers: {
      'content-type': 'application/json',
      ...(retryAfterMs !== undefined && { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }),
    },
  });
}

/** OpenAI's error body. */
export function encodeFailure(error: ProviderError): string {
  const { param } = toHttpFailure(error);
  return encodeError(describeFailure(error), { ...PROVIDER_WIRE_ERRORS[error.code], param });
}

/** A request that no server gets. */
export function refusal(status: 404 | 405, message: string): Response {
  const code = status === 404 ? 'not_found' : 'method_not_allowed';
  const body = encodeError(message, { type: 'invalid_request_error', code });
  return new Response(body, { status, headers: { 'content-type': 'application/json' } });
}
