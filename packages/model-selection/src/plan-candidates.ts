import { checkPlanInput } from './check-arguments.ts';
import type { CircuitStatus } from './circuit-breaker.ts';
import type { CatalogModel } from './catalog-model.ts';
import { lacksCapability } from './lacks-capability.ts';
import type { ModelCatalog } from './model-catalog.ts';
import type { ModelSelectionError } from './model-selection-error.ts';
import { narrowTargets, targetsOf } from './narrow-targets.ts';
import { noCandidateError } from './no-candidate-error.ts';
import { preferenceOrder } from './preference-order.ts';
import type { WantedName } from './preference-order.ts';
import type { LeftOutCandidate, Plan, PlannedCandidate } from './plan.ts';
import type { PlanInput, RequestNeeds } from './plan-input.ts';
import { tryResolve } from './try-resolve.ts';

/**
 * Decides which models are candidates, and in which order. Pure: the same input gives the same plan.
 *
 * Models that lack a required capability are excluded. Models with an open circuit move to the end; of a model with
 * several endpoints only those whose circuit is open, so that it has two entries. A requested model is the only
 * candidate, unless `allowFallbacks`. For a request with images, the image models come first if the first candidate
 * does not accept images.
 *
 * @throws {ModelSelectionError} if there is no candidate: `no-model-configured`, the catalog's own error for a single
 * unknown name, `no-tool-model`, `no-image-model`, or `no-usable-model`.
 */
export function planCandidates(input: PlanInput): Plan {
  checkPlanInput(input);
  const { catalog, needs = {}, circuits = [] } = input;
  const wanted = preferenceOrder(input).map((entry, rank) => place({ ...entry, rank }, { catalog, needs }));
  const leftOut = onePerKey(
    wanted.flatMap((placed) => ('leftOut' in placed ? [placed.leftOut] : [])),
    ({ model, name }) => model?.ref ?? name,
  );
  const usable = onePerKey(
    wanted.flatMap((placed) => ('usable' in placed ? [placed.usable] : [])),
    ({ model }) => model.ref,
  );
  if (usable.length === 0) throw noCandidateError({ leftOut, errors: wanted.flatMap(errorOf), catalog, needs });
  const ordered = usable.flatMap((candidate) => withCircuits(candidate, circuits));
  return {
    candidates: [...ordered.filter(({ deferred }) => !deferred), ...ordered.filter(({ deferred }) => deferred)],
    leftOut,
  };
}

/** The first entry of each key. */
function onePerKey<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  const keys = new Set<string>();
  return all.filter((one) => !keys.has(keyOf(one)) && keys.add(keyOf(one)));
}

interface RankedName extends WantedName {
  readonly rank: number;
}

type Placed =
  | { readonly usable: PlannedCandidate }
  | { readonly leftOut: LeftOutCandidate; readonly error?: ModelSelectionError };

function place(
  { name, role, text, rank }: RankedName,
  { catalog, needs }: { catalog: ModelCatalog; needs: RequestNeeds },
): Placed {
  const resolved = tryResolve(name, { catalog });
  if ('error' in resolved) {
    const { error } = resolved;
    const { commands, message: text } = error;
    const leftOut = { name, role, rank, reason: { code: 'unknown' as const, text } };
    return { leftOut: commands === undefined ? leftOut : { ...leftOut, commands }, error };
  }
  const { model } = resolved;
  if (needs.images === true && lacksCapability(model, 'images')) {
    const reason = {
      code: 'no-images' as const,
      text: `${model.ref} does not accept images, but the request has some.`,
    };
    return { leftOut: { name, model, role, rank, reason } };
  }
  if (needs.tools === true && lacksCapability(model, 'tools')) {
    const reason = { code: 'no-tools' as const, text: `${model.ref} does not call tools, but the request has some.` };
    return { leftOut: { name, model, role, rank, reason } };
  }
  const { commands } = catalog.provider(model.provider);
  const { targets } = model;
  const usable = {
    model,
    role,
    rank,
    reason: { code: role, text },
    deferred: false,
    ...(targets !== undefined && { targets }),
    ...(commands !== undefined && { commands }),
  };
  return { usable };
}

function errorOf(placed: Placed): ModelSelectionError[] {
  return 'leftOut' in placed && placed.error !== undefined ? [placed.error] : [];
}

/** The targets whose circuit is open become a candidate of their own, so that the others stay in their place. */
function withCircuits(candidate: PlannedCandidate, circuits: readonly CircuitStatus[]): readonly PlannedCandidate[] {
  const { targets = [] } = candidate;
  const isOpen = (target: CatalogModel): boolean => isWaiting(circuitOf(target, circuits));
  const open = targets.filter(isOpen);
  if (open.length === 0 || open.length === targets.length) return [withCircuit(candidate, circuits)];
  const others = targets.filter((target) => !isOpen(target));
  return [narrowTargets(candidate, others), withCircuit(narrowTargets(candidate, open), circuits)];
}

/** All targets of the candidate are open, or none is. */
function withCircuit(candidate: PlannedCandidate, circuits: readonly CircuitStatus[]): PlannedCandidate {
  const { reason } = candidate;
  const own = targetsOf(candidate).flatMap((target) => circuitOf(target, circuits) ?? []);
  const [first] = own;
  if (first === undefined || own.length < targetsOf(candidate).length) return candidate;
  if (isWaiting(first)) {
    const text = `${reason.text}, moved to the end: ${[...new Set(own.map(describeCircuit))].join('; ')}`;
    return { ...candidate, deferred: true, reason: { code: 'circuit-open', text } };
  }
  return { ...candidate, reason: { code: 'probe', text: `${reason.text}, probed after a failure (${first.code})` } };
}

/** The circuit that decides about a request: an open one, otherwise one that is due for its probe. */
function circuitOf(target: CatalogModel, circuits: readonly CircuitStatus[]): CircuitStatus | undefined {
  const own = circuits.filter(
    ({ endpoint, model: ref }) => endpoint === target.endpoint && (ref === undefined || ref === target.ref),
  );
  return own.find(isWaiting) ?? own[0];
}

function isWaiting(circuit: CircuitStatus | undefined): boolean {
  return circuit !== undefined && circuit.state !== 'probe-due';
}

function describeCircuit({ scope, endpoint, model, code, failures, state, retryInMs }: CircuitStatus): string {
  const whose = scope === 'endpoint' ? endpoint : (model ?? endpoint);
  if (failures === 0) return `${whose} is still loading`;
  const until =
    state === 'probing' ? 'it is being probed now' : `it is probed again in ${Math.ceil(retryInMs / 1000)} s`;
  return `${whose} failed (${code}); ${until}`;
}
