import { ModelSelectionError } from '@openclaw/model-selection';
import type { ModelSelectionErrorCode } from '@openclaw/model-selection';
import { isProviderError, ProviderError } from '@openclaw/provider';
import type { MissingCapability, ProviderErrorCode } from '@openclaw/provider';

const FAILURE: Record<ModelSelectionErrorCode, { code: ProviderErrorCode; capability?: MissingCapability }> = {
  'ambiguous-name': { code: 'invalid-request' },
  'invalid-reference': { code: 'invalid-request' },
  'no-image-model': { code: 'unsupported', capability: 'images' },
  'no-model-configured': { code: 'invalid-request' },
  'no-tool-model': { code: 'unsupported', capability: 'tools' },
  'no-usable-model': { code: 'model-not-found' },
  'unknown-model': { code: 'model-not-found' },
  'unknown-provider': { code: 'model-not-found' },
};

/** A request for which nobody could be chosen, as an event tells it; nothing when the error is not about that. */
export function selectionFailure(
  error: unknown,
  { signal }: { signal?: AbortSignal | undefined } = {},
): ProviderError | undefined {
  if (isProviderError(error)) return error;
  if (signal?.aborted === true) return new ProviderError('aborted', 'The request was given up.', { cause: error });
  if (!(error instanceof ModelSelectionError)) return undefined;
  const { code, capability } = FAILURE[error.code];
  return new ProviderError(code, error.message, { model: error.wanted, capability, cause: error });
}
