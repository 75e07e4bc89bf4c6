import type { ProviderError, ProviderErrorCode } from '@openclaw/provider';
import type { FailedAttempt } from './describe-attempts.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { Permit } from './permit.ts';
import type { FallbackRule } from './fallback-policy.ts';
import { lacksCapability } from './lacks-capability.ts';
import type { LeftOutCandidate, LeftOutCode, Plan, PlannedCandidate } from './plan.ts';

/** A candidate and the permit to send it a request. */
export interface Turn {
  readonly candidate: PlannedCandidate;
  readonly permit: Permit;
}

/**
 * The order of attempts: takes candidates from the plan and skips open circuits. A class, as there is one for each
 * request: see `createEventStream`.
 */
export class CandidateTurns {
  readonly #circuits: CircuitBreaker;
  #waiting: readonly PlannedCandidate[];
  #leftOut: readonly LeftOutCandidate[];
  #reported: Set<string> | undefined;

  constructor({ candidates, leftOut }: Plan, circuits: CircuitBreaker) {
    this.#circuits = circuits;
    this.#waiting = candidates;
    this.#leftOut = leftOut;
  }

  /** Whether a candidate without an open circuit is left. */
  hasHealthyOthers(): boolean {
    return this.#waiting.some(({ deferred }) => !deferred);
  }

  /** Takes the next candidate. One with an open circuit moves to the end, and is used if no other is left. */
  take(): Turn | undefined {
    for (;;) {
      const [candidate] = this.#waiting;
      if (candidate === undefined) return undefined;
      const others = this.#waiting.slice(1);
      const { model, deferred } = candidate;
      const permit = deferred ? this.#circuits.forceAcquire(model) : this.#circuits.tryAcquire(model);
      this.#waiting = others;
      if (permit !== undefined) return { candidate, permit };
      this.#waiting = [...others, { ...candidate, deferred: true, reason: circuitOpenReason(candidate) }];
    }
  }

  /** Takes the same candidate again, for a retry. */
  again(candidate: PlannedCandidate): Turn {
    return { candidate, permit: this.#circuits.forceAcquire(candidate.model) };
  }

  /** Keeps the candidates that may follow a failure. */
  keepEligible(rule: FallbackRule['next'], failed: { candidate: PlannedCandidate; error: ProviderError }): void {
    this.#waiting = this.#waiting.filter((other) => MAY_FOLLOW[rule](other, failed));
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
    const skipped = this.#waiting.filter(({ model, rank: own }) => own < rank && !reported.has(model.ref));
    skipped.forEach(({ model }) => reported.add(model.ref));
    return [...excluded.map(excludedAttempt), ...skipped.map(skippedAttempt)];
  }
}

type MayFollow = (other: PlannedCandidate, failed: { candidate: PlannedCandidate; error: ProviderError }) => boolean;

const MAY_FOLLOW: Readonly<Record<FallbackRule['next'], MayFollow>> = {
  candidate: () => true,
  none: () => false,
  // A server may have loaded the model with less than its window.
  'larger-window': (other, { candidate, error: { contextTokens = candidate.model.contextWindow } }) =>
    hasGuessedWindow(other) || hasGuessedWindow(candidate) || other.model.contextWindow > contextTokens,
  'other-capability': (other, { error }) =>
    error.capability !== undefined && !lacksCapability(other.model, error.capability),
};

/** The window of an assumed model is a guess, which does not exclude any model. */
function hasGuessedWindow({ model }: PlannedCandidate): boolean {
  return model.source === 'assumed';
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

function skippedAttempt({ model, reason }: PlannedCandidate): FailedAttempt {
  const { ref, endpoint } = model;
  return { attempt: { model: ref, endpoint, outcome: 'skipped', message: reason.text, durationMs: 0 } };
}
