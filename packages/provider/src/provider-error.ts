import type { JsonObject } from './json.ts';

/** In the registry that all copies of this package share. */
const MARKER = Symbol.for('@openclaw/provider.error');

/** What kind of thing went wrong. Policy tables have one row per code. */
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

/** Which of the four clocks of a request ran out. */
export type TimeoutClock = 'connect' | 'first-event' | 'idle' | 'total';

/** How a connection failed. */
export type ConnectionFailure = 'refused' | 'reset' | 'unreachable' | 'dns' | 'tls' | 'closed';

/** What the server cannot do, or does not find. */
export type MissingCapability = 'tools' | 'reasoning' | 'images' | 'chat' | 'embeddings';

/** What is known of a failure beside its code and message. */
export interface ProviderErrorDetails {
  /** Id of the provider that was asked. */
  readonly provider?: string | undefined;
  /** The model that was asked, as the provider names it. */
  readonly model?: string | undefined;
  readonly url?: string | undefined;
  /** HTTP status of the answer, when there was one. */
  readonly status?: number | undefined;
  /** How long the server asked us to wait. */
  readonly retryAfterMs?: number | undefined;
  /** The server's own words, unwrapped. */
  readonly serverMessage?: string | undefined;
  /** For `timeout`: the clock that ran out. */
  readonly clock?: TimeoutClock | undefined;
  /** For `connection-failed`: how. */
  readonly connection?: ConnectionFailure | undefined;
  /** For `unsupported`: what is missing. */
  readonly capability?: MissingCapability | undefined;
  /** For `invalid-request`: the field that is wrong, as the client wrote it: `messages[2].content`. */
  readonly param?: string | undefined;
  readonly cause?: unknown;
}

/**
 * A request that failed, in words for the person who can fix it. It says what happened and not what to do about it:
 * whether to retry or to ask another model is the caller's policy.
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
  readonly serverMessage: string | undefined;
  readonly clock: TimeoutClock | undefined;
  readonly connection: ConnectionFailure | undefined;
  readonly capability: MissingCapability | undefined;
  readonly param: string | undefined;

  constructor(code: ProviderErrorCode, message: string, details: ProviderErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.provider = details.provider;
    this.model = details.model;
    this.url = details.url;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.serverMessage = details.serverMessage;
    this.clock = details.clock;
    this.connection = details.connection;
    this.capability = details.capability;
    this.param = details.param;
  }

  /** All fields as JSON data, the cause by its message. Credentials inside URLs are left out. */
  toJSON(): JsonObject {
    const { name, code, message, cause, ...details } = this;
    const reason = cause instanceof Error ? cause.message : undefined;
    return withoutUrlCredentials({ name, code, message, ...details, cause: reason });
  }
}

/** Whether a value is a `ProviderError`, also one of another copy or version of this package. */
export function isProviderError(value: unknown): value is ProviderError {
  return typeof value === 'object' && value !== null && MARKER in value;
}

/** `https://user:password@host` → `https://host`, in every text. */
function withoutUrlCredentials(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.replaceAll(/(?<=:\/\/)[^\s/?#@]*@/g, '') : value,
    ]),
  );
}
