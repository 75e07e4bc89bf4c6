import { ModelSelectionError } from '@openclaw/model-selection';
import type { ModelSelectionErrorCode } from '@openclaw/model-selection';
import { isProviderError, ProviderError } from '@openclaw/provider';
import type { MissingCapability, ProviderErrorCode } from '@openclaw/provider';
import type { AllowsModel } from './allowed-models.ts';
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

export interface SelectionFailureOptions {
  readonly signal?: AbortSignal | undefined;
  /** The models that the client may use, if not all. */
  readonly allows?: AllowsModel | undefined;
}

/**
 * Converts a selection error to the error of an event; `undefined` for any other error. A client that may not use all models gets
 * no names of models and servers, which the error suggests or gives as reasons.
 */
export function selectionFailure(
  error: unknown,
  { signal, allows }: SelectionFailureOptions = {},
): ProviderError | undefined {
  if (isProviderError(error)) return error;
  if (signal?.aborted === true) return new ProviderError('aborted', 'The request was cancelled.', { cause: error });
  if (!(error instanceof ModelSelectionError)) return undefined;
  const mayPass = error instanceof NoModelFoundError && error.mayPass;
  const { code, capability }: (typeof FAILURE)[ModelSelectionErrorCode] = mayPass
    ? { code: 'connection-failed' }
    : FAILURE[error.code];
  const { wanted: model, message } = error;
  if (allows === undefined) return new ProviderError(code, message, { model, capability, cause: error });
  const named = model === undefined ? '' : ` as ${JSON.stringify(model.slice(0, 200))}`;
  return new ProviderError(
    code,
    mayPass
      ? 'The list of models of a server is not available. Try again later.'
      : `No model${named} that the token of this client allows can answer this request. Use a model from its list of models.`,
    { model, capability },
  );
}
