import { Readable } from 'node:stream';
import { fallbackRule } from '@openclaw/model-selection';
import { isProviderError, ProviderError } from '@openclaw/provider';
import type { JsonObject } from '@openclaw/provider';
import { translateConnectionError } from '@openclaw/upstream-errors';
import type { Failures } from '@openclaw/upstream-errors';
import { createUpstream, redactBody } from '@openclaw/upstream-http';
import type { Dispatcher } from 'undici';
import type { HttpClient } from './http-client.ts';
import type { ProviderSetup } from './provider-setup.ts';
import type { LimitedRequest, RequestPermit } from './request-limiter.ts';
import type { RequestLimiters } from './request-limiters.ts';
import type { OllamaRequest, OllamaResponse } from './runtime.ts';

export interface RequestOllamaOptions {
  readonly setup: ProviderSetup;
  readonly limiters: RequestLimiters;
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal | undefined;
}

type DatedOllamaRequest = OllamaRequest & Pick<LimitedRequest, 'startBefore'>;

export interface RequestFirstOllamaOptions extends Pick<RequestOllamaOptions, 'limiters' | 'signal'> {
  /** The best first. */
  readonly setups: readonly ProviderSetup[];
  readonly http: HttpClient;
}

/**
 * Sends a request to the first of several servers that can be reached.
 * @throws {ProviderError} if there is no response
 */
export async function requestFirstOllama(
  request: DatedOllamaRequest,
  { setups, http, ...options }: RequestFirstOllamaOptions,
): Promise<OllamaResponse> {
  const [setup, ...others] = setups;
  if (setup === undefined) {
    const { provider } = request;
    throw new ProviderError('unsupported', `The provider ${provider} is not an Ollama server.`, { provider });
  }
  try {
    return await requestOllama(request, { setup, dispatcher: await http.dispatcher(setup.transport), ...options });
  } catch (error) {
    const mayGoOn = isProviderError(error) && fallbackRule(error).next === 'candidate';
    if (!mayGoOn || others.length === 0) throw error;
    return requestFirstOllama(request, { setups: others, http, ...options });
  }
}

/**
 * Sends a request to the native API of an Ollama server with the credentials of its provider. Pulling or loading a model
 * may take very long without a byte, so there are no timeouts: the client decides how long it waits.
 * @throws {ProviderError} if there is no response
 */
async function requestOllama(
  { provider: id, method, path, body, queued = false, client, priority, startBefore, traceHeaders }: DatedOllamaRequest,
  { setup, limiters, dispatcher, signal }: RequestOllamaOptions,
): Promise<OllamaResponse> {
  const { nativeUrl: baseUrl = setup.baseUrl, apiKey, headers } = setup;
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
      ...encodeBody(body, { ...traceHeaders, ...upstream.headers }),
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
