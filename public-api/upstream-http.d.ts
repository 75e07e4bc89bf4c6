import { TcpNetConnectOpts } from 'node:net';
import { buildConnector, Agent, Dispatcher } from 'undici';
import { Timeouts, Closable, StreamOptions, PassedResponse, ProviderError, EventStream } from '@openclaw/provider';
import { Failures, ServerKind } from '@openclaw/upstream-errors';
import { BodyDecoder } from '@openclaw/upstream-wire';

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

/** A request to a server. The body is held whole, so that it can be sent again. */
interface HttpRequest {
    readonly url: URL;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | Uint8Array;
}

type HttpHeaders = Readonly<Record<string, string | string[] | undefined>>;
/** Status and headers of a response. */
interface HttpResponseHead {
    readonly status: number;
    readonly headers: HttpHeaders;
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

interface SendRequestOptions {
    readonly request: HttpRequest;
    readonly failures: () => Failures;
    readonly timeouts: Timeouts;
    readonly signal?: AbortSignal | undefined;
    /** The first read returns the whole body, which may have this many bytes. @default a read returns what has arrived */
    readonly wholeBodyBytes?: number | undefined;
}
/**
 * Sends a request through undici's `dispatch`, the fastest of its interfaces (three times `request`, five times `fetch`).
 * @throws {ProviderError} `aborted` when the signal was aborted already; nothing is sent then.
 */
declare function sendRequest(dispatcher: Dispatcher, options: SendRequestOptions): HttpExchange;

interface UpstreamOptions {
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
    readonly path?: ((given: string, options: {
        readonly server: ServerKind;
    }) => string) | undefined;
}
/** One server, and what all requests to it have in common. */
interface Upstream extends Closable {
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
    timeoutsOf(given: Partial<Timeouts> | undefined, options: {
        readonly streaming: boolean;
    }): Timeouts;
}
interface FailureContext {
    readonly model?: string | undefined;
    /** @default 'chat' */
    readonly capability?: 'chat' | 'embeddings' | undefined;
}
/**
 * Describes a server. Nothing is sent and nothing loaded before the first request.
 * @throws {ProviderError} `invalid-request` for a base URL or header that cannot be sent, or a dispatcher that cannot send.
 */
declare function createUpstream({ id, baseUrl, apiKey, headers: givenHeaders, dispatcher, timeouts, server: givenServer, path, }: UpstreamOptions): Upstream;

interface PassThroughRequest extends StreamOptions {
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
declare function passThrough(upstream: Upstream, { path, body, signal, timeouts, headers }: PassThroughRequest): Promise<PassedResponse>;

interface BodyRequest extends StreamOptions, FailureContext {
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
declare function requestBody(upstream: Upstream, { path, body, maxBodyBytes, signal, timeouts, ...context }: BodyRequest): Promise<string>;

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

/** A chat request in the words of one API, and how its answer is read. */
interface AnswerRequest {
    readonly url: URL;
    /** For messages. */
    readonly model: string;
    /** Whether the server is asked for a stream or for one body. */
    readonly streaming: boolean;
    /** The most bytes of an answer in one body. */
    readonly maxBodyBytes: number;
    /**
     * The JSON of the body.
     * @throws {ProviderError} `unsupported` for what the server cannot take
     */
    encode(): string | Promise<string>;
    createDecoder(head: HttpResponseHead): BodyDecoder;
    /**
     * Called when the server refused the request. Returns what is sent instead, which must differ each time, or `undefined` if
     * the refusal stands.
     */
    adapt(refusal: ProviderError): AnswerRequest | undefined;
}
interface AnswerOptions extends StreamOptions {
    readonly upstream: Upstream;
}
/**
 * Asks a model, for a stream or for one body. One body is a stream whose first pull returns every event. With a stream an error is
 * pulled alone, after what came before it: whether it came with other events must not depend on how the connection cut its bytes.
 */
declare function streamAnswer(request: AnswerRequest, options: AnswerOptions): EventStream;

export { DEFAULT_TIMEOUTS, DEFAULT_WHOLE_BODY_MS, createUpstream, openConnectionPool, passThrough, redactBody, requestBody, sendRequest, streamAnswer };
export type { AnswerRequest, BodyRead, BodyRequest, ConnectionPoolOptions, FailureContext, HttpExchange, HttpRequest, HttpResponseHead, PassThroughRequest, SendRequestOptions, Upstream, UpstreamOptions };
