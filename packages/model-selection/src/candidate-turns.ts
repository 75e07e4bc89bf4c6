import type { ProviderError, ProviderErrorCode } from '@openclaw/provider';
import type { FailedAttempt } from './describe-attempts.ts';
import type { CircuitBreaker, CircuitPass } from './circuit-breaker.ts';
import type { FallbackRule } from './fallback-policy.ts';
import { lacksCapability } from './lacks-capability.ts';
import type { LeftOutCandidate, LeftOutCode, Plan, PlannedCandidate } from './plan.ts';

/** A candidate whose turn it is to be asked. */
export interface Turn {
  readonly candidate: PlannedCandidate;
  readonly pass: CircuitPass;
}

/** Whose turn it is, as a request goes through its plan. */
export interface CandidateTurns {
  /** Whether somebody is left who is not known to be broken. */
  hasOthers(): boolean;
  /** The next candidate. One whose circuit is open is put behind the others, and asked when nobody else is left. */
  take(): Turn | undefined;
  /** The same candidate once more. */
  again(candidate: PlannedCandidate): Turn;
  /** Keeps those who may be asked after a failure. */
  narrow(rule: FallbackRule['next'], failed: { candidate: PlannedCandidate; error: ProviderError }): void;
  /** Those who stood before a candidate and were not asked; each is told once. Without a candidate, all who were left out. */
  passedOver(before?: PlannedCandidate): FailedAttempt[];
}

/** Starts at the beginning of a plan. */
export function createCandidateTurns({ plan, circuits }: { plan: Plan; circuits: CircuitBreaker }): CandidateTurns {
  let waiting = plan.candidates;
  let leftOut = plan.leftOut;
  const toldOf = new Set<string>();

  function take(): Turn | undefined {
    for (;;) {
      const [candidate] = waiting;
      if (candidate === undefined) return undefined;
      const others = waiting.slice(1);
      const pass = candidate.deferred ? circuits.enterAnyway(candidate.model) : circuits.enter(candidate.model);
      waiting = others;
      if (pass !== undefined) return { candidate, pass };
      waiting = [...others, { ...candidate, deferred: true, reason: occupied(candidate) }];
    }
  }

  function again(candidate: PlannedCandidate): Turn {
    return { candidate, pass: circuits.enterAnyway(candidate.model) };
  }

  function narrow(
    rule: FallbackRule['next'],
    { candidate, error }: { candidate: PlannedCandidate; error: ProviderError },
  ): void {
    waiting = waiting.filter((other) => MAY_FOLLOW[rule](other, { candidate, error }));
  }

  function passedOver(before?: PlannedCandidate): FailedAttempt[] {
    const rank = before?.rank ?? Infinity;
    if (leftOut.length === 0 && waiting.every((candidate) => candidate.rank >= rank)) return [];
    const absent = leftOut.filter((candidate) => candidate.rank < rank);
    leftOut = leftOut.filter((candidate) => candidate.rank >= rank);
    const skipped = waiting.filter(({ model, rank: own }) => own < rank && !toldOf.has(model.ref));
    skipped.forEach(({ model }) => toldOf.add(model.ref));
    return [...absent.map(absence), ...skipped.map(skipping)];
  }

  return { hasOthers: () => waiting.some(({ deferred }) => !deferred), take, again, narrow, passedOver };
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

function absence({ name, model, reason }: LeftOutCandidate): FailedAttempt {
  return {
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
