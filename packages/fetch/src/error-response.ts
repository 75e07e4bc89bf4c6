import { encodeError, PROVIDER_WIRE_ERRORS } from '@openclaw/openai-wire';
import type { ProviderError } from '@openclaw/provider';
import { describeFailure } from '@openclaw/runtime';
import { retryAfterSeconds, toHttpFailure } from '@openclaw/upstream-errors';
import type { HttpFailure } from '@openclaw/upstream-errors';

/** A failed request as a response, which the client makes an error of. */
export function errorResponse(error: ProviderError): Response {
  const failure = toHttpFailure(error);
  const { status, retryAfterMs } = failure;
  return new Response(encodeFailure(error, failure), {
    status,
    headers: {
      'content-type': 'application/json',
      ...(retryAfterMs !== undefined && { 'retry-after': String(retryAfterSeconds(retryAfterMs)) }),
    },
  });
}

/** OpenAI's error body. */
export function encodeFailure(error: ProviderError, { param }: HttpFailure = toHttpFailure(error)): string {
  return encodeError(describeFailure(error), { ...PROVIDER_WIRE_ERRORS[error.code], param });
}

/** A request that no server gets. */
export function refusal(status: 404 | 405, message: string): Response {
  const code = status === 404 ? 'not_found' : 'method_not_allowed';
  const body = encodeError(message, { type: 'invalid_request_error', code });
  return new Response(body, { status, headers: { 'content-type': 'application/json' } });
}
