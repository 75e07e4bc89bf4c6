import { describeConnectionFailure } from './connection-failure.ts';
import type { DiscoveryFetch, DiscoveryResponse } from './discovery-fetch.ts';
import { fieldsOf, isFields, textOf } from './json-fields.ts';
import { OllamaDiscoveryError } from './ollama-discovery-error.ts';
import type { OllamaDiscoveryErrorCode } from './ollama-discovery-error.ts';
import { BodyTooLargeError, readBoundedBody } from './read-bounded-body.ts';
import { readLines } from './read-lines.ts';
import { hideSecrets, requestHeaders } from './request-headers.ts';
import { resolveOllamaBaseUrl } from './resolve-ollama-base-url.ts';

/** Options of requests to an Ollama server. Timeouts in milliseconds. */
export interface OllamaApiOptions {
  /** Root of `/api/…`, without a trailing slash. */
  readonly nativeUrl: string;
  /** Sent as a bearer token to this server only; Ollama itself needs none, a proxy in front of it may. */
  readonly apiKey?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly fetch: DiscoveryFetch;
  readonly signal?: AbortSignal | undefined;
  readonly requestTimeoutMs: number;
}

/** What a single request to an Ollama server needs. */
export interface OllamaRequestOptions {
  /** With or without `/v1`. @default http://127.0.0.1:11434 */
  readonly baseUrl?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly fetch?: DiscoveryFetch | undefined;
  readonly signal?: AbortSignal | undefined;
  /** @default 5000 */
  readonly requestTimeoutMs?: number | undefined;
}

interface OllamaRequest {
  readonly path: string;
  /** @default POST with a body, GET without one */
  readonly method?: 'DELETE' | undefined;
  readonly body?: unknown;
}

/** `/api/show` lists every tensor of a model, `/api/tags` every model; both are far below this limit. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** A line of a stream is a short status. */
const MAX_LINE_CHARACTERS = 1024 * 1024;

/**
 * Requests one JSON document from an Ollama server.
 * @throws {OllamaDiscoveryError} for every failure
 */
export async function requestOllama(request: OllamaRequest, options: OllamaApiOptions): Promise<unknown> {
  return exchange(request, { ...options, read: async (answer) => parseBody(await readBody(answer), answer) });
}

/**
 * Sends a request whose response has no body.
 * @throws {OllamaDiscoveryError} for every failure
 */
export async function commandOllama(request: OllamaRequest, options: OllamaApiOptions): Promise<void> {
  await exchange(request, { ...options, read: readBody });
}

/**
 * Requests a stream of JSON documents, one per line. `requestTimeoutMs` is the timeout of its beginning. Blank lines are skipped.
 * @throws {OllamaDiscoveryError} for every failure
 */
export async function* streamOllama(request: OllamaRequest, options: OllamaApiOptions): AsyncGenerator<unknown> {
  const { signal, nativeUrl } = options;
  const answer = await exchange(request, { ...options, read: (started) => Promise.resolve(started) });
  const { url, response } = answer;
  try {
    for await (const line of readLines(response, { maxCharacters: MAX_LINE_CHARACTERS })) yield parseBody(line, answer);
  } catch (cause) {
    if (cause instanceof OllamaDiscoveryError) throw cause;
    if (signal?.aborted === true) throw aborted(url, signal);
    if (cause instanceof BodyTooLargeError) throw tooLarge(url, cause);
    throw describeConnectionFailure(cause, { url, nativeUrl }) ?? cause;
  }
}

interface ExchangeOptions<Result> extends OllamaApiOptions {
  /** Reads the body of a successful response, within the timeout. */
  readonly read: (answer: Answer) => Promise<Result>;
}

async function exchange<Result>(
  { path, method, body }: OllamaRequest,
  { nativeUrl, apiKey, headers, fetch, signal, requestTimeoutMs, read }: ExchangeOptions<Result>,
): Promise<Result> {
  const url = `${nativeUrl}${path}`;
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), requestTimeoutMs);
  const sent = requestHeaders({ apiKey, headers, hasBody: body !== undefined });
  const hide = (words: string): string => hideSecrets(words, sent);
  try {
    const response = await fetch(url, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: sent,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: signal === undefined ? timeout.signal : AbortSignal.any([signal, timeout.signal]),
      // Following a redirect could send the key to another host. The error names the target instead.
      redirect: 'manual',
    });
    const answer = { url, nativeUrl, response, hide };
    if (response.status < 200 || response.status >= 300) throwRefusal(await readBody(answer), answer);
    return await read(answer);
  } catch (cause) {
    if (cause instanceof OllamaDiscoveryError) throw cause;
    if (signal?.aborted === true) throw aborted(url, signal);
    if (timeout.signal.aborted) {
      const message = `Ollama at ${nativeUrl} did not respond within ${requestTimeoutMs} ms (requested ${url}). Check the host, and whether the server is busy.`;
      throw new OllamaDiscoveryError('timeout', message, { url, cause, nextCommand: `curl ${url}` });
    }
    if (cause instanceof BodyTooLargeError) throw tooLarge(url, cause);
    throw describeConnectionFailure(cause, { url, nativeUrl }) ?? cause;
  } finally {
    clearTimeout(timer);
  }
}

function readBody({ response }: Answer): Promise<string> {
  return readBoundedBody(response, { maxBytes: MAX_BODY_BYTES });
}

function tooLarge(url: string, cause: BodyTooLargeError): OllamaDiscoveryError {
  const message = `${url} responded with ${cause.message}; the rest was not read. Is this Ollama?`;
  return new OllamaDiscoveryError('invalid-response', message, { url, cause });
}

function aborted(url: string, { reason }: AbortSignal): OllamaDiscoveryError {
  return new OllamaDiscoveryError('aborted', `The request to ${url} was cancelled.`, { url, cause: reason });
}

/** Fills in the defaults. */
export function apiOf({
  baseUrl,
  apiKey,
  headers,
  fetch = globalThis.fetch,
  signal,
  requestTimeoutMs = 5000,
}: OllamaRequestOptions): OllamaApiOptions {
  const { nativeUrl } = resolveOllamaBaseUrl({ baseUrl });
  return { nativeUrl, apiKey, headers, fetch, signal, requestTimeoutMs };
}

interface Answer {
  readonly url: string;
  readonly nativeUrl: string;
  readonly response: DiscoveryResponse;
  /** Masks the secrets of the request in text from the server. */
  readonly hide: (words: string) => string;
}

function parseBody(text: string, { url, nativeUrl, response: { status }, hide }: Answer): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value)) return value;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    if (!text.trimStart().startsWith('<')) {
      const message = `${url} responded with something that is not JSON: ${excerpt(hide(text))}. Is there a proxy in front of Ollama?`;
      throw new OllamaDiscoveryError('invalid-response', message, { url, status, cause });
    }
  }
  throw notOllama(`responded to ${url} with ${text.trimStart().startsWith('<') ? 'a web page' : excerpt(hide(text))}`, {
    url,
    nativeUrl,
    status,
  });
}

const CODE_BY_STATUS: Record<number, OllamaDiscoveryErrorCode> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-ollama',
  405: 'not-ollama',
};

function throwRefusal(text: string, { url, nativeUrl, response, hide }: Answer): never {
  const { status } = response;
  const said = serverWords(hide(text));
  const details = { url, status };
  if (status >= 300 && status < 400) {
    const target = hide(response.headers.get('location') ?? 'somewhere else');
    const message = `${url} redirects to ${target}, and redirects are not followed. If that address is right, configure it as the base URL.`;
    throw new OllamaDiscoveryError('not-ollama', message, details);
  }
  const code = CODE_BY_STATUS[status] ?? (status >= 500 ? 'server-error' : 'invalid-response');
  if (code === 'not-ollama' && said === undefined)
    throw notOllama(`responded to ${url} with ${status}`, { url, nativeUrl, status });
  const outcome = said === undefined ? `${status}` : `${status}: ${said}`;
  throw new OllamaDiscoveryError(code, `${url} responded with ${outcome}.${adviceFor(code, text)}`, details);
}

/** Depends on the body, since other servers and proxies respond with the same statuses. */
function adviceFor(code: OllamaDiscoveryErrorCode, body: string): string {
  if (/HTTPS (?:server|port)/i.test(body)) return ' The server speaks TLS: write https:// in the address.';
  if (code === 'forbidden' && body.trim() !== '')
    return ' Ollama refuses with an empty body, so a proxy or another server refused this. Check the address and the credentials.';
  if (code === 'not-ollama')
    return /\bmodel\b.*\bnot found\b/i.test(body)
      ? ''
      : ' Ollama has this path, so another server answers there. Check host, port and path.';
  return ADVICE[code] ?? '';
}

const ADVICE: Partial<Record<OllamaDiscoveryErrorCode, string>> = {
  unauthorized: ' Ollama itself needs no key, so this is a proxy in front of it, or Ollama’s cloud. Check the API key.',
  forbidden:
    ' Ollama rejects an unknown host name or origin with an empty response. Start it with OLLAMA_HOST=0.0.0.0, or set OLLAMA_ORIGINS.',
  'server-error': ' Check the log of "ollama serve".',
};

function notOllama(
  what: string,
  { url, nativeUrl, status }: { url: string; nativeUrl: string; status: number },
): OllamaDiscoveryError {
  const message = `The server at ${nativeUrl} is not Ollama: it ${what}. Check host and port; other servers need their models listed in the configuration.`;
  return new OllamaDiscoveryError('not-ollama', message, { url, status });
}

/** Ollama's errors are `{"error": "…"}`. A web page of a proxy is not quoted. */
function serverWords(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const { error } = fieldsOf(value);
    return textOf(error) ?? textOf(fieldsOf(error)['message']);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line === '' ? 'an empty body' : `"${line.length > 80 ? `${line.slice(0, 80)}…` : line}"`;
}
