import type { ConnectionFailure, ProviderError, ProviderErrorCode } from '@openclaw/provider';

/** What a failure before the first word of an answer leads to. */
export interface FallbackRule {
  /**
   * Who is asked next: the next candidate; nobody; the next one that has the capability that the failed one lacked (nobody
   * when the failure names none); the next one with a larger context window than the failed one.
   */
  readonly next: 'candidate' | 'nobody' | 'other-capability' | 'larger-window';
  /** Whether the failed candidate is asked again, a bounded number of times, when there is nobody else to ask. */
  readonly retryLast: boolean;
  /** Whose circuit it opens: that of the whole endpoint, of the model there, or none since the request was at fault. */
  readonly opens: 'endpoint' | 'model' | 'nothing';
}

/**
 * What each kind of failure leads to. `connection-failed` and `timeout` have a finer row in `fallbackRule`, for
 * connections that broke and for the connect clock.
 */
export const FALLBACK_POLICY: Readonly<Record<ProviderErrorCode, FallbackRule>> = {
  aborted: { next: 'nobody', retryLast: false, opens: 'nothing' },
  'authentication-failed': { next: 'candidate', retryLast: false, opens: 'model' },
  billing: { next: 'candidate', retryLast: false, opens: 'model' },
  'connection-failed': { next: 'candidate', retryLast: false, opens: 'endpoint' },
  'context-length-exceeded': { next: 'larger-window', retryLast: false, opens: 'nothing' },
  'invalid-request': { next: 'other-capability', retryLast: false, opens: 'nothing' },
  'invalid-response': { next: 'candidate', retryLast: true, opens: 'model' },
  'local-overload': { next: 'candidate', retryLast: true, opens: 'nothing' },
  'model-not-found': { next: 'candidate', retryLast: false, opens: 'model' },
  overloaded: { next: 'candidate', retryLast: true, opens: 'model' },
  'rate-limited': { next: 'candidate', retryLast: true, opens: 'model' },
  'server-error': { next: 'candidate', retryLast: true, opens: 'model' },
  timeout: { next: 'candidate', retryLast: true, opens: 'model' },
  unsupported: { next: 'candidate', retryLast: false, opens: 'nothing' },
};

/**
 * A connection that was never had will not be had a second later, and nobody else at that endpoint can be reached either. One
 * that broke is like an answer that was cut off: the server is there, and its model may be well the next time.
 */
const AFTER_CONNECTION: Readonly<Record<ConnectionFailure, Pick<FallbackRule, 'retryLast' | 'opens'>>> = {
  closed: { retryLast: true, opens: 'model' },
  dns: { retryLast: false, opens: 'endpoint' },
  refused: { retryLast: false, opens: 'endpoint' },
  reset: { retryLast: true, opens: 'model' },
  tls: { retryLast: false, opens: 'endpoint' },
  unreachable: { retryLast: false, opens: 'endpoint' },
};

/** The row of the policy for a failure. */
export function fallbackRule({ code, clock, connection }: ProviderError): FallbackRule {
  const rule = FALLBACK_POLICY[code];
  if (code === 'connection-failed' && connection !== undefined) return { ...rule, ...AFTER_CONNECTION[connection] };
  if (code === 'timeout' && clock === 'connect') return { ...rule, opens: 'endpoint' };
  return rule;
}
