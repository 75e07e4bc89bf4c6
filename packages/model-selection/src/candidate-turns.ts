import type { ProviderError, ProviderErrorCode } from '@openclaw/provider';
import type { FailedAttempt } from './describe-attempts.ts';
import type { CatalogModel, Target } from './catalog-model.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { Permit } from './permit.ts';
import { attemptPlace } from './attempt-place.ts';
import type { FallbackRule } from './fallback-policy.ts';
import { lacksCapability } from './lacks-capability.ts';
import { narrowTargets, targetsOf } from './narrow-targets.ts';
import type { LeftOutCandidate, LeftOutCode, Plan, PlannedCandidate } from './plan.ts';

/** A candidate and the permit to send it a request. */
export interface Turn {
  readonly candidate: PlannedCandidate;
  readonly permit: Permit;
}

/** Chooses one of the targets of a model. `undefined`: the first. */
export type ChooseTarget = (targets: readonly Target[]) => Target | undefined;

export interface CandidateTurnsOptions {
  readonly circuits: CircuitBreaker;
  /** For models with several endpoints. @default the first target */
  readonly chooseTarget?: ChooseTarget | undefined;
}

/**
 * The order of attempts: takes candidates from the plan and skips open circuits. A class, as there is one for each
 * request: see `createEventStream`.
 */
export class CandidateTurns {
  readonly #circuits: CircuitBreaker;
  readonly #chooseTarget: ChooseTarget | undefined;
  #waiting: readonly PlannedCandidate[];
  #leftOut: readonly LeftOutCandidate[];
  #reported: Set<string> | undefined;

  constructor({ candidates, leftOut }: Plan, { circuits, chooseTarget }: CandidateTurnsOptions) {
    this.#circuits = circuits;
    this.#chooseTarget = chooseTarget;
    this.#waiting = candidates;
    this.#leftOut = leftOut;
  }

  /** Puts a candidate whose circuit another process probes behind the others. */
  defer(candidate: PlannedCandidate): void {
    this.#waiting = [...this.#waiting, { ...candidate, deferred: true, reason: circuitOpenReason(candidate) }];
  }

  /** Whether a candidate without an open circuit is left. */
  hasHealthyOthers(): boolean {
    return this.#waiting.some(({ deferred }) => !deferred);
  }

  /**
   * Takes the next candidate, at one of its targets; the others come next. One with an open circuit moves to the end,
   * and is used if no other is left.
   */
  take(): Turn | undefined {
    for (;;) {
      const [first] = this.#waiting;
      if (first === undefined) return undefined;
      const { candidate, others } = this.#takeTarget(first, this.#waiting.slice(1));
      const { model, deferred } = candidate;
      const permit = deferred ? this.#circuits.forceAcquire(model) : this.#circuits.tryAcquire(model);
      this.#waiting = others;
      if (permit !== undefined) return { candidate, permit };
      this.#waiting = [...others, { ...candidate, deferred: true, reason: circuitOpenReason(candidate) }];
    }
  }

  #takeTarget(
    first: PlannedCandidate,
    others: readonly PlannedCandidate[],
  ): { readonly candidate: PlannedCandidate; readonly others: readonly PlannedCandidate[] } {
    const { targets } = first;
    const chosen = targets && (this.#chooseTarget?.(targets) ?? targets[0]);
    if (targets === undefined || chosen === undefined) return { candidate: first, others };
    const rest = targets.filter((target) => target !== chosen);
    return { candidate: narrowTargets(first, [chosen]), others: [narrowTargets(first, rest), ...others] };
  }

  /** Takes the same candidate again, for a retry. */
  again(candidate: PlannedCandidate): Turn {
    return { candidate, permit: this.#circuits.forceAcquire(candidate.model) };
  }

  /** Keeps the candidates that may follow a failure. */
  keepEligible(rule: FallbackRule['next'], failed: { candidate: PlannedCandidate; error: ProviderError }): void {
    if (rule === 'candidate') return;
    const mayFollow = (model: CatalogModel): boolean => MAY_FOLLOW[rule](model, failed);
    this.#waiting = this.#waiting.flatMap((other) => {
      if (other.targets === undefined) return mayFollow(other.model) ? [other] : [];
      const targets = other.targets.filter(mayFollow);
      return targets.length === 0 ? [] : [narrowTargets(other, targets)];
    });
  }

  /**
   * The models before a candidate that got no request, as attempts. Each is returned once. Without a candidate, all
   * models that are left.
   */
  skippedBefore(before?: PlannedCandidate): FailedAttempt[] {
    const rank = before?.rank ?? Infinity;
    if (this.#leftOut.length === 0 && this.#waiting.every((candidate) => candidate.rank >= rank)) return [];
    const excluded = this.#leftOut.filter((candidate) => candidate.rank < rank);
    this.#leftOut = this.#leftOut.filter((candidate) => candidate.rank >= rank);
    const reported = (this.#reported ??= new Set());
    const skipped = this.#waiting
      .filter((candidate) => candidate.rank < rank)
      .flatMap((candidate) => targetsOf(candidate).map((model) => ({ model, text: candidate.reason.text })))
      .filter(({ model }) => !reported.has(targetKey(model)));
    skipped.forEach(({ model }) => reported.add(targetKey(model)));
    return [...excluded.map(excludedAttempt), ...skipped.map(skippedAttempt)];
  }
}

type MayFollow = (other: CatalogModel, failed: { candidate: PlannedCandidate; error: ProviderError }) => boolean;

const MAY_FOLLOW: Readonly<Record<Exclude<FallbackRule['next'], 'candidate'>, MayFollow>> = {
  none: () => false,
  // A server may have loaded the model with less than its window.
  'larger-window': (other, { candidate, error: { contextTokens = candidate.model.contextWindow } }) =>
    hasGuessedWindow(other) || hasGuessedWindow(candidate.model) || other.contextWindow > contextTokens,
  'other-capability': (other, { error }) => error.capability !== undefined && !lacksCapability(other, error.capability),
};

/** The window of an assumed model is a guess, which does not exclude any model. */
function hasGuessedWindow({ source }: CatalogModel): boolean {
  return source === 'assumed';
}

function circuitOpenReason({ model }: PlannedCandidate): PlannedCandidate['reason'] {
  return { code: 'circuit-open', text: `${model.ref} failed a moment ago, or another request is probing it now` };
}

const OUTCOME_BY_REASON: Readonly<Record<LeftOutCode, ProviderErrorCode>> = {
  'no-images': 'unsupported',
  'no-tools': 'unsupported',
  unknown: 'model-not-found',
};

function excludedAttempt({ name, model, reason, commands }: LeftOutCandidate): FailedAttempt {
  return {
    commands,
    attempt: {
      model: model?.ref ?? name,
      endpoint: model?.endpoint ?? '',
      outcome: OUTCOME_BY_REASON[reason.code],
      message: reason.text,
      durationMs: 0,
    },
  };
}

function skippedAttempt({ model, text }: { readonly model: CatalogModel; readonly text: string }): FailedAttempt {
  return { attempt: { ...attemptPlace(model), outcome: 'skipped', message: text, durationMs: 0 } };
}

function targetKey({ ref, endpoint }: CatalogModel): string {
  return `${endpoint} ${ref}`;
}
