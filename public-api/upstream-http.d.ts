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
 * undici's own Agent cannot: it goes on connecting for a request that nobody waits for.
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

interface HttpResponseHead {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}
/** One request and its answer. */
interface HttpExchange {
    /** Status and headers. Rejects with what cancelled the exchange, or with the translated error. */
    readonly head: Promise<HttpResponseHead>;
    /** The answer's bytes; one read brings everything that came since the last. */
    readonly body: AsyncIterableIterator<Uint8Array>;
    /** Closes the connection, in whichever state it is, unless the answer is complete or released. */
    readonly cancel: (reason: Error) => void;
    /** Nobody reads any more. An answer that is about to end may do so, for the sake of its connection; another is cancelled. */
    readonly release: () => void;
}

interface FetchWholeOptions {
    readonly request: HttpRequest;
    readonly failures: () => Failures;
    /** The limit for the first event is that of the whole body, of which nothing is known before its end. */
    readonly timeouts: Timeouts;
    readonly signal: AbortSignal | undefined;
    readonly maxBytes: number;
}
/** What came of a response. */
interface WholeResponse extends HttpResponseHead {
    readonly bytes: Uint8Array;
    /** Why it ended before its end. */
    readonly failure?: unknown;
}
/**
 * Sends a request and waits for all of its response: one promise, where a stream needs one for each read.
 * @throws {ProviderError} when no response came: connection, clocks, abort
 */
declare function fetchWhole(dispatcher: Dispatcher, options: FetchWholeOptions): Promise<WholeResponse>;

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
/** Measures one request. */
interface RequestClocks {
    /** The connection is open, and the server is waited for. */
    connected(): void;
    /** The connection was lost before anything was heard, and another is being opened. */
    reconnecting(): void;
    /** Somebody waits for the server from now on. Time that the consumer takes for itself does not count. */
    wait(): void;
    /** Something came, or nobody waits any more. */
    rest(): void;
    /** What came was an event of the answer. */
    event(): void;
    stop(): void;
}

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

interface SendRequestOptions {
    readonly request: HttpRequest;
    readonly failures: () => Failures;
    readonly timeouts: Timeouts;
    /** Any of them aborts. */
    readonly signals: readonly (AbortSignal | undefined)[];
}
/** A request under way, with its clocks. What goes wrong rejects with a ProviderError. */
interface SentRequest extends Pick<HttpExchange, 'body' | 'head'> {
    readonly clocks: RequestClocks;
    /** Ends everything: clocks, listeners and the connection, which is kept for the next request when the answer was `complete`. */
    readonly finish: (complete?: boolean) => void;
}
/**
 * Sends a request under its clocks and signals.
 * @throws {ProviderError} `aborted` when a signal was aborted already; nothing is sent then.
 */
declare function sendRequest(dispatcher: Dispatcher, { request, failures, timeouts, signals }: SendRequestOptions): SentRequest;
/**
 * Why an answer is cancelled whose consumer has left; a read that is under way ends with it. Made once: a reason of its own for each,
 * stack trace included, costs more than all else that ends a request.
 */
declare const LEFT: DOMException;
/** Reads the body of a failed answer, as far as it comes and as far as anybody wants to read it. */
declare function readBodyText(sent: SentRequest, { maxBytes }?: {
    readonly maxBytes?: number;
}): Promise<string>;
/** The bytes of an answer under the idle clock. The last of them finishes the request, and so does leaving, even before the first. */
declare function watchBody({ body, clocks, finish }: SentRequest): AsyncIterableIterator<Uint8Array, void, undefined>;

export { DEFAULT_TIMEOUTS, DEFAULT_WHOLE_BODY_MS, LEFT, checkDispatcher, createEndpoint, encodeHeaders, encodingOf, fetchWhole, isCompressed, openConnectionPool, parseBaseUrl, readBodyText, redactBody, sendRequest, translateConnectionError, watchBody };
export type { ConnectionPoolOptions, HttpRequest, HttpResponseHead, SentRequest, WholeResponse };
