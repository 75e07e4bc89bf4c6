import type { JsonObject } from './json.ts';

/** Shared by all copies of this package. */
const MARKER = Symbol.for('@openclaw/provider.error');

/** The kind of a failure. Policy tables have one row per code. */
export type ProviderErrorCode =
  | 'aborted'
  | 'authentication-failed'
  | 'billing'
  | 'connection-failed'
  | 'context-length-exceeded'
  | 'invalid-request'
  | 'invalid-response'
  | 'local-overload'
  | 'model-not-found'
  | 'overloaded'
  | 'rate-limited'
  | 'server-error'
  | 'timeout'
  | 'unsupported';

/** Which of the four timeouts of a request expired. */
export type TimeoutClock = 'connect' | 'first-event' | 'idle' | 'total';

/** How a connection failed. */
export type ConnectionFailure = 'refused' | 'reset' | 'unreachable' | 'dns' | 'tls' | 'closed';

/** The capability that a model or server lacks. */
export type MissingCapability = 'tools' | 'reasoning' | 'images' | 'chat' | 'embeddings';

/** The data of a failure besides its code and message. */
export interface ProviderErrorDetails {
  /** Id of the provider. */
  readonly provider?: string | undefined;
  /** The requested model, by its provider's name. */
  readonly model?: string | undefined;
  readonly url?: string | undefined;
  /** HTTP status of the response, if there was one. */
  readonly status?: number | undefined;
  /** How long the server asks to wait before a retry. */
  readonly retryAfterMs?: number | undefined;
  /**
   * For `overloaded`: the request did not leave the queue of this process, because the queue was full, or because the
   * request could not start before its deadline. Absent: the server said it.
   */
  readonly queue?: 'full' | 'deadline' | undefined;
  /** The server's message, without its envelope. */
  readonly serverMessage?: string | undefined;
  /** What the model said, if the server refused to pass it on: Groq's `failed_generation`. Not part of the JSON. */
  readonly generatedText?: string | undefined;
  /** For `timeout`: which one expired. */
  readonly clock?: TimeoutClock | undefined;
  /** For `connection-failed`: the reason. */
  readonly connection?: ConnectionFailure | undefined;
  /** For `unsupported`: the missing capability. */
  readonly capability?: MissingCapability | undefined;
  /** For `invalid-request`: the field that is wrong, as the client wrote it: `messages[2].content`. */
  readonly param?: string | undefined;
  /** For `context-length-exceeded`: how many tokens the request needs, if known. */
  readonly neededTokens?: number | undefined;
  /** For `context-length-exceeded`: how many tokens the model's context has, if known. */
  readonly contextTokens?: number | undefined;
  /** For `invalid-response`: how many tokens of the model the server counted and did not deliver. */
  readonly droppedTokens?: number | undefined;
  readonly cause?: unknown;
}

/**
 * A failed request, with a message for the person who can fix it. Retries and fallbacks are not part of it: they are
 * the policy of the caller.
 *
 * Recognise it with `isProviderError`: `instanceof` fails for an error of a second copy of this package.
 */
export class ProviderError extends Error {
  static {
    Object.defineProperty(this.prototype, MARKER, { value: true });
  }

  override readonly name = 'ProviderError';
  readonly code: ProviderErrorCode;
  readonly provider: string | undefined;
  readonly model: string | undefined;
  readonly url: string | undefined;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly queue: 'full' | 'deadline' | undefined;
  readonly serverMessage: string | undefined;
  readonly generatedText: string | undefined;
  readonly clock: TimeoutClock | undefined;
  readonly connection: ConnectionFailure | undefined;
  readonly capability: MissingCapability | undefined;
  readonly param: string | undefined;
  readonly neededTokens: number | undefined;
  readonly contextTokens: number | undefined;
  readonly droppedTokens: number | undefined;

  constructor(code: ProviderErrorCode, message: string, details: ProviderErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.provider = details.provider;
    this.model = details.model;
    this.url = details.url;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.queue = details.queue;
    this.serverMessage = details.serverMessage;
    this.generatedText = details.generatedText;
    this.clock = details.clock;
    this.connection = details.connection;
    this.capability = details.capability;
    this.param = details.param;
    this.neededTokens = details.neededTokens;
    this.contextTokens = details.contextTokens;
    this.droppedTokens = details.droppedTokens;
  }

  /** All fields as JSON, with the message of the cause. Credentials in URLs are removed. */
  toJSON(): JsonObject {
    const { name, code, message, cause, generatedText: _, ...details } = this;
    const reason = cause instanceof Error ? cause.message : undefined;
    return withoutUrlCredentials({ name, code, message, ...details, cause: reason });
  }
}

/** Whether a value is a `ProviderError`, also one of another copy or version of this package. */
export function isProviderError(value: unknown): value is ProviderError {
  return typeof value === 'object' && value !== null && MARKER in value;
}

/** `https://user:password@host` → `https://host`, in every string. */
function withoutUrlCredentials(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.replaceAll(/(?<=:\/\/)[^\s/?#@]*@/g, '') : value,
    ]),
  );
}
