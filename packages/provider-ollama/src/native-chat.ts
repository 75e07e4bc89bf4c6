import type { ProviderError, ProviderRequest } from '@openclaw/provider';
import type { Failures } from '@openclaw/upstream-errors';
import type { AnswerRequest, HttpResponseHead, Upstream } from '@openclaw/upstream-http';
import { adaptRequest, readRefusal } from '@openclaw/upstream-wire';
import type { AdaptedRequest, BodyDecoder, OllamaRefusals } from '@openclaw/upstream-wire';
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
  return new NativeChat(request, { endpoint, refused: {} });
}

/** A class, as there is one for each request: see `createEventStream`. */
class NativeChat implements AnswerRequest {
  readonly #request: NativeChatRequest;
  /** What the server refused of this request. */
  readonly #refused: OllamaRefusals;
  /** The request as it is sent. */
  readonly #adapted: AdaptedRequest;
  readonly #endpoint: ChatEndpoint;
  readonly #failures = (): Failures => this.#endpoint.upstream.failuresFor(this.url, { model: this.model });
  readonly url: URL;
  readonly model: string;
  readonly streaming: boolean;
  readonly maxBodyBytes: number;

  constructor(
    request: NativeChatRequest,
    { endpoint, refused }: { readonly endpoint: ChatEndpoint; readonly refused: OllamaRefusals },
  ) {
    this.#request = request;
    this.#refused = refused;
    this.#adapted = adaptRequest(request, refused);
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
    return encodeChat(this.#adapted.request, { think: this.#thinksAnyway() });
  }

  createDecoder({ status }: HttpResponseHead): BodyDecoder {
    const { generateId, maxBodyBytes } = this.#endpoint;
    return createChatDecoder({
      model: this.model,
      failures: this.#failures,
      generateId,
      maxArgumentsLength: maxBodyBytes,
      maxBodyBytes,
      repairs: this.#adapted.repairs,
      status,
    });
  }

  adapt(refusal: ProviderError): AnswerRequest | undefined {
    const refused = readRefusal(refusal, { request: this.#request, refused: this.#refused });
    return refused && new NativeChat(this.#request, { endpoint: this.#endpoint, refused });
  }

  /** A model that knows no efforts still thinks. Without the switch, releases before 0.12.4 leave its thoughts in the text. */
  #thinksAnyway(): boolean | undefined {
    return this.#refused.effort === true && this.#request.reasoningEffort !== 'none' ? true : undefined;
  }
}
