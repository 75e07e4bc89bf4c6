import type { ConnectionFailure } from '@openclaw/provider';

/** Error codes of requests to an Ollama server. */
export type OllamaDiscoveryErrorCode =
  | 'aborted'
  | 'connection-failed'
  | 'forbidden'
  | 'invalid-header'
  | 'invalid-response'
  | 'invalid-url'
  | 'not-ollama'
  | 'server-error'
  | 'timeout'
  | 'unauthorized';

/** Details of a failure. */
export interface OllamaDiscoveryErrorDetails {
  /** The requested URL. */
  readonly url?: string | undefined;
  /** HTTP status, if there was a response. */
  readonly status?: number | undefined;
  /** For `connection-failed`: the kind. */
  readonly connection?: ConnectionFailure | undefined;
  /** A command that probably helps: `ollama serve`. */
  readonly nextCommand?: string | undefined;
  readonly cause?: unknown;
}

/** A request to an Ollama server failed. The message names the URL, the failure and what to do next. */
export class OllamaDiscoveryError extends Error {
  override readonly name = 'OllamaDiscoveryError';
  readonly code: OllamaDiscoveryErrorCode;
  readonly url: string | undefined;
  readonly status: number | undefined;
  readonly connection: ConnectionFailure | undefined;
  readonly nextCommand: string | undefined;

  constructor(code: OllamaDiscoveryErrorCode, message: string, details: OllamaDiscoveryErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.url = details.url;
    this.status = details.status;
    this.connection = details.connection;
    this.nextCommand = details.nextCommand;
  }
}
