import { APICallError } from '@ai-sdk/provider';
import { isProviderError } from '@openclaw/provider';

/**
 * A failed request as the AI SDK knows it; the `ProviderError` is its cause. It is not retried: retries and fallbacks
 * have been made. An aborted request fails with the reason of its signal.
 */
export function toApiError(error: unknown, { abortSignal }: { readonly abortSignal?: AbortSignal }): unknown {
  if (abortSignal?.aborted === true) return abortSignal.reason;
  if (!isProviderError(error)) return error;
  return new APICallError({
    message: error.message,
    url: error.url ?? '',
    requestBodyValues: {},
    ...(error.status !== undefined && { statusCode: error.status }),
    isRetryable: false,
    data: { code: error.code },
    cause: error,
  });
}
