import type { ProviderError, ProviderRequest } from '@openclaw/provider';
import { createBodyDecoder, createChunkDecoder, encodeRequest, findUnfetchableImage } from '@openclaw/openai-wire';
import type { ModelDefaults, ServerQuirks } from '@openclaw/openai-wire';
import type { Failures } from '@openclaw/upstream-errors';
import type { AnswerRequest, HttpResponseHead, Upstream } from '@openclaw/upstream-http';
import { adaptRequest, readRefusal } from '@openclaw/upstream-wire';
import type { AdaptedRequest, BodyDecoder, BodyLimits, OllamaRefusals } from '@openclaw/upstream-wire';

/** What all chat requests of a provider have in common. */
export interface ChatEndpoint {
  readonly upstream: Upstream;
  readonly quirks: ServerQuirks;
  readonly limits: BodyLimits;
  readonly modelDefaults:
    | ((model: string) => ModelDefaults | undefined | Promise<ModelDefaults | undefined>)
    | undefined;
  readonly generateId: () => string;
}

/** A chat completion request that says whether it is streamed. */
export function createChatCompletion(request: ChatCompletionRequest, endpoint: ChatEndpoint): AnswerRequest {
  return new ChatCompletion(request, { endpoint, refused: {} });
}

export type ChatCompletionRequest = ProviderRequest & { readonly streaming: boolean };

/** A class, as there is one for each request: see `createEventStream`. */
class ChatCompletion implements AnswerRequest {
  readonly #request: ChatCompletionRequest;
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
    request: ChatCompletionRequest,
    { endpoint, refused }: { readonly endpoint: ChatEndpoint; readonly refused: OllamaRefusals },
  ) {
    this.#request = request;
    this.#refused = refused;
    this.#adapted = endpoint.upstream.server === 'ollama' ? adaptRequest(request, refused) : { request, repairs: [] };
    this.#endpoint = endpoint;
    this.url = endpoint.upstream.resolve('chat/completions');
    this.model = request.model;
    this.streaming = request.streaming;
    this.maxBodyBytes = endpoint.limits.maxBodyBytes;
  }

  /** @throws {ProviderError} `unsupported` for what the server cannot take */
  encode(): string | Promise<string> {
    const { quirks } = this.#endpoint;
    if (findUnfetchableImage(this.#request.messages, { quirks }) !== undefined) {
      throw this.#failures().refused(
        'unsupported',
        'it does not fetch images. Send them as data: URLs in place of http(s): ones.',
        'images',
      );
    }
    const defaults = this.#endpoint.modelDefaults?.(this.model);
    const encode = (modelDefaults: ModelDefaults | undefined) =>
      encodeRequest(this.#adapted.request, { quirks, modelDefaults });
    return defaults !== undefined && 'then' in defaults ? defaults.then(encode) : encode(defaults);
  }

  createDecoder({ status }: HttpResponseHead): BodyDecoder {
    const { quirks, limits, generateId } = this.#endpoint;
    const decoder = createChunkDecoder({
      model: this.model,
      failures: this.#failures,
      generateId,
      toolCallStyle: quirks.toolCallStyle,
      hidesErrorsInEmptyChunk: quirks.hidesErrorsInEmptyChunk,
      maxArgumentsLength: limits.maxBodyBytes,
      repairs: this.#adapted.repairs,
      status,
    });
    return createBodyDecoder(decoder, { limits });
  }

  adapt(refusal: ProviderError): AnswerRequest | undefined {
    if (this.#endpoint.upstream.server !== 'ollama') return undefined;
    const refused = readRefusal(refusal, { request: this.#request, refused: this.#refused });
    return refused && new ChatCompletion(this.#request, { endpoint: this.#endpoint, refused });
  }
}
