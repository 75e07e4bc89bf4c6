/** What kind of thing the gateway itself refuses, or cannot do. One row per code in the table of statuses. */
export type GatewayErrorCode =
  | 'invalid-request'
  | 'body-too-large'
  | 'body-timeout'
  | 'headers-too-large'
  | 'unsupported-encoding'
  | 'unauthorized'
  | 'too-many-attempts'
  | 'client-limit'
  | 'host-not-allowed'
  | 'origin-not-allowed'
  | 'not-allowed'
  | 'not-found'
  | 'model-not-found'
  | 'method-not-allowed'
  | 'too-many-requests'
  | 'shutting-down'
  | 'client-left'
  | 'invalid-settings'
  | 'token-required'
  | 'address-in-use'
  | 'address-not-available'
  | 'internal';

/** What is known of a refusal beside its code and message. */
export interface GatewayErrorDetails {
  /** The field of the request that is wrong: `messages[2].content`. */
  readonly param?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** Further reply headers: `allow`, `www-authenticate`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly cause?: unknown;
}

/** A request that the gateway refuses, or a start that it cannot make, in words for the person who can fix it. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: GatewayErrorCode;
  readonly param: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: GatewayErrorCode, message: string, details: GatewayErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.param = details.param;
    this.retryAfterMs = details.retryAfterMs;
    this.headers = details.headers ?? {};
  }
}
