import type { CatalogModel, Plan } from '@openclaw/model-selection';
import { ProviderError } from '@openclaw/provider';

/** Whether a client may use a model, by its full reference. */
export type AllowsModel = (ref: string) => boolean;

/**
 * The plan without the candidates that a client may not use.
 * @throws {ProviderError} `model-not-found` if none is left, as the servers of OpenAI and Anthropic answer then
 */
export function allowedPlan(plan: Plan, allows: AllowsModel | undefined): Plan {
  if (allows === undefined) return plan;
  const candidates = plan.candidates.filter(({ model }) => allows(model.ref));
  if (candidates.length === 0) throw notAllowed(plan.candidates.map(({ model }) => model.ref));
  return { ...plan, candidates };
}

/**
 * Returns a model that a client may use.
 * @throws {ProviderError} `model-not-found` if it may not
 */
export function requireAllowed(model: CatalogModel, allows: AllowsModel | undefined): CatalogModel {
  if (allows === undefined || allows(model.ref)) return model;
  throw notAllowed([model.ref]);
}

function notAllowed(refs: readonly string[]): ProviderError {
  const [model] = refs;
  const message = `The token of this client does not allow ${refs.join(', ')}. Use a model from its list of models, or add the model to the client's \`models\` in gateway.auth.tokens.`;
  return new ProviderError('model-not-found', message, { model });
}
