import type { CatalogModel, Plan } from '@openclaw/model-selection';
import { ProviderError } from '@openclaw/provider';

/**
 * The model that a request names, or else is configured, whatever its circuit.
 * @throws {ProviderError} `model-not-found` if it does not exist, although its fallbacks may
 */
export function firstChoice({ candidates, leftOut }: Plan, name: string): CatalogModel {
  const first = candidates.find(({ rank }) => rank === 0);
  if (first !== undefined) return first.model;
  const missing = leftOut.find(({ rank }) => rank === 0);
  throw new ProviderError('model-not-found', missing?.reason.text ?? `No usable model matches ${name}.`, {
    model: name,
  });
}
