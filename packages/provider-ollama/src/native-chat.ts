import type { ProviderRequest } from '@openclaw/provider';
import type { Failures } from '@openclaw/upstream-errors';
import type { AnswerRequest, HttpResponseHead, Upstream } from '@openclaw/upstream-http';
import type { BodyDecoder } from '@openclaw/upstream-wire';
import { createChatDecoder } from './chat-decoder.ts';
import { encodeChat } from './encode-chat.ts';
import { findUnfetchableImage } from './encode-messages.ts';

/** What all chat requests of a provider have in common. */
export interface ChatEndpoint {
  readonly upstream: Upstream;
  readonly maxBodyBytes: number;
  readonly generateId: () => string;
}

export type NativeChatRequest = ProviderRequest & { readonly streaming: boolean };

/** A request to `/api/chat`. */
export function createNativeChat(request: NativeChatRequest, endpoint: ChatEndpoint): AnswerRequest {
  return new NativeChat(request, endpoint);
}

/** A class, as there is one for each request: see `createEventStream`. */
class NativeChat implements AnswerRequest {
  readonly #request: NativeChatRequest;
  readonly #endpoint: ChatEndpoint;
  readonly #failures = (): Failures => this.#endpoint.upstream.failuresFor(this.url, { model: this.model });
  readonly url: URL;
  readonly model: string;
  readonly streaming: boolean;
  readonly maxBodyBytes: number;

  constructor(request: NativeChatRequest, endpoint: ChatEndpoint) {
    this.#request = request;
    this.#endpoint = endpoint;
    this.url = endpoint.upstream.resolve('api/chat');
    this.model = request.model;
    this.streaming = request.streaming;
    this.maxBodyBytes = endpoint.maxBodyBytes;
  }

  /** @throws {ProviderError} `unsupported` for an image that the server would have to fetch */
  encode(): string {
    if (findUnfetchableImage(this.#request.messages) !== undefined) {
      throw this.#failures().refused(
        'unsupported',
        'it does not fetch images. Send them as data: URLs in place of http(s): ones.',
        'images',
      );
    }
    return encodeChat(this.#request);
  }

  createDecoder({ status }: HttpResponseHead): BodyDecoder {
    const { generateId, maxBodyBytes } = this.#endpoint;
    return createChatDecoder({
      model: this.model,
      failures: this.#failures,
      generateId,
      maxArgumentsLength: maxBodyBytes,
      maxBodyBytes,
      status,
    });
  }

  adapt(): undefined {
    return undefined;
  }
}
