import { ProviderError } from '@openclaw/provider';
import type { FirstContentTimeout } from './wait-for-first-content.ts';
import type { CatalogModel } from './catalog-model.ts';
import type { FailedAttempt } from './describe-attempts.ts';
import type { PlannedCandidate } from './plan.ts';

/** The caller ended the request. */
export function abortedError(signal: AbortSignal | undefined): ProviderError {
  return new ProviderError('aborted', 'The request was ended by its caller.', { cause: signal?.reason });
}

/** The time that a request has for all its candidates ran out. */
export function totalTimeoutError(limitMs: number): ProviderError {
  const message = `The answer was not complete after ${limitMs / 1000} s, the limit for a request with all its fallbacks.`;
  return new ProviderError('timeout', message, { clock: 'total' });
}

/** A model had no word to say while another one was waiting. */
export function firstContentTimeoutError(
  { ref, provider, model, endpoint }: CatalogModel,
  { loading, limitMs }: FirstContentTimeout,
): ProviderError {
  const state = loading ? 'is still being loaded' : 'said nothing';
  return new ProviderError('timeout', `${ref} ${state} after ${limitMs} ms, the limit for its first word.`, {
    provider,
    model,
    url: endpoint,
    clock: 'first-event',
  });
}

/** What is told of a candidate that failed. */
export function failedAttempt(
  { model, commands }: PlannedCandidate,
  { error, durationMs }: { readonly error: ProviderError; readonly durationMs: number },
): FailedAttempt {
  const { ref, endpoint } = model;
  const how = error.connection === undefined ? {} : { connection: error.connection };
  const attempt = { model: ref, endpoint, outcome: error.code, ...how, message: error.message, durationMs };
  return { attempt, error, model, commands };
}
