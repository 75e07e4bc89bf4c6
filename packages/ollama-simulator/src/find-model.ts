import type { Release } from './release.ts';
import { RequestFailure } from './request-failure.ts';
import { type CompleteModel, listedName, type ModelStore } from './simulated-model.ts';

/** The handler that looks for a model: each handler of Ollama has its own message for a missing one. */
export type ModelSeeker = 'generate' | 'native-generate' | 'unload' | 'embed' | 'show';

/**
 * The model of a request.
 * @throws RequestFailure 400 without a name (`/api/generate`: 404), 404 if there is no such model
 */
export function findModel(
  name: string,
  { models, release, seeker }: { models: ModelStore; release: Release; seeker: ModelSeeker },
): CompleteModel {
  if (name === '' && seeker !== 'native-generate') throw new RequestFailure(400, 'model is required');
  const model = models.find(name);
  const anyCase = seeker === 'show' || !release.has('compares-case-of-names');
  if (model !== undefined && (anyCase || model.name === listedName(name))) return model;
  const quotesSingly: Record<ModelSeeker, boolean> = {
    generate: release.has('quotes-missing-models-singly'),
    'native-generate': true,
    unload: true,
    embed: false,
    show: true,
  };
  throw new RequestFailure(
    404,
    quotesSingly[seeker] ? `model '${name}' not found` : `model "${name}" not found, try pulling it first`,
  );
}
