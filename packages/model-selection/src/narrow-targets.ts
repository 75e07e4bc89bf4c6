import type { Target } from './catalog-model.ts';
import type { PlannedCandidate } from './plan.ts';

/** The places where a candidate can be asked. */
export function targetsOf({
  model,
  targets,
}: Pick<PlannedCandidate, 'model' | 'targets'>): readonly PlannedCandidate['model'][] {
  return targets ?? [model];
}

/** The candidate at some of its targets, of which there is at least one. A single target is its model. */
export function narrowTargets(candidate: PlannedCandidate, targets: readonly Target[]): PlannedCandidate {
  if (candidate.targets === undefined || targets.length === candidate.targets.length) return candidate;
  const { targets: _all, ...rest } = candidate;
  const [first, second] = targets;
  return first !== undefined && second === undefined ? { ...rest, model: first } : { ...rest, targets };
}
