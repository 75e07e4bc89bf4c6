import { ProviderError } from '@openclaw/provider';
import type { GivenUp } from './await-opening.ts';
import type { CatalogModel } from './catalog-model.ts';

/** The caller ended the request. */
export function abortedError(signal: AbortSignal | undefined): ProviderError {
  return new ProviderError('aborted', 'The request was ended by its caller.', { cause: signal?.reason });
}

/** A model had no word to say while another one was waiting. */
export function givenUpError(
  { ref, provider, model, endpoint }: CatalogModel,
  { loading, limitMs }: GivenUp,
): ProviderError {
  const state = loading ? 'is still being loaded' : 'said nothing';
  return new ProviderError('timeout', `${ref} ${state} after ${limitMs} ms, the limit for its first word.`, {
    provider,
    model,
    url: endpoint,
    clock: 'first-event',
  });
}
