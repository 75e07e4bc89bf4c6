import { ProviderError } from '@openclaw/provider';
import { attemptPlace } from './attempt-place.ts';
import type { FirstContentTimeout } from './wait-for-first-content.ts';
import type { CatalogModel } from './catalog-model.ts';
import type { FailedAttempt } from './describe-attempts.ts';
import type { PlannedCandidate } from './plan.ts';

/** The caller aborted the request. */
export function abortedError(signal: AbortSignal | undefined): ProviderError {
  return new ProviderError('aborted', 'The request was aborted by its caller.', { cause: signal?.reason });
}

/** The timeout for all attempts together expired. */
export function totalTimeoutError(limitMs: number): ProviderError {
  const message = `The answer was not complete after ${limitMs / 1000} s, the timeout of a request including its fallbacks.`;
  return new ProviderError('timeout', message, { clock: 'total' });
}

/** A model sent no content in time, and another one is available. */
export function firstContentTimeoutError(
  { ref, provider, model, endpoint }: CatalogModel,
  { loading, limitMs }: FirstContentTimeout,
): ProviderError {
  const state = loading ? 'is still loading' : 'sent no content';
  return new ProviderError('timeout', `${ref} ${state} after ${limitMs} ms, the timeout for its first content.`, {
    provider,
    model,
    url: endpoint,
    clock: 'first-event',
  });
}

/** The attempt of a candidate that failed. */
export function failedAttempt(
  { model, commands }: PlannedCandidate,
  { error, durationMs }: { readonly error: ProviderError; readonly durationMs: number },
): FailedAttempt {
  const how = error.connection === undefined ? {} : { connection: error.connection };
  const attempt = { ...attemptPlace(model), outcome: error.code, ...how, message: error.message, durationMs };
  return { attempt, error, model, commands };
}
