import type { ChatRequest } from './chat-request.ts';
import type { StreamEvent } from './stream-event.ts';

/**
 * Answers chat requests: a server, a pool of servers, a script in a test. What else a provider may be able to do has interfaces of
 * its own: `PassThrough`, `Embeddings`, `Closable`.
 */
export interface Provider {
  /** As in the configuration and in references: `ollama`. */
  readonly id: string;
  /**
   * Asks a model. Nothing happens before the first pull. A failure is the last event; only a bug throws. Leaving the
   * loop (`break`, `return()`) or aborting the signal closes the connection; an abort ends the stream with an `aborted` error.
   *
   * A whole answer (`streaming: false`) is a stream too: as an `EventStream` it returns all events with its first pull, so that each layer
   * costs one promise. A failure among them says that the answer did not end well, before any of it was delivered.
   * @throws {TypeError} at once, if the request does not have the shape of a `ChatRequest`: see `checkChatRequest`
   */
  stream(request: ProviderRequest, options?: StreamOptions): AsyncIterable<StreamEvent>;
}

/** A chat request, addressed. */
export interface ProviderRequest extends ChatRequest {
  /** As the provider names it: `gpt-oss:20b`. */
  readonly model: string;
  /**
   * Whether the server is asked for a stream or for one body. The events have the same meaning either way.
   * @default the provider decides: `@openclaw/provider-openai-compat` asks Ollama for one body and other servers for a stream
   */
  readonly streaming?: boolean;
  /**
   * The context length in tokens that the server loads the model with. Only for APIs that can set it (Ollama's native
   * API: `num_ctx`); others ignore it.
   */
  readonly contextLength?: number;
  /** How long the server keeps the model loaded afterwards: seconds, or `5m`; a negative value means for ever. Only for Ollama. */
  readonly keepAlive?: number | string;
}

/** How a request is carried out. */
export interface StreamOptions {
  readonly signal?: AbortSignal | undefined;
  /** Clocks for this request; those left out are the provider's. */
  readonly timeouts?: Partial<Timeouts> | undefined;
  /** Further HTTP headers of this request, in lower case, such as `traceparent`. Those of the provider win. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The four clocks of a request. `0` switches a clock off. */
export interface Timeouts {
  /** From the request to an open connection. */
  readonly connectMs: number;
  /** From the sent request to the first event of the answer. A cold load of a local model is inside this. */
  readonly firstEventMs: number;
  /** Between two events. */
  readonly idleMs: number;
  /** From the request to the end of the answer. */
  readonly totalMs: number;
}
