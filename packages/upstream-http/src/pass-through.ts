import { isProviderError } from '@openclaw/provider';
import type { PassedResponse, StreamOptions } from '@openclaw/provider';
import { redactSecrets } from '@openclaw/upstream-errors';
import type { Failures } from '@openclaw/upstream-errors';
import { encodingOf, isCompressed } from './content-encoding.ts';
import type { BodyRead, HttpExchange } from './http-exchange.ts';
import { readBody } from './read-body.ts';
import { redactBody } from './redact-body.ts';
import { sendRequest } from './send-request.ts';
import type { Upstream } from './upstream.ts';
import { withOwnHeaders } from './with-own-headers.ts';

export interface PassThroughRequest extends StreamOptions {
  /** Below the base URL. */
  readonly path: string;
  readonly body: unknown;
}

/**
 * Passes a request through, for what is not chat. A success or an error status is passed on; the secrets of the request, which
 * some servers repeat, are replaced in headers and body. The body of an error ends at 64 KiB.
 * @throws {ProviderError} when there is no answer: connection, clocks, abort (while the body is read, too), a redirect, a body that
 *   is compressed.
 */
export async function passThrough(
  upstream: Upstream,
  { path, body, signal, timeouts, headers }: PassThroughRequest,
): Promise<PassedResponse> {
  const url = upstream.resolve(path);
  const failures = () => upstream.failuresFor(url, { capability: path.includes('embed') ? 'embeddings' : 'chat' });
  const exchange = sendRequest(await upstream.pool(), {
    request: { url, headers: withOwnHeaders(headers, upstream), body: JSON.stringify(body) },
    failures,
    timeouts: upstream.timeoutsOf(timeouts, { streaming: false }),
    signal,
  });
  const first = await exchange.read();
  try {
    return passResponse(exchange, { first, failures, secrets: upstream.secrets });
  } catch (error) {
    exchange.finish();
    throw error;
  }
}

interface PassedRead {
  readonly first: BodyRead;
  readonly failures: () => Failures;
  readonly secrets: readonly string[];
}

function passResponse(exchange: HttpExchange, { first, failures, secrets }: PassedRead): PassedResponse {
  const { head } = exchange;
  const isAborted = isProviderError(first.failure) && first.failure.code === 'aborted';
  if (head === undefined || isAborted) throw first.failure;
  const { status } = head;
  if (isRedirect(status) || (status >= 400 && isCompressed(head))) throw failures().response({ ...head, body: '' });
  if (isCompressed(head)) throw failures().compressed(encodingOf(head));
  exchange.event();
  const headers = redactHeaders(head.headers, secrets);
  const contentType = headers['content-type'];
  return {
    status,
    contentType: typeof contentType === 'string' ? contentType : 'application/octet-stream',
    headers,
    // The status says more than a body that broke off.
    body: redactBody(readBody(exchange, { first: status < 400 ? first : { ...first, failure: undefined } }), secrets),
  };
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function redactHeaders(headers: PassedResponse['headers'], secrets: readonly string[]): PassedResponse['headers'] {
  if (secrets.length === 0) return headers;
  const redact = (value: string): string => redactSecrets(value, secrets);
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? redact(value) : value?.map(redact),
    ]),
  );
}
