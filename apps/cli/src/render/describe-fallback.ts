import type { Attempt, ConnectionFailure } from '@openclaw/provider';

/**
 * Describes a failed attempt in one sentence: `a/b could not be reached (connection refused at http://host:11434);
 * answered by c/d`.
 */
export function describeFallback(attempt: Attempt, { answeredBy }: { answeredBy: string }): string {
  const { model, endpointName } = attempt;
  const name = endpointName === undefined ? model : `${model} at ${endpointName}`;
  return `${name} ${FAILURES[attempt.outcome]} (${describeReason(attempt)}); answered by ${answeredBy}`;
}

/** The failure, as a verb phrase. */
const FAILURES: Record<Attempt['outcome'], string> = {
  ok: 'answered',
  skipped: 'was skipped',
  aborted: 'was interrupted',
  'authentication-failed': 'rejected the key',
  billing: 'requires payment',
  'connection-failed': 'could not be reached',
  'context-length-exceeded': 'has too small a context window for this request',
  'invalid-request': 'did not accept the request',
  'invalid-response': 'returned no usable answer',
  'local-overload': 'was skipped: this machine is out of connections',
  'model-not-found': 'was not found',
  overloaded: 'is overloaded',
  'rate-limited': 'is rate limited',
  'server-error': 'failed',
  timeout: 'timed out',
  unsupported: 'does not support this request',
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
