import { ModelSelectionError } from '@openclaw/model-selection';
import type { ModelSelectionErrorCode } from '@openclaw/model-selection';
import { isProviderError, ProviderError } from '@openclaw/provider';
import type { MissingCapability, ProviderErrorCode } from '@openclaw/provider';
import { NoModelFoundError } from './selection-errors.ts';

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

/** Converts a selection error to the error of an event; `undefined` for any other error. */
export function selectionFailure(
  error: unknown,
  { signal }: { signal?: AbortSignal | undefined } = {},
): ProviderError | undefined {
  if (isProviderError(error)) return error;
  if (signal?.aborted === true) return new ProviderError('aborted', 'The request was cancelled.', { cause: error });
  if (!(error instanceof ModelSelectionError)) return undefined;
  if (error instanceof NoModelFoundError && error.mayPass)
    return new ProviderError('connection-failed', error.message, { model: error.wanted, cause: error });
  const { code, capability } = FAILURE[error.code];
  return new ProviderError(code, error.message, { model: error.wanted, capability, cause: error });
}
