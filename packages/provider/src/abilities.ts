import type { Provider, StreamOptions } from './provider.ts';

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

/** An optional ability of a provider: it holds connections or other resources that can be closed. */
export interface Closable {
  /** Closes what the provider opened itself. Requests that are running fail. */
  close(): Promise<void>;
}

/** Whether a provider has the ability `PassThrough`. */
export function canPassThrough<P extends Provider>(provider: P): provider is P & PassThrough {
  return 'post' in provider && typeof provider.post === 'function';
}

/** Whether a provider has the ability `Closable`. */
export function isClosable<P extends Provider>(provider: P): provider is P & Closable {
  return 'close' in provider && typeof provider.close === 'function';
}
