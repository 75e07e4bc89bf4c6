import { ConnectionFailure, ProviderError, TimeoutClock, ProviderErrorCode, MissingCapability, ProviderErrorDetails } from '@openclaw/provider';

/** Collects the pieces of a body until they are wanted as one. */
declare class ByteCollector {
    #private;
    /** Bytes collected since the last `take`. */
    get length(): number;
    push(bytes: Uint8Array): void;
    /** Everything collected, as one; the collector is empty then. A single piece is not copied. */
    take(): Uint8Array;
}

/** What happened to a connection: how it failed, or what else an error of Node or undici says about it. */
type ConnectionErrorKind = ConnectionFailure
/** This machine has run out of something, whichever server was to be asked. */
 | 'shortage'
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

/** Servers whose behaviour is known. `unknown` gets what nearly all servers understand. */
type ServerKind = 'ollama' | 'openai' | 'vllm' | 'llama-cpp' | 'lm-studio' | 'openrouter' | 'unknown';
/**
 * Tells a server by its well-known host, the provider's id (`ollama`, `ollama-gpu`, `lm-studio`, `llama.cpp`, …) or its usual port,
 * in this order. Without a base URL the id decides.
 */
declare function detectServer(id: string, { baseUrl }?: {
    readonly baseUrl?: URL | undefined;
}): ServerKind;

/** Whom a request went to: what every error message names. */
interface RequestContext {
    readonly provider: string;
    readonly server: ServerKind;
    /** Absent for requests that name none, such as those passed through. */
    readonly model?: string | undefined;
    /** Where the request goes, without credentials and query. */
    readonly url: string;
    /** Which ability the URL is for. */
    readonly capability: 'chat' | 'embeddings';
    /** Values that must not appear in any message. */
    readonly secrets: readonly string[];
}

/** An answer with a status that is not a success, its body read as far as it came. */
interface FailedResponse {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
    readonly body: string;
}
/** Makes the errors of one request, each naming provider, model, URL and the server's words. */
interface Failures {
    /** The server answered with an error status, or with a redirect. */
    response(response: FailedResponse): ProviderError;
    /** An error stands where an answer should be, inside a 200. */
    insideAnswer(value: unknown): ProviderError;
    /** Ollama's chunk without a model: it failed, and its words were lost. */
    masked(): ProviderError;
    /** The answer broke off without an end. */
    truncated(detail: string): ProviderError;
    /** What came is no chat completion. */
    unrecognised(excerpt: string, status: number): ProviderError;
    malformed(excerpt: string): ProviderError;
    /** A content encoding that was not asked for. */
    compressed(encoding: string): ProviderError;
    overLimit(what: string, limitBytes: number): ProviderError;
    timeout(clock: TimeoutClock, limitMs: number): ProviderError;
    aborted(cause: unknown): ProviderError;
    /** The request was not sent. */
    refused(code: ProviderErrorCode, message: string, capability?: MissingCapability): ProviderError;
    /** Any other: the message is put behind the name of whom was asked. */
    failed(code: ProviderErrorCode, message: string, details?: ProviderErrorDetails): ProviderError;
}
/** The errors of requests to one place. */
declare function createFailures(context: RequestContext, { now }?: {
    readonly now?: () => number;
}): Failures;

/** A JSON object from outside, nothing in it checked. */
type WireObject = Readonly<Record<string, unknown>>;
/** Tells an object from everything else that JSON can be. */
declare function isWireObject(value: unknown): value is WireObject;
/** The string, or an empty one for anything else. */
declare function readString(value: unknown): string;

/** The value of a JSON text; `undefined`, which JSON cannot say, when it is none, or nested too deeply to be handled. */
declare function parseJson(text: string): unknown;

/**
 * Finds secrets in text from outside, in the spellings in which servers repeat them: as they are, with the escapes of JSON
 * (`\\u0073k-…`, `\\/`), percent-encoded, and as UTF-8 where bytes are read as Latin-1. Other encodings (base64, hex, compression) are not.
 */
interface Redactor {
    /** The text with `***` in the place of every secret. */
    redact(text: string): string;
    /** The beginning of a text that goes on, redacted, and its end, which may be the beginning of a secret. */
    split(text: string): {
        readonly redacted: string;
        readonly held: string;
    };
}
/** The text with `***` in the place of every secret. `secrets` is that of `findSecrets`, the longest first. */
declare function redactSecrets(text: string, secrets: readonly string[]): string;
/** One redactor for each list of secrets, since its expression is worth keeping. */
declare function redactorFor(secrets: readonly string[]): Redactor;

interface SecretSources {
    /** Keys also stand in its query: `?key=…`, `?sig=…`. */
    readonly baseUrl: URL;
}
/** The values in the headers and the address of a request that must not appear in messages, however a server repeats them. */
declare function findSecrets(headers: Readonly<Record<string, string>>, { baseUrl }: SecretSources): readonly string[];

/** Whether an object in the place of a chunk is an error: in any of the spellings that servers put inside a 200. */
declare function isErrorObject(value: WireObject): boolean;

export { ByteCollector, classifyConnectionError, createFailures, detectServer, findSecrets, isErrorObject, isWireObject, parseJson, readString, redactSecrets, redactorFor };
export type { ConnectionError, ConnectionErrorKind, Failures, Redactor, ServerKind, WireObject };
