import { ConnectionFailure, ProviderError, TimeoutClock, ProviderErrorCode, MissingCapability, ProviderErrorDetails } from '@openclaw/provider';

/** Collects the reads of a body and joins them. */
declare class ByteCollector {
    #private;
    /** Bytes collected since the last `take`. */
    get length(): number;
    push(bytes: Uint8Array): void;
    /** Returns all collected bytes joined, and empties the collector. A single read is not copied. */
    take(): Uint8Array;
}

/** What happened to a connection: how it failed, or what else an error of Node or undici says about it. */
type ConnectionErrorKind = ConnectionFailure
/** This machine has run out of something, whichever server was to be asked. */
 | 'shortage'
/** The proxy on the way could not be reached, or refused. */
 | 'proxy'
/** What came is not HTTP. */
 | 'not-http'
/** The body is shorter than its content-length says. */
 | 'truncated'
/** The timeouts of undici itself. */
 | 'connect-timeout' | 'headers-timeout' | 'body-timeout';
/** The meaning of an error of a connection. */
interface ConnectionError {
    readonly kind: ConnectionErrorKind;
    /** The code of Node or undici; empty when the error has none. */
    readonly code: string;
    /** The system call that failed, when only that tells the kind: its code is none of the usual ones. */
    readonly syscall?: string;
}
/**
 * Tells what an error of a connection means: one of Node's sockets, of undici, or of a `fetch` over either. `undefined` for
 * everything else, which is a bug.
 */
declare function classifyConnectionError(error: unknown): ConnectionError | undefined;

/** Servers with known behaviour. For `unknown`, requests use what nearly all servers support. */
type ServerKind = 'ollama' | 'openai' | 'vllm' | 'llama-cpp' | 'lm-studio' | 'openrouter' | 'unknown';
/**
 * Detects a server by its well-known host, the provider's id (`ollama`, `ollama-gpu`, `lm-studio`, `llama.cpp`, …) or its usual port,
 * in this order. Without a base URL the id decides.
 */
declare function detectServer(id: string, { baseUrl }?: {
    readonly baseUrl?: URL | undefined;
}): ServerKind;

/** The target of a request, which every error message names. */
interface RequestContext {
    readonly provider: string;
    readonly server: ServerKind;
    /** Absent for requests without a model, such as those passed through. */
    readonly model?: string | undefined;
    /** Where the request goes, without credentials and query. */
    readonly url: string;
    /** The capability that the URL is for. */
    readonly capability: 'chat' | 'embeddings';
    /** Values that must not appear in any message. */
    readonly secrets: readonly string[];
}

/** A response with an error status, and as much of its body as was received. */
interface FailedResponse {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
    readonly body: string;
}
/** Creates the errors of one request. Each names provider, model, URL and the server's message. */
interface Failures {
    /** An error status, or a redirect. */
    response(response: FailedResponse): ProviderError;
    /** An error inside a response with status 200. */
    insideAnswer(value: unknown): ProviderError;
    /** Ollama's chunk without a model: an error whose message is lost. */
    hiddenError(): ProviderError;
    /** The answer is incomplete. */
    truncated(detail: string): ProviderError;
    /** The answer consists of output that cannot be carried: images, audio. */
    uncarried(what: string): ProviderError;
    /** The body is no chat completion. */
    unrecognised(excerpt: string, status: number): ProviderError;
    malformed(excerpt: string): ProviderError;
    /** A content encoding that the request does not accept. */
    compressed(encoding: string): ProviderError;
    overLimit(what: string, limitBytes: number): ProviderError;
    timeout(clock: TimeoutClock, limitMs: number): ProviderError;
    aborted(cause: unknown): ProviderError;
    /** The request was not sent. */
    refused(code: ProviderErrorCode, message: string, capability?: MissingCapability): ProviderError;
    /** Any other error. The message follows the name of the provider, as in `ollama (m) at http://… took too long`. */
    failed(code: ProviderErrorCode, message: string, details?: ProviderErrorDetails): ProviderError;
}
/** Creates the errors of requests to one URL. */
declare function createFailures(context: RequestContext, { now }?: {
    readonly now?: () => number;
}): Failures;

/** What a reply over HTTP says of a failed request, whatever the API of its client. */
interface HttpFailure {
    readonly status: number;
    /** The field of the request that is wrong: `messages[2].content`. */
    readonly param: string | undefined;
    /** For the header `retry-after`. */
    readonly retryAfterMs: number | undefined;
}
/** A failed request → the reply to its client. */
declare function toHttpFailure({ code, param, retryAfterMs }: ProviderError): HttpFailure;

/** An untrusted JSON object. */
type WireObject = Readonly<Record<string, unknown>>;
/** Whether a value is a JSON object. */
declare function isWireObject(value: unknown): value is WireObject;
/** The string, or an empty string for any other value. */
declare function readString(value: unknown): string;

/** Parses JSON. `undefined`, which is no JSON value, for text that is not JSON or is nested too deeply. */
declare function parseJson(text: string): unknown;

/**
 * Finds secrets in untrusted text, in the encodings in which servers repeat them: verbatim, with JSON escapes
 * (`\\u0073k-…`, `\\/`), percent-encoded, and as UTF-8 bytes that are read as Latin-1. Other encodings (base64, hex,
 * compression) are not recognised.
 */
interface Redactor {
    /** The text with `***` in place of every secret. */
    redact(text: string): string;
    /** Redacts a text that continues later. `held` is its end, if that may be the start of a secret. */
    split(text: string): {
        readonly redacted: string;
        readonly held: string;
    };
}
/** The text with `***` in place of every secret. `secrets` is the result of `findSecrets`, the longest first. */
declare function redactSecrets(text: string, secrets: readonly string[]): string;
/** One redactor for each list of secrets, since compiling its expression is expensive. */
declare function redactorFor(secrets: readonly string[]): Redactor;

/**
 * The header `retry-after` for a wait: whole seconds, rounded up and at least one. A client that retries a moment too
 * early would fail again.
 */
declare function retryAfterSeconds(retryAfterMs: number): number;

interface SecretSources {
    /** Its query may contain keys, too: `?key=…`, `?sig=…`. */
    readonly baseUrl: URL;
}
/** The values in the headers and the URL of a request that must not appear in messages. */
declare function findSecrets(headers: Readonly<Record<string, string>>, { baseUrl }: SecretSources): readonly string[];

/** Whether an object in place of a chunk is an error, in any of the forms that servers send with status 200. */
declare function isErrorObject(value: WireObject): boolean;

/**
 * Turns the error of a connection into a ProviderError: one of Node's sockets, of undici, or of a `fetch` over either.
 * Returns everything else as it is, since it is a bug.
 */
declare function translateConnectionError(error: unknown, { failures: failuresOfRequest }: {
    readonly failures: () => Failures;
}): unknown;

export { ByteCollector, classifyConnectionError, createFailures, detectServer, findSecrets, isErrorObject, isWireObject, parseJson, readString, redactSecrets, redactorFor, retryAfterSeconds, toHttpFailure, translateConnectionError };
export type { ConnectionError, ConnectionErrorKind, Failures, HttpFailure, Redactor, ServerKind, WireObject };
