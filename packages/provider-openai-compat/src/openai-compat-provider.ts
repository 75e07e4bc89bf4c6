import type { Closable, PassedResponse, PassThrough, Provider, StreamOptions, Timeouts } from '@openclaw/provider';
import { isProviderError } from '@openclaw/provider';
import type { Dispatcher } from 'undici';
import { streamChat } from './chat-completions.ts';
import type { ChatEndpoint } from './chat-completions.ts';
import { DEFAULT_LIMITS, generateCallId, quirksOf } from '@openclaw/openai-wire';
import type { BodyLimits, ModelDefaults, ServerQuirks } from '@openclaw/openai-wire';
import { createFailures, detectServer, findSecrets, redactSecrets } from '@openclaw/upstream-errors';
import type { Failures, ServerKind } from '@openclaw/upstream-errors';
import {
  checkDispatcher,
  createEndpoint,
  DEFAULT_TIMEOUTS,
  DEFAULT_WHOLE_BODY_MS,
  encodeHeaders,
  encodingOf,
  isCompressed,
  openConnectionPool,
  parseBaseUrl,
  readBody,
  redactBody,
  sendRequest,
} from '@openclaw/upstream-http';
import type { BodyRead, HttpExchange } from '@openclaw/upstream-http';

export interface OpenAICompatProviderOptions {
  /** As in the configuration and in references: `ollama`. */
  readonly id: string;
  /** `http://127.0.0.1:11434/v1`. For Ollama `/v1` is added when it is missing. */
  readonly baseUrl: string;
  /** Sent as a bearer token. Ollama needs none. */
  readonly apiKey?: string | undefined;
  /** Sent with every request; they win over the headers that the provider sets. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Through which connections. @default a pool of its own, opened at the first request */
  readonly dispatcher?: Dispatcher | undefined;
  /** Clocks of every request; those left out are `DEFAULT_TIMEOUTS`. A whole body has 30 minutes for its first event unless `firstEventMs` is given. */
  readonly timeouts?: Partial<Timeouts> | undefined;
  /** Which server it is. @default told by host, id and port: see `detectServer` */
  readonly server?: ServerKind | undefined;
  /**
   * Whether models are asked for a stream or for a whole answer when a request does not say: for all models, or by
   * model. `undefined` for a model means the default.
   * @default false for Ollama, whose older releases break tool calls in streams; true for other servers
   */
  readonly streaming?: boolean | ((model: string) => boolean | undefined) | undefined;
  /** Departures from what is known of that server. */
  readonly quirks?: Partial<ServerQuirks> | undefined;
  /**
   * A model's own `temperature` and `top_p` (Ollama: the PARAMETERs of its Modelfile, see `/api/show`). They are sent
   * when the caller gives none and the server would override them: Ollama's /v1 sets both to 1.0 when they are absent.
   */
  readonly modelDefaults?:
    | ((model: string) => ModelDefaults | undefined | Promise<ModelDefaults | undefined>)
    | undefined;
  /** Bounds on what is held of an incomplete answer. */
  readonly limits?: Partial<BodyLimits> | undefined;
  /** Names tool calls to which the server gave no id. */
  readonly generateId?: (() => string) | undefined;
}

/** A provider for one server that speaks OpenAI chat completions. */
export interface OpenAICompatProvider extends Provider, PassThrough, Closable {
  /** Without credentials and query. */
  readonly baseUrl: string;
  readonly server: ServerKind;
  readonly quirks: ServerQuirks;
  /**
   * Passes a request through, for what is not chat: `post('embeddings', body)`. A success or an error status is passed on; the secrets
   * of the request, which some servers repeat, are replaced in headers and body. The body of an error ends at 64 KiB.
   * @throws {ProviderError} when there is no answer: connection, clocks, abort (while the body is read, too), a redirect, a body that
   *   is compressed.
   */
  post(path: string, body: unknown, options?: StreamOptions): Promise<PassedResponse>;
}

/**
 * Creates a provider. Nothing is sent and nothing loaded before the first request.
 * @throws {ProviderError} `invalid-request` for a base URL or header that cannot be sent, or a dispatcher that cannot send.
 */
export function createOpenAICompatProvider({
  id,
  baseUrl,
  apiKey,
  headers = {},
  dispatcher,
  timeouts = {},
  server: givenServer,
  streaming,
  quirks: givenQuirks = {},
  modelDefaults,
  limits: givenLimits = {},
  generateId = generateCallId,
}: OpenAICompatProviderOptions): OpenAICompatProvider {
  if (dispatcher !== undefined) checkDispatcher(dispatcher, { provider: id });
  const base = parseBaseUrl(baseUrl, { provider: id });
  const server = givenServer ?? detectServer(id, { baseUrl: base });
  const quirks = { ...quirksOf(server, { baseUrl: base }), ...givenQuirks };
  const endpoint = createEndpoint(base, { suffix: server === 'ollama' ? OLLAMA_SUFFIX : undefined });
  const requestHeaders = encodeHeaders({ provider: id, apiKey, authorization: endpoint.authorization, headers });
  const secrets = findSecrets(requestHeaders, { baseUrl: base });
  let ownPool: Promise<Dispatcher> | undefined;

  const chat: ChatEndpoint = {
    url: endpoint.resolve('chat/completions'),
    headers: requestHeaders,
    quirks,
    limits: { ...DEFAULT_LIMITS, ...givenLimits },
    pool,
    modelDefaults,
    failuresFor: (model) => failuresFor(endpoint.resolve('chat/completions'), { model }),
    streamingOf: (model) => (typeof streaming === 'function' ? streaming(model) : streaming) ?? server !== 'ollama',
    timeoutsOf: limitsOf,
    generateId,
  };

  return {
    id,
    baseUrl: endpoint.baseUrl,
    server,
    quirks,
    stream: (request, options = {}) => streamChat(request, { endpoint: chat, options }),
    post,
    close,
  };

  async function post(path: string, body: unknown, options: StreamOptions = {}): Promise<PassedResponse> {
    const url = endpoint.resolve(path);
    const failures = () => failuresFor(url, { capability: path.includes('embed') ? 'embeddings' : 'chat' });
    const exchange = sendRequest(await pool(), {
      request: { url, headers: requestHeaders, body: JSON.stringify(body) },
      failures,
      timeouts: limitsOf(options.timeouts, { streaming: false }),
      signal: options.signal,
    });
    const first = await exchange.read();
    try {
      return passResponse(exchange, { first, failures });
    } catch (error) {
      exchange.finish();
      throw error;
    }
  }

  function passResponse(
    exchange: HttpExchange,
    { first, failures }: { readonly first: BodyRead; readonly failures: () => Failures },
  ): PassedResponse {
    const { head } = exchange;
    const isAborted = isProviderError(first.failure) && first.failure.code === 'aborted';
    if (head === undefined || isAborted) throw first.failure;
    const { status } = head;
    if (isRedirect(status) || (status >= 400 && isCompressed(head))) throw failures().response({ ...head, body: '' });
    if (isCompressed(head)) throw failures().compressed(encodingOf(head));
    exchange.event();
    const responseHeaders = redactHeaders(head.headers, secrets);
    const contentType = responseHeaders['content-type'];
    return {
      status,
      contentType: typeof contentType === 'string' ? contentType : 'application/octet-stream',
      headers: responseHeaders,
      // The status says more than a body that broke off.
      body: redactBody(readBody(exchange, { first: status < 400 ? first : { ...first, failure: undefined } }), secrets),
    };
  }

  async function close(): Promise<void> {
    const opened = ownPool;
    ownPool = undefined;
    await (await opened)?.destroy();
  }

  function pool(): Promise<Dispatcher> | Dispatcher {
    if (dispatcher !== undefined) return dispatcher;
    ownPool ??= openConnectionPool();
    return ownPool;
  }

  function failuresFor(
    url: URL,
    { model, capability = 'chat' }: { readonly model?: string; readonly capability?: 'chat' | 'embeddings' },
  ): Failures {
    return createFailures({ provider: id, server, model, url: `${url.origin}${url.pathname}`, capability, secrets });
  }

  function limitsOf(given: Partial<Timeouts> = {}, { streaming }: { readonly streaming: boolean }): Timeouts {
    return {
      connectMs: given.connectMs ?? timeouts.connectMs ?? DEFAULT_TIMEOUTS.connectMs,
      firstEventMs:
        given.firstEventMs ??
        timeouts.firstEventMs ??
        (streaming ? DEFAULT_TIMEOUTS.firstEventMs : DEFAULT_WHOLE_BODY_MS),
      idleMs: given.idleMs ?? timeouts.idleMs ?? DEFAULT_TIMEOUTS.idleMs,
      totalMs: given.totalMs ?? timeouts.totalMs ?? DEFAULT_TIMEOUTS.totalMs,
    };
  }
}

/** Ollama's OpenAI API is under `/v1`, which base URLs often leave out. */
const OLLAMA_SUFFIX = '/v1';

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
