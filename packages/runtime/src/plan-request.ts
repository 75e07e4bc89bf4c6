import { ModelSelectionError, planCandidates } from '@openclaw/model-selection';
import type { CatalogModel, CircuitBreaker, Plan, PlanInput, RequestNeeds } from '@openclaw/model-selection';
import type { Catalog } from './build-catalog.ts';
import type { DiscoveryStates } from './discovery-state.ts';
import { updateModelLists } from './update-model-lists.ts';
import type { ProviderProblem } from './runtime.ts';
import { NoModelFoundError } from './selection-errors.ts';
import { selectionNames } from './selection-names.ts';
import type { SelectionNames, SelectionQuery } from './selection-names.ts';
import type { Session } from './session.ts';

export interface PlanRequest {
  readonly query: SelectionQuery & { readonly allowFallbacks?: boolean | undefined };
  readonly needs?: RequestNeeds | undefined;
  readonly states: DiscoveryStates;
  readonly circuits: CircuitBreaker;
  /** How long what servers said is believed. */
  readonly maxAgeMs: number;
  /** How long a request waits for a server to say what it has. */
  readonly patienceMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Plans that are remembered of a session; clients name what they like. */
const MOST_PLANS = 200;

/**
 * Decides who is asked, in which order: learns what has to be known for that, and lets a local model stand in when none was
 * ever chosen. The same plan holds for the next request that asks for the same, as long as no circuit is open and no server
 * has said something new.
 * @throws {ModelSelectionError} when there is nobody to ask
 * @throws the signal's reason when the caller gives up
 */
export function planRequest(session: Session, request: PlanRequest): Plan | Promise<Plan> {
  const { states, circuits, maxAgeMs } = request;
  const key = keyOf(request);
  const known = session.plans.get(key);
  if (known === undefined || known.catalog !== session.catalog() || circuits.status().length > 0)
    return planAnew(session, request, key);
  for (const setup of known.refreshes) states.refresh(setup, { maxAgeMs });
  return known.plan;
}

function keyOf({ query: { model, agent, allowFallbacks }, needs = {} }: PlanRequest): string {
  return `${model}\0${agent}\0${allowFallbacks} ${needs.tools} ${needs.images}`;
}

async function planAnew(session: Session, request: PlanRequest, key: string): Promise<Plan> {
  const { query, needs = {}, circuits } = request;
  const { config } = session.loaded;
  const names = selectionNames(query, { config });
  const refreshes = await updateModelLists(names, { ...request, needs, setups: session.setups });
  const catalog = session.catalog();
  const broken = circuits.status();
  const plan = planNow(names, { catalog, needs, circuits: broken, allowFallbacks: query.allowFallbacks });
  if (refreshes === undefined || broken.length > 0) return plan;
  if (session.plans.size >= MOST_PLANS) session.plans.clear();
  session.plans.set(key, { plan, catalog, refreshes });
  return plan;
}

function planNow(
  names: SelectionNames,
  { catalog: { inventory, forRequests }, ...rest }: { readonly catalog: Catalog } & Omit<PlanInput, 'catalog'>,
): Plan {
  const input = { ...names, ...rest, catalog: forRequests };
  if (names.primary !== undefined || names.fallbacks.length > 0) return planCandidates(input);
  try {
    return withStandIn(planCandidates({ ...input, primary: firstLocal(inventory.models) }));
  } catch (error) {
    throw withProblems(error, inventory.problems);
  }
}

/** Who answers when no model was ever chosen: the newest one that runs right here and costs nothing, or nobody. */
function firstLocal(models: readonly CatalogModel[]): string | undefined {
  return models.find(({ local, remoteHost, tools }) => local && remoteHost === undefined && tools !== false)?.ref;
}

/** Nobody is to think that the model was chosen. */
function withStandIn({ candidates, leftOut }: Plan): Plan {
  const text = 'no model is configured, and this is the newest that runs locally';
  const named = candidates.map((candidate) =>
    candidate.reason.code === 'primary' ? { ...candidate, reason: { ...candidate.reason, text } } : candidate,
  );
  return { candidates: named, leftOut };
}

/** Where no model was chosen since no server could be asked, that is what has to be put right. */
function withProblems(error: unknown, problems: readonly ProviderProblem[]): unknown {
  if (!(error instanceof ModelSelectionError) || error.code !== 'no-model-configured') return error;
  if (problems.length === 0 || error.candidates.length > 0) return error;
  return new NoModelFoundError(problems, { cause: error });
}
