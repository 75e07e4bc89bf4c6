import type { CollectedMessage, EventStream } from '@openclaw/provider';
import type {
  ExplainQuery,
  Explanation,
  Inventory,
  InventoryOptions,
  PassThroughRequest,
  PassThroughResponse,
  RuntimeChatRequest,
} from './runtime.ts';

/** Models by configuration: with selection, fallbacks, circuit breakers, queues, context planning and repair. */
export interface OpenClaw {
  /**
   * Sends a chat request to the chosen model, and to its fallbacks if it fails. Nothing is sent before the answer is
   * read. Aborting the signal, or leaving a loop over the answer, cancels the request.
   * @throws {TypeError} if the request does not have the shape of a `ChatRequest`
   */
  chat(request: RuntimeChatRequest, options?: CallOptions): ChatAnswer;
  /** The models that can be asked, those that are hidden with reasons, and the servers that could not be reached. */
  models(options?: InventoryOptions): Promise<ModelList>;
  /** Which models a request would ask, in order, each with its reason. Nothing is sent to a model. */
  explain(query?: ExplainQuery, options?: CallOptions): Promise<Explanation>;
  /**
   * Sends the body of an OpenAI embeddings or text completions request to the server of its model, unchanged.
   * @throws {ProviderError} if there is no response
   */
  passThrough(request: PassThroughRequest, options?: CallOptions): Promise<PassThroughResponse>;
  /** Waits for running requests, then closes the connections. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface CallOptions {
  /** Cancels the call. */
  readonly signal?: AbortSignal | undefined;
}

/** The answer to a chat request: its events one by one, or all together. It can be read once. */
export interface ChatAnswer extends EventStream {
  /**
   * Reads the answer to its end.
   * @throws {ProviderError} if the request failed
   */
  message(): Promise<CollectedMessage>;
  /**
   * Reads the answer to its end, and returns its text.
   * @throws {ProviderError} if the request failed
   */
  text(): Promise<string>;
}

/** What can be asked. */
export interface ModelList extends Inventory {
  /** The names of agents, which mean their model with its fallbacks: `openclaw`, `openclaw/coder`. */
  readonly agents: readonly string[];
}
