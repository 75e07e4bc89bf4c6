import { Dispatcher, buildConnector, Agent } from 'undici';
import { Failures } from '@openclaw/upstream-errors';
import { TcpNetConnectOpts } from 'node:net';
import { Timeouts } from '@openclaw/provider';

/**
 * Checks that a dispatcher can send requests. Under Bun `import { Agent } from 'undici'` gives one that cannot.
 * @throws {ProviderError} `invalid-request` when it has no `dispatch`
 */
declare function checkDispatcher(dispatcher: Pick<Dispatcher, 'dispatch'>, { provider }: {
    readonly provider: string;
}): void;

/**
 * Turns the error of a connection into a ProviderError: whatever undici or a syscall names. Anything else is returned as it
 * is, since it is a bug.
 */
declare function translateConnectionError(error: unknown, { failures: failuresOfRequest }: {
    readonly failures: () => Failures;
}): unknown;

interface ConnectionPoolOptions {
    /** Most connections to one server. Requests past it wait, and the connect clock counts that wait. @default unlimited */
    readonly connections?: number | undefined;
    /** How sockets are opened: certificates, local address, name lookup. */
    readonly connect?: (buildConnector.BuildOptions & Pick<TcpNetConnectOpts, 'lookup'>) | undefined;
    /** Other settings of undici's Agent. Its own timeouts stay off, as requests have clocks of their own. */
    readonly agent?: Omit<Agent.Options, 'connect' | 'connections'> | undefined;
}
/**
 * Opens a pool of connections whose requests can be aborted at once in every state, while connecting too, which
 * undici's own Agent cannot: it goes on connecting for a request that was aborted.
 * undici is loaded here and not before, since it is most of what starting this package costs. It is named by its file,
 * because Bun replaces the module `undici` with a part of it that cannot dispatch.
 */
declare function openConnectionPool({ connections, connect, agent, }?: ConnectionPoolOptions): Promise<Dispatcher>;

interface Headed {
    readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}
/** The content encoding that a response names; empty when it names none. */
declare function encodingOf({ headers }: Headed): string;
/** Whether a body is compressed, which no request asks for. */
declare function isCompressed(head: Headed): boolean;

/** A request to a server. The body is held whole, so that it can be sent again. */
interface HttpRequest {
    readonly url: URL;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | Uint8Array;
}

/** Where a server's API is. */
interface Endpoint {
    /** The base URL without credentials, query and trailing slash, for people. */
    readonly baseUrl: string;
    /** Credentials that the URL held, as a header value. */
    readonly authorization: string | undefined;
    /** The address of a path below the base; not to be changed. A query of the base URL (`?api-version=…`) is kept. */
    resolve(path: string): URL;
}
/**
 * Reads a base URL.
 * @throws {ProviderError} `invalid-request` when it is not an http(s) URL.
 */
declare function parseBaseUrl(baseUrl: string, { provider }: {
    readonly provider: string;
}): URL;
/**
 * The endpoint of an API below a base URL.
 * @param options `suffix`: the last part of the path, added when it is missing: `/v1`. @default as the base URL is
 */
declare function createEndpoint(base: URL, { suffix }?: {
    readonly suffix?: string | undefined;
}): Endpoint;

interface SendRequestOptions {
    readonly request: HttpRequest;
    readonly failures: () => Failures;
    readonly timeouts: Timeouts;
    readonly signal?: AbortSignal | undefined;
    /** The first read returns the whole body, which may have this many bytes. @default a read returns what has arrived */
    readonly wholeBodyBytes?: number | undefined;
}
/** Status and headers of a response. */
interface HttpResponseHead {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}
/** What one read brought. */
interface BodyRead {
    readonly bytes: Uint8Array;
    /** Whether nothing more comes. */
    readonly done: boolean;
    /** Why the body ended before its end: a ProviderError, or a bug. */
    readonly failure?: unknown;
}
/** A request and its response, under clocks. Every way in which it can fail is the `failure` of a read. */
interface HttpExchange {
    /** `undefined` until the first read, and after it when no response came. */
    readonly head: HttpResponseHead | undefined;
    /**
     * Waits for what comes next and returns everything that has arrived: the first read when the head has come, later ones when
     * bytes have. While nothing is read, the server has to wait. The body of a refusal (a status from 300) is
     * returned by the first read, up to 64 KiB. One read at a time.
     */
    read(): Promise<BodyRead>;
    /** What arrived was an event of the answer: the clock of the first event gives way to that between events. */
    event(): void;
    /** Ends everything. A `complete` answer may end its body first, so that the connection serves the next request; otherwise the connection closes. */
    finish(complete?: boolean): void;
}
/**
 * Sends a request through undici's `dispatch`, the fastest of its interfaces (three times `request`, five times `fetch`).
 * @throws {ProviderError} `aborted` when the signal was aborted already; nothing is sent then.
 */
declare function sendRequest(dispatcher: Dispatcher, options: SendRequestOptions): HttpExchange;

/** The bytes of a response behind its first read. The last of them finishes the request, and so does leaving, even before the first. */
declare function readBody(exchange: HttpExchange, { first }: {
    readonly first: BodyRead;
}): AsyncIterableIterator<Uint8Array, void, undefined>;

/**
 * The bytes of a body with `***` in the place of every secret, wherever it was cut on the way. Held back is only what may be the beginning
 * of a secret, which is less than six times its length; everything else goes on at once. Nothing is copied when there are no secrets.
 */
declare function redactBody(body: AsyncIterableIterator<Uint8Array, void, undefined>, secrets: readonly string[]): AsyncIterableIterator<Uint8Array, void, undefined>;

/**
 * Clocks that suit local models. Aborting a request to Ollama also aborts the load that it caused, so a limit shorter
 * than the load means that the model never gets loaded; and while a tool call or a whole body is being written, no byte
 * comes. Nothing is said of a whole body before its end, hence its own limit for the first event.
 */
declare const DEFAULT_TIMEOUTS: Timeouts;
/** The limit for the first event of an answer in one body, where none was configured: load, prompt and the whole answer are inside it. */
declare const DEFAULT_WHOLE_BODY_MS = 1800000;

interface HeaderSources {
    readonly provider: string;
    readonly apiKey: string | undefined;
    /** Credentials of the base URL. */
    readonly authorization: string | undefined;
    readonly headers: Readonly<Record<string, string>>;
}
/**
 * The headers of every request: those given win over the key, and the key over credentials in the URL.
 * @throws {ProviderError} `invalid-request` for a header that cannot be sent, naming it but not its value.
 */
declare function encodeHeaders({ provider, apiKey, authorization, headers }: HeaderSources): Record<string, string>;

export { DEFAULT_TIMEOUTS, DEFAULT_WHOLE_BODY_MS, checkDispatcher, createEndpoint, encodeHeaders, encodingOf, isCompressed, openConnectionPool, parseBaseUrl, readBody, redactBody, sendRequest, translateConnectionError };
export type { BodyRead, ConnectionPoolOptions, HttpExchange, HttpRequest, HttpResponseHead, SendRequestOptions };
