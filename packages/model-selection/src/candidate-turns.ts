import type { ProviderError, ProviderErrorCode } from '@openclaw/provider';
import type { FailedAttempt } from './describe-attempts.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { Permit } from './permit.ts';
import type { FallbackRule } from './fallback-policy.ts';
import { lacksCapability } from './lacks-capability.ts';
import type { LeftOutCandidate, LeftOutCode, Plan, PlannedCandidate } from './plan.ts';

/** A candidate whose turn it is to be asked. */
export interface Turn {
  readonly candidate: PlannedCandidate;
  readonly permit: Permit;
}

/** Whose turn it is, as a request goes through its plan. A class, as there is one for each request: see `createEventStream`. */
export class CandidateTurns {
  readonly #circuits: CircuitBreaker;
  #waiting: readonly PlannedCandidate[];
  #leftOut: readonly LeftOutCandidate[];
  #reported: Set<string> | undefined;

  /** Starts at the beginning of a plan. */
  constructor({ candidates, leftOut }: Plan, circuits: CircuitBreaker) {
    this.#circuits = circuits;
    this.#waiting = candidates;
    this.#leftOut = leftOut;
  }

  /** Whether somebody is left who is not known to be broken. */
  hasHealthyOthers(): boolean {
    return this.#waiting.some(({ deferred }) => !deferred);
  }

  /** The next candidate. One whose circuit is open is put behind the others, and asked when nobody else is left. */
  take(): Turn | undefined {
    for (;;) {
      const [candidate] = this.#waiting;
      if (candidate === undefined) return undefined;
      const others = this.#waiting.slice(1);
      const { model, deferred } = candidate;
      const permit = deferred ? this.#circuits.forceAcquire(model) : this.#circuits.tryAcquire(model);
      this.#waiting = others;
      if (permit !== undefined) return { candidate, permit };
      this.#waiting = [...others, { ...candidate, deferred: true, reason: occupied(candidate) }];
    }
  }

  /** The same candidate once more. */
  again(candidate: PlannedCandidate): Turn {
    return { candidate, permit: this.#circuits.forceAcquire(candidate.model) };
  }

  /** Keeps those who may be asked after a failure. */
  keepEligible(rule: FallbackRule['next'], failed: { candidate: PlannedCandidate; error: ProviderError }): void {
    this.#waiting = this.#waiting.filter((other) => MAY_FOLLOW[rule](other, failed));
  }

  /** Those who stood before a candidate and were not asked; each is told once. Without a candidate, all who were left out. */
  skippedBefore(before?: PlannedCandidate): FailedAttempt[] {
    const rank = before?.rank ?? Infinity;
    if (this.#leftOut.length === 0 && this.#waiting.every((candidate) => candidate.rank >= rank)) return [];
    const absent = this.#leftOut.filter((candidate) => candidate.rank < rank);
    this.#leftOut = this.#leftOut.filter((candidate) => candidate.rank >= rank);
    const reported = (this.#reported ??= new Set());
    const skipped = this.#waiting.filter(({ model, rank: own }) => own < rank && !reported.has(model.ref));
    skipped.forEach(({ model }) => reported.add(model.ref));
    return [...absent.map(absence), ...skipped.map(skipping)];
  }
}

type MayFollow = (other: PlannedCandidate, failed: { candidate: PlannedCandidate; error: ProviderError }) => boolean;

const MAY_FOLLOW: Readonly<Record<FallbackRule['next'], MayFollow>> = {
  candidate: () => true,
  nobody: () => false,
  'larger-window': (other, { candidate }) =>
    hasGuessedWindow(other) || hasGuessedWindow(candidate) || other.model.contextWindow > candidate.model.contextWindow,
  'other-capability': (other, { error }) =>
    error.capability !== undefined && !lacksCapability(other.model, error.capability),
};

/** The window of a model that was only named is a guess, which is no reason to leave it or others unasked. */
function hasGuessedWindow({ model }: PlannedCandidate): boolean {
  return model.source === 'assumed';
}

function occupied({ model }: PlannedCandidate): PlannedCandidate['reason'] {
  return { code: 'circuit-open', text: `${model.ref} failed a moment ago, or another request is trying it right now` };
}

const OUTCOME_OF_ABSENCE: Readonly<Record<LeftOutCode, ProviderErrorCode>> = {
  'no-images': 'unsupported',
  'no-tools': 'unsupported',
  unknown: 'model-not-found',
};

function absence({ name, model, reason, commands }: LeftOutCandidate): FailedAttempt {
  return {
    commands,
    attempt: {
      model: model?.ref ?? name,
      endpoint: model?.endpoint ?? '',
      outcome: OUTCOME_OF_ABSENCE[reason.code],
      message: reason.text,
      durationMs: 0,
    },
  };
}

function skipping({ model, reason }: PlannedCandidate): FailedAttempt {
  const { ref, endpoint } = model;
  return { attempt: { model: ref, endpoint, outcome: 'skipped', message: reason.text, durationMs: 0 } };
}
