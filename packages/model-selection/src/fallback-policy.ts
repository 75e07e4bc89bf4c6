import type { ConnectionFailure, ProviderError, ProviderErrorCode } from '@openclaw/provider';

/** What follows a failure before the first content of an answer. */
export interface FallbackRule {
  /**
   * The next attempt: the next candidate; none; the next candidate with the missing capability (none if the failure
   * names no capability); the next candidate with a larger context window.
   */
  readonly next: 'candidate' | 'none' | 'other-capability' | 'larger-window';
  /** Whether the last candidate is retried, a bounded number of times. */
  readonly retryLast: boolean;
  /** The circuit that it opens: of the whole endpoint, of the model, or none if the request is at fault. */
  readonly opens: 'endpoint' | 'model' | 'nothing';
}

/**
 * The rule of each code. `fallbackRule` refines those of `connection-failed` for broken connections, of `timeout`
 * for the connect timeout, of `overloaded` for our own queue, and of `invalid-response` for answers that the server
 * dropped.
 */
export const FALLBACK_POLICY: Readonly<Record<ProviderErrorCode, FallbackRule>> = {
  aborted: { next: 'none', retryLast: false, opens: 'nothing' },
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
 * If no connection was established, a retry a second later fails, too, and so do the other models of the endpoint. A
 * broken connection is like a truncated answer: the server is reachable, and a retry may succeed.
 */
const AFTER_CONNECTION: Readonly<Record<ConnectionFailure, Pick<FallbackRule, 'retryLast' | 'opens'>>> = {
  closed: { retryLast: true, opens: 'model' },
  dns: { retryLast: false, opens: 'endpoint' },
  refused: { retryLast: false, opens: 'endpoint' },
  reset: { retryLast: true, opens: 'model' },
  tls: { retryLast: false, opens: 'endpoint' },
  unreachable: { retryLast: false, opens: 'endpoint' },
};

/** The rule of a failure. */
export function fallbackRule({ code, clock, connection, droppedTokens, queue }: ProviderError): FallbackRule {
  const rule = FALLBACK_POLICY[code];
  if (code === 'connection-failed' && connection !== undefined) return { ...rule, ...AFTER_CONNECTION[connection] };
  // The server was not asked. A deadline does not come again.
  if (queue !== undefined) return { ...rule, retryLast: queue === 'full', opens: 'nothing' };
  // The same prompt leads to the same broken tool call.
  if (code === 'invalid-response' && droppedTokens !== undefined) return { ...rule, retryLast: false };
  if (code === 'timeout' && clock === 'connect') return { ...rule, opens: 'endpoint' };
  return rule;
}
