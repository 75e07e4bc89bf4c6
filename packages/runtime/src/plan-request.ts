import { ModelSelectionError, planCandidates } from '@openclaw/model-selection';
import type { CatalogModel, CircuitBreaker, Plan, PlanInput } from '@openclaw/model-selection';
import type { Catalog } from './build-catalog.ts';
import type { DiscoveryStates } from './discovery-state.ts';
import { explainNoModel } from './explain-no-model.ts';
import type { PlanKey } from './plan-cache.ts';
import type { RuntimeNeeds } from './request-needs.ts';
import { updateModelLists } from './update-model-lists.ts';
import { selectionNames } from './selection-names.ts';
import type { SelectionNames } from './selection-names.ts';
import type { Session } from './session.ts';

export interface PlanRequest extends PlanKey {
  readonly states: DiscoveryStates;
  readonly circuits: CircuitBreaker;
  /** Maximum age of lists. */
  readonly maxAgeMs: number;
  /** How long a request waits for a list. */
  readonly patienceMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Plans the candidates of a request and their order. Updates the lists that it needs, and uses a local model if none is
 * configured. The plan is cached for equal requests until a circuit opens or a list changes.
 * @throws {ModelSelectionError} if no model can be used
 * @throws the signal's reason if it is aborted
 */
export function planRequest(session: Session, request: PlanRequest): Plan | Promise<Plan> {
  const { states, circuits, maxAgeMs } = request;
  const known = session.plans.find(request);
  if (known === undefined || known.catalog !== session.catalog() || circuits.status().length > 0)
    return createPlan(session, request);
  for (const setup of known.refreshes) states.refresh(setup, { maxAgeMs });
  return known.plan;
}

async function createPlan(session: Session, request: PlanRequest): Promise<Plan> {
  const { query, needs = {}, circuits } = request;
  const { config } = session.loaded;
  const names = selectionNames(query, { config });
  const refreshes = await updateModelLists(names, { ...request, needs, setups: session.setups });
  const catalog = session.catalog();
  const broken = circuits.status();
  const plan = await planOrExplain();
  if (refreshes === undefined || broken.length > 0) return plan;
  session.plans.set({ query, needs, plan, catalog, refreshes });
  return plan;

  async function planOrExplain(): Promise<Plan> {
    try {
      return planForImages(names, { catalog, needs, circuits: broken, allowFallbacks: query.allowFallbacks });
    } catch (error) {
      throw await explainNoModel(error, { ...request, session });
    }
  }
}

/** Images that are optional are no reason to have no candidate. */
function planForImages(names: SelectionNames, input: CatalogPlanInput): Plan {
  try {
    return planFromCatalog(names, input);
  } catch (error) {
    const isForImages = error instanceof ModelSelectionError && error.code === 'no-image-model';
    if (!isForImages || input.needs.imagesOptional !== true) throw error;
    return planFromCatalog(names, { ...input, needs: { ...input.needs, images: false } });
  }
}

interface CatalogPlanInput extends Omit<PlanInput, 'catalog' | 'needs'> {
  readonly catalog: Catalog;
  readonly needs: RuntimeNeeds;
}

function planFromCatalog(
  names: SelectionNames,
  { catalog: { inventory, forRequests }, ...rest }: CatalogPlanInput,
): Plan {
  const input = { ...names, ...rest, catalog: forRequests };
  if (names.primary !== undefined || names.fallbacks.length > 0) return planCandidates(input);
  return withImplicitReason(planCandidates({ ...input, primary: firstLocal(inventory.models) }));
}

/** The model to use if none is configured: the newest one that runs locally and is free, if any. */
function firstLocal(models: readonly CatalogModel[]): string | undefined {
  return models.find(({ local, remoteHost, tools }) => local && remoteHost === undefined && tools !== false)?.ref;
}

/** Explains that the model was not configured. */
function withImplicitReason({ candidates, leftOut }: Plan): Plan {
  const text = 'no model is configured, and this is the newest that runs locally';
  const named = candidates.map((candidate) =>
    candidate.reason.code === 'primary' ? { ...candidate, reason: { ...candidate.reason, text } } : candidate,
  );
  return { candidates: named, leftOut };
}
