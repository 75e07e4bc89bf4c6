import type { Attempt } from '@openclaw/provider';

/** One sentence for a model that could not answer: `a/b could not be reached (… at http://host); answered by c/d`. */
export function describeFallback(attempt: Attempt, { answeredBy }: { answeredBy: string }): string {
  return `${attempt.model} ${FAILURES[attempt.outcome]}${describeReason(attempt)}; answered by ${answeredBy}`;
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
  'model-not-found': 'was not found',
  overloaded: 'is overloaded',
  'rate-limited': 'has had too many requests',
  'server-error': 'failed',
  timeout: 'took too long',
  unsupported: 'cannot do this',
};

function describeReason({ message, endpoint }: Attempt): string {
  const where = endpoint.replace(/\/v1\/?$/, '');
  const parts = [message, where !== '' && message?.includes(where) !== true ? `at ${where}` : undefined].filter(
    (part) => part !== undefined,
  );
  return parts.length === 0 ? '' : ` (${parts.join(' ')})`;
}
