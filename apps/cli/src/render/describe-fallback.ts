import type { Attempt, ConnectionFailure } from '@openclaw/provider';

/** One sentence for a model that could not answer: `a/b could not be reached (connection refused at http://host:11434); answered by c/d`. */
export function describeFallback(attempt: Attempt, { answeredBy }: { answeredBy: string }): string {
  return `${attempt.model} ${FAILURES[attempt.outcome]} (${describeReason(attempt)}); answered by ${answeredBy}`;
}

/** What a model did when it did not answer. */
const FAILURES: Record<Attempt['outcome'], string> = {
  ok: 'answered',
  skipped: 'was not asked',
  aborted: 'was interrupted',
  'authentication-failed': 'refused the key',
  billing: 'wants to be paid',
  'connection-failed': 'could not be reached',
  'context-length-exceeded': 'has too small a context for this',
  'invalid-request': 'did not accept the request',
  'invalid-response': 'gave no usable answer',
  'local-overload': 'was not asked: this machine has run out of connections',
  'model-not-found': 'was not found',
  overloaded: 'is overloaded',
  'rate-limited': 'has had too many requests',
  'server-error': 'failed',
  timeout: 'took too long',
  unsupported: 'cannot do this',
};

const CONNECTIONS: Record<ConnectionFailure, string> = {
  refused: 'connection refused',
  reset: 'connection reset',
  unreachable: 'host unreachable',
  dns: 'host name not found',
  tls: 'TLS failed',
  closed: 'connection closed',
};

function describeReason({ connection, message, endpoint, outcome }: Attempt): string {
  const where = endpoint.replace(/\/v1\/?$/, '');
  const what = connection === undefined ? (message?.replace(/\.$/, '') ?? outcome) : CONNECTIONS[connection];
  return where === '' || what.includes(where) ? what : `${what} at ${where}`;
}
