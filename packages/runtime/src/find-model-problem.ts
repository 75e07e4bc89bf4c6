import type { CatalogModel } from '@openclaw/model-selection';
import type { ProviderProblem } from './runtime.ts';

/** The problem of a model: one of its provider or endpoint. With several endpoints, it has one if all of them have. */
export function findModelProblem(
  model: CatalogModel,
  problems: readonly ProviderProblem[],
): ProviderProblem | undefined {
  const found = (model.targets ?? [model]).map(({ endpointName }) =>
    problems.find(
      ({ provider, endpoint }) => provider === model.provider && (endpoint === undefined || endpoint === endpointName),
    ),
  );
  return found.includes(undefined) ? undefined : found[0];
}
