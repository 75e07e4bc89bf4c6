import { describeFailure } from '@openclaw/runtime';
import type { Exchange, GatewayLogger } from '../gateway-context.ts';
import { GatewayError } from '../gateway-error.ts';
import { encodeError } from '../openai-api/encode-error.ts';
import type { EncodedError } from '../openai-api/encode-error.ts';

/**
 * Puts a failure on the record and gives it as a reply. Whoever cancelled the request knows better why it failed than what
 * was cancelled. A bug goes to the log with its stack.
 */
export function noteFailure(
  thrown: unknown,
  { trace, signal, logger }: Pick<Exchange, 'trace' | 'signal'> & { readonly logger: GatewayLogger },
): EncodedError {
  const error: unknown = signal.aborted && signal.reason instanceof GatewayError ? signal.reason : thrown;
  const encoded = encodeError(error);
  trace.fail(encoded.code, error instanceof Error ? describeFailure(error) : String(error));
  if (encoded.code === 'internal') logger.error({ requestId: trace.id, err: error }, 'bug');
  return encoded;
}
