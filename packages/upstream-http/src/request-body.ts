import { isProviderError } from '@openclaw/provider';
import type { StreamOptions } from '@openclaw/provider';
import { encodingOf, isCompressed } from './content-encoding.ts';
import { sendRequest } from './send-request.ts';
import type { FailureContext, Upstream } from './upstream.ts';

export interface BodyRequest extends StreamOptions, FailureContext {
  /** Below the base URL. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body: unknown;
  /** The most bytes of the response. */
  readonly maxBodyBytes: number;
}

/**
 * Asks a server for one body that is not an answer in a chat, and returns it.
 * @throws {ProviderError} for everything but a success: connection, clocks, abort, status, limit
 */
export async function requestBody(
  upstream: Upstream,
  { path, body, maxBodyBytes, signal, timeouts, ...context }: BodyRequest,
): Promise<string> {
  const url = upstream.resolve(path);
  const failures = () => upstream.failuresFor(url, context);
  const exchange = sendRequest(await upstream.pool(), {
    request: { url, headers: upstream.headers, body: JSON.stringify(body) },
    failures,
    timeouts: upstream.timeoutsOf(timeouts, { streaming: false }),
    signal,
    wholeBodyBytes: maxBodyBytes,
  });
  const { bytes, failure } = await exchange.read();
  const { head } = exchange;
  // An abort is not about the response, and the status says more than a body that broke off.
  if (head === undefined || (isProviderError(failure) && failure.code === 'aborted')) throw failure;
  const compressed = isCompressed(head);
  if (head.status >= 300)
    throw failures().response({ ...head, body: compressed ? '' : new TextDecoder().decode(bytes) });
  if (compressed) throw failures().compressed(encodingOf(head));
  if (failure !== undefined) throw failure;
  return new TextDecoder().decode(bytes);
}
