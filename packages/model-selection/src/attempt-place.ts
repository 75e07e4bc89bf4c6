import type { Attempt } from '@openclaw/provider';
import type { CatalogModel } from './catalog-model.ts';

/** Where an attempt was made. The name of the endpoint is present if the provider has several. */
export function attemptPlace({
  ref,
  endpoint,
  endpointName,
}: CatalogModel): Pick<Attempt, 'model' | 'endpoint' | 'endpointName'> {
  return { model: ref, endpoint, ...(endpointName !== undefined && { endpointName }) };
}
