import type { Attempt } from '@openclaw/provider';

/** The name of the endpoint that answered, if its provider has several. */
export function answeringEndpoint({ attempts }: { readonly attempts: readonly Attempt[] }): string | undefined {
  const last = attempts.at(-1);
  return last?.outcome === 'ok' ? last.endpointName : undefined;
}
