import { ProviderError } from '@openclaw/provider';
import type { Attempt, ProviderErrorCode } from '@openclaw/provider';
import { describeAttempts } from './describe-attempts.ts';
import type { FailedAttempt } from './describe-attempts.ts';

/**
 * No model could answer. Code and details are those of the most important failure, which is the `cause`. The message
 * lists every attempt with URL and cause.
 */
export class AllCandidatesFailedError extends ProviderError {
  /** All attempts in their order. */
  readonly attempts: readonly Attempt[];
  /**
   * The attempts with their errors and models, for `describeAttempts`. Not enumerable: JSON has `attempts` and
   * `cause`.
   */
  declare readonly failures: readonly FailedAttempt[];

  constructor(failed: readonly FailedAttempt[]) {
    const important = mostImportant(failed);
    super(important?.code ?? 'model-not-found', describeAttempts(failed), {
      ...detailsOf(important),
      cause: important,
    });
    this.attempts = failed.map(({ attempt }) => attempt);
    Object.defineProperty(this, 'failures', { value: failed });
  }
}

/**
 * The highest number is the most important failure for the caller: first faults of the request, then temporary
 * failures, then failures that a person must fix.
 */
const PRIORITY: Readonly<Record<ProviderErrorCode, number>> = {
  aborted: 14,
  'invalid-request': 13,
  'context-length-exceeded': 12,
  'rate-limited': 11,
  overloaded: 10,
  'local-overload': 9,
  timeout: 8,
  'server-error': 7,
  'invalid-response': 6,
  'connection-failed': 5,
  'authentication-failed': 4,
  billing: 3,
  unsupported: 2,
  'model-not-found': 1,
};

/** Of several attempts with one model at one endpoint the last counts. */
function mostImportant(failed: readonly FailedAttempt[]): ProviderError | undefined {
  const errors = new Map(failed.map(({ attempt, error }) => [`${attempt.endpointName ?? ''} ${attempt.model}`, error]));
  const known = [...errors.values()].filter((error) => error !== undefined);
  return known.toSorted((a, b) => PRIORITY[b.code] - PRIORITY[a.code])[0];
}

function detailsOf(error: ProviderError | undefined) {
  if (error === undefined) return {};
  const { provider, model, url, status, retryAfterMs, serverMessage, clock, connection, capability } = error;
  const { neededTokens, contextTokens, droppedTokens } = error;
  const tokens = { neededTokens, contextTokens, droppedTokens };
  return { provider, model, url, status, retryAfterMs, serverMessage, clock, connection, capability, ...tokens };
}
