import type { RawValue } from './chat-request.ts';
import type { Provider, StreamOptions } from './provider.ts';
import type { Usage } from './stream-event.ts';

/** An optional ability of a provider: requests that are not chat, such as embeddings, go to its server as they are. */
export interface PassThrough {
  /**
   * Sends a JSON body to a path below the base URL: `post('embeddings', body)`. The response is returned whatever its status.
   * @throws {ProviderError} when there is no response: connection, timeout, abort
   */
  post(path: string, body: unknown, options?: StreamOptions): Promise<PassedResponse>;
}

/** A response as the server gave it. */
export interface PassedResponse {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** An optional ability of a provider: texts become vectors. */
export interface Embeddings {
  /**
   * Embeds texts. A text that does not fit into the model's context is an error; it is never cut.
   * @throws {ProviderError} for every failure
   */
  embed(request: EmbeddingRequest, options?: StreamOptions): Promise<EmbeddingResult>;
}

/** Texts to embed. Absent means: the server decides. */
export interface EmbeddingRequest {
  /** As the provider names it: `nomic-embed-text`. */
  readonly model: string;
  readonly input: readonly string[];
  /** The length of the vectors, for models that can shorten them. */
  readonly dimensions?: number;
  /** See `ProviderRequest.contextLength`. */
  readonly contextLength?: number;
  /** See `ProviderRequest.keepAlive`. */
  readonly keepAlive?: number | string;
  /** Further keys of the request body. */
  readonly raw?: RawValue;
}

/** The vectors of an `EmbeddingRequest`. */
export interface EmbeddingResult {
  /** The model by its server's name. */
  readonly model: string;
  /** One for each text, in their order. */
  readonly embeddings: readonly (readonly number[])[];
  readonly usage?: Usage;
}

/** An optional ability of a provider: it holds connections or other resources that can be closed. */
export interface Closable {
  /** Closes what the provider opened itself. Requests that are running fail. */
  close(): Promise<void>;
}

/** Whether a provider has the ability `PassThrough`. */
export function canPassThrough<P extends Provider>(provider: P): provider is P & PassThrough {
  return 'post' in provider && typeof provider.post === 'function';
}

/** Whether a provider has the ability `Embeddings`. */
export function canEmbed<P extends Provider>(provider: P): provider is P & Embeddings {
  return 'embed' in provider && typeof provider.embed === 'function';
}

/** Whether a provider has the ability `Closable`. */
export function isClosable<P extends Provider>(provider: P): provider is P & Closable {
  return 'close' in provider && typeof provider.close === 'function';
}
