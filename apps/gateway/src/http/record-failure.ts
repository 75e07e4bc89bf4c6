import { describeFailure } from '@openclaw/runtime/internal';
import type { Exchange, GatewayLogger } from '../gateway-context.ts';
import { GatewayError } from '../gateway-error.ts';
import { toFailure } from './to-failure.ts';
import type { Failure } from './to-failure.ts';

/**
 * Records why a request failed and describes it for the reply. If the request was cancelled, the reason for that counts and
 * not the error that it caused. A bug is logged with its stack.
 */
export function recordFailure(
  thrown: unknown,
  { trace, signal, logger }: Pick<Exchange, 'trace' | 'signal'> & { readonly logger: GatewayLogger },
): Failure {
  const error: unknown = signal.aborted && signal.reason instanceof GatewayError ? signal.reason : thrown;
  const failure = { ...toFailure(error), requestId: trace.id };
  trace.fail(failure.code, error instanceof Error ? describeFailure(error) : String(error));
  if (failure.code === 'internal') logger.error({ requestId: trace.id, err: error }, 'bug');
  return failure;
}
