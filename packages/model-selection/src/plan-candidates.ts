import type { CircuitStatus } from './circuit-breaker.ts';
import { lacksCapability } from './lacks-capability.ts';
import type { ModelCatalog } from './model-catalog.ts';
import type { ModelSelectionError } from './model-selection-error.ts';
import { noCandidateError } from './no-candidate-error.ts';
import { preferenceOrder } from './preference-order.ts';
import type { WantedName } from './preference-order.ts';
import type { LeftOutCandidate, Plan, PlannedCandidate } from './plan.ts';
import type { PlanInput, RequestNeeds } from './plan-input.ts';
import { tryResolve } from './try-resolve.ts';

/**
 * Decides which models are candidates, and in which order. Pure: the same input gives the same plan.
 *
 * Models that lack a required capability are excluded. Models with an open circuit move to the end. A requested model
 * is the only candidate, unless `allowFallbacks`. For a request with images, the image models come first if the first
 * candidate does not accept images.
 *
 * @throws {ModelSelectionError} if there is no candidate: `no-model-configured`, the catalog's own error for a single
 * unknown name, `no-tool-model`, `no-image-model`, or `no-usable-model`.
 */
export function planCandidates(input: PlanInput): Plan {
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
  const ordered = usable.map((candidate) => withCircuit(candidate, circuits));
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
  const usable = { model, role, rank, reason: { code: role, text }, deferred: false };
  return { usable: commands === undefined ? usable : { ...usable, commands } };
}

function errorOf(placed: Placed): ModelSelectionError[] {
  return 'leftOut' in placed && placed.error !== undefined ? [placed.error] : [];
}

function withCircuit(candidate: PlannedCandidate, circuits: readonly CircuitStatus[]): PlannedCandidate {
  const { model, reason } = candidate;
  const own = circuits.filter(
    ({ endpoint, model: ref }) => endpoint === model.endpoint && (ref === undefined || ref === model.ref),
  );
  const open = own.find(({ state }) => state !== 'probe-due');
  if (open !== undefined) {
    const text = `${reason.text}, moved to the end: ${describeCircuit(open)}`;
    return { ...candidate, deferred: true, reason: { code: 'circuit-open', text } };
  }
  const [due] = own;
  if (due === undefined) return candidate;
  return { ...candidate, reason: { code: 'probe', text: `${reason.text}, probed after a failure (${due.code})` } };
}

function describeCircuit({ scope, endpoint, model, code, failures, state, retryInMs }: CircuitStatus): string {
  const whose = scope === 'endpoint' ? endpoint : (model ?? endpoint);
  if (failures === 0) return `${whose} is still loading`;
  const until =
    state === 'probing' ? 'it is being probed now' : `it is probed again in ${Math.ceil(retryInMs / 1000)} s`;
  return `${whose} failed (${code}); ${until}`;
}
