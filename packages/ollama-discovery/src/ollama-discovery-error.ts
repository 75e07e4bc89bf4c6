/** What kind of thing went wrong while asking an Ollama server what it has. */
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

/** How a connection failed. */
export type DiscoveryConnectionFailure = 'refused' | 'reset' | 'unreachable' | 'dns' | 'tls' | 'closed';

/** What is known of a failure beside its code and message. */
export interface OllamaDiscoveryErrorDetails {
  /** The URL that was asked. */
  readonly url?: string | undefined;
  /** HTTP status of the answer, when there was one. */
  readonly status?: number | undefined;
  /** For `connection-failed`: how. */
  readonly connection?: DiscoveryConnectionFailure | undefined;
  /** A command that probably helps, as it would be typed: `ollama serve`. */
  readonly nextCommand?: string | undefined;
  readonly cause?: unknown;
}

/** An Ollama server could not be asked. The message names the URL, what went wrong and what to do next. */
export class OllamaDiscoveryError extends Error {
  override readonly name = 'OllamaDiscoveryError';
  readonly code: OllamaDiscoveryErrorCode;
  readonly url: string | undefined;
  readonly status: number | undefined;
  readonly connection: DiscoveryConnectionFailure | undefined;
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
