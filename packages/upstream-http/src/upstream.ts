import type { Closable, Timeouts } from '@openclaw/provider';
import { createFailures, detectServer, findSecrets } from '@openclaw/upstream-errors';
import type { Failures, ServerKind } from '@openclaw/upstream-errors';
import type { Dispatcher } from 'undici';
import { checkDispatcher } from './check-dispatcher.ts';
import { openConnectionPool } from './connection-pool.ts';
import { createEndpoint, parseBaseUrl } from './endpoint.ts';
import { DEFAULT_TIMEOUTS, DEFAULT_WHOLE_BODY_MS } from './request-clocks.ts';
import { encodeHeaders } from './request-headers.ts';

export interface UpstreamOptions {
  /** As in the configuration and in references: `ollama`. */
  readonly id: string;
  readonly baseUrl: string;
  /** Sent as a bearer token. */
  readonly apiKey?: string | undefined;
  /** Sent with every request; they win over the headers that the upstream sets. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Through which connections. @default a pool of its own, opened at the first request */
  readonly dispatcher?: Dispatcher | undefined;
  /** Clocks of every request; those left out are `DEFAULT_TIMEOUTS`. A whole body has 30 minutes for its first event unless `firstEventMs` is given. */
  readonly timeouts?: Partial<Timeouts> | undefined;
  /** Which server it is. @default told by host, id and port: see `detectServer` */
  readonly server?: ServerKind | undefined;
  /** The path of the API below the host, worked out from that of the base URL. @default as the base URL is */
  readonly path?: ((given: string, options: { readonly server: ServerKind }) => string) | undefined;
}

/** One server, and what all requests to it have in common. */
export interface Upstream extends Closable {
  readonly id: string;
  /** As it was given. */
  readonly url: URL;
  /** Of the API, without credentials and query. */
  readonly baseUrl: string;
  readonly server: ServerKind;
  readonly headers: Readonly<Record<string, string>>;
  /** Values of the requests that must not appear in messages. */
  readonly secrets: readonly string[];
  /** The address of a path below `baseUrl`; not to be changed. */
  resolve(path: string): URL;
  pool(): Promise<Dispatcher> | Dispatcher;
  failuresFor(url: URL, options: FailureContext): Failures;
  /** The clocks of a request; a whole body has more time for its first event. */
  timeoutsOf(given: Partial<Timeouts> | undefined, options: { readonly streaming: boolean }): Timeouts;
}

export interface FailureContext {
  readonly model?: string | undefined;
  /** @default 'chat' */
  readonly capability?: 'chat' | 'embeddings' | undefined;
}

/**
 * Describes a server. Nothing is sent and nothing loaded before the first request.
 * @throws {ProviderError} `invalid-request` for a base URL or header that cannot be sent, or a dispatcher that cannot send.
 */
export function createUpstream({
  id,
  baseUrl,
  apiKey,
  headers: givenHeaders = {},
  dispatcher,
  timeouts = {},
  server: givenServer,
  path = (given) => given,
}: UpstreamOptions): Upstream {
  if (dispatcher !== undefined) checkDispatcher(dispatcher, { provider: id });
  const url = parseBaseUrl(baseUrl, { provider: id });
  const server = givenServer ?? detectServer(id, { baseUrl: url });
  const endpoint = createEndpoint(url, { path: (given) => path(given, { server }) });
  const { authorization } = endpoint;
  const headers = encodeHeaders({ provider: id, apiKey, authorization, headers: givenHeaders });
  const secrets = findSecrets(headers, { baseUrl: url });
  let ownPool: Promise<Dispatcher> | undefined;

  return {
    id,
    url,
    baseUrl: endpoint.baseUrl,
    server,
    headers,
    secrets,
    resolve: (below) => endpoint.resolve(below),
    pool,
    failuresFor,
    timeoutsOf,
    close,
  };

  function pool(): Promise<Dispatcher> | Dispatcher {
    if (dispatcher !== undefined) return dispatcher;
    ownPool ??= openConnectionPool();
    return ownPool;
  }

  async function close(): Promise<void> {
    const opened = ownPool;
    ownPool = undefined;
    await (await opened)?.destroy();
  }

  function failuresFor({ origin, pathname }: URL, { model, capability = 'chat' }: FailureContext): Failures {
    return createFailures({ provider: id, server, model, url: `${origin}${pathname}`, capability, secrets });
  }

  function timeoutsOf(given: Partial<Timeouts> = {}, { streaming }: { readonly streaming: boolean }): Timeouts {
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
