import { Readable } from 'node:stream';
import { ProviderError } from '@openclaw/provider';
import type { JsonObject } from '@openclaw/provider';
import { createUpstream, redactBody, translateConnectionError } from '@openclaw/upstream-http';
import type { Failures } from '@openclaw/upstream-errors';
import type { Dispatcher } from 'undici';
import type { ProviderSetup } from './provider-setup.ts';
import type { LimitedRequest, RequestPermit } from './request-limiter.ts';
import type { RequestLimiters } from './request-limiters.ts';
import type { OllamaRequest, OllamaResponse } from './runtime.ts';

export interface RequestOllamaOptions {
  readonly setups: readonly ProviderSetup[];
  readonly limiters: RequestLimiters;
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a request to the native API of an Ollama server with the credentials of its provider. Pulling or loading a model
 * may take very long without a byte, so there are no timeouts: the client decides how long it waits.
 * @throws {ProviderError} if there is no response
 */
export async function requestOllama(
  {
    provider: id,
    method,
    path,
    body,
    queued = false,
    client,
    priority,
    startBefore,
  }: OllamaRequest & Pick<LimitedRequest, 'startBefore'>,
  { setups, limiters, dispatcher, signal }: RequestOllamaOptions,
): Promise<OllamaResponse> {
  const setup = setups.find((one) => one.id === id && one.server === 'ollama');
  if (setup?.nativeUrl === undefined)
    throw new ProviderError('unsupported', `The provider ${id} is not an Ollama server.`, { provider: id });
  const { nativeUrl: baseUrl, apiKey, headers } = setup;
  const upstream = createUpstream({ id, baseUrl, apiKey, headers, dispatcher, server: 'ollama' });
  const url = upstream.resolve(path);
  const failures = () => upstream.failuresFor(url, {});
  const limited = { client, model: modelOf(body), priority, startBefore, signal };
  const permit = queued ? await limiters.of(setup).acquire(limited) : undefined;
  try {
    const response = await dispatcher.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method,
      ...encodeBody(body, upstream.headers),
      signal: signal ?? null,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const contentType = response.headers['content-type'];
    return {
      status: response.statusCode,
      contentType: typeof contentType === 'string' ? contentType : 'application/json',
      body: readBody(redactBody(response.body[Symbol.asyncIterator](), upstream.secrets), { failures, permit }),
    };
  } catch (error) {
    permit?.release();
    throw signal?.aborted === true ? failures().aborted(signal.reason) : translateConnectionError(error, { failures });
  }
}

function encodeBody(body: OllamaRequest['body'], headers: Readonly<Record<string, string>>) {
  const { 'content-type': json, ...rest } = headers;
  if (body === undefined) return { headers: rest };
  if (isBytes(body))
    return { headers: { ...rest, 'content-type': 'application/octet-stream' }, body: Readable.from(body) };
  return { headers: { ...rest, 'content-type': json }, body: JSON.stringify(body) };
}

function modelOf(body: OllamaRequest['body']): string | undefined {
  return body !== undefined && !isBytes(body) && typeof body['model'] === 'string' ? body['model'] : undefined;
}

function isBytes(body: JsonObject | AsyncIterable<Uint8Array>): body is AsyncIterable<Uint8Array> {
  return Symbol.asyncIterator in body;
}

interface ReadOptions {
  readonly failures: () => Failures;
  readonly permit: RequestPermit | undefined;
}

/** The turn in the queue ends with the body. */
async function* readBody(
  bytes: AsyncIterable<Uint8Array>,
  { failures, permit }: ReadOptions,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw translateConnectionError(error, { failures });
  } finally {
    permit?.release();
  }
}
