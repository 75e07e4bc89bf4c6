import { createEventStream, isProviderError } from '@openclaw/provider';
import type {
  EventStream,
  EventStreamSource,
  ProviderRequest,
  StreamEvent,
  StreamOptions,
  Timeouts,
} from '@openclaw/provider';
import type { Dispatcher } from 'undici';
import { createBodyDecoder, createChunkDecoder, encodeRequest, findUnfetchableImage } from '@openclaw/openai-wire';
import type { BodyDecoder, BodyLimits, ModelDefaults, ServerQuirks } from '@openclaw/openai-wire';
import type { Failures } from '@openclaw/upstream-errors';
import { encodingOf, isCompressed, sendRequest } from '@openclaw/upstream-http';
import type { BodyRead, HttpExchange, HttpResponseHead } from '@openclaw/upstream-http';

/** What all chat requests of a provider have in common. */
export interface ChatEndpoint {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly quirks: ServerQuirks;
  readonly limits: BodyLimits;
  readonly pool: () => Promise<Dispatcher> | Dispatcher;
  readonly modelDefaults:
    | ((model: string) => ModelDefaults | undefined | Promise<ModelDefaults | undefined>)
    | undefined;
  readonly failuresFor: (model: string) => Failures;
  /** Whether a model is asked for a stream when the request does not say. */
  readonly streamingOf: (model: string) => boolean;
  /** The clocks of a request; a whole body has more time for its first event. */
  readonly timeoutsOf: (given: Partial<Timeouts> | undefined, options: { readonly streaming: boolean }) => Timeouts;
  readonly generateId: () => string;
}

/** Where a chat request goes, and how. */
interface ChatCall {
  readonly endpoint: ChatEndpoint;
  readonly options: StreamOptions;
}

/**
 * Asks a model, for a stream or for one body. One body is a stream whose first pull returns every event. With a stream an error is
 * pulled alone, after what came before it: whether it came with other events must not depend on how the connection cut its bytes.
 */
export function streamChat(request: ProviderRequest, call: ChatCall): EventStream {
  const { streamingOf } = call.endpoint;
  const streaming = request.streaming ?? streamingOf(request.model);
  const asked = request.streaming === streaming ? request : { ...request, streaming };
  return createEventStream(new ChatAnswer(asked, call));
}

/** A class, as there is one for each request: see `createEventStream`. */
class ChatAnswer implements EventStreamSource {
  readonly #request: ProviderRequest;
  readonly #call: ChatCall;
  readonly #failures = (): Failures => this.#call.endpoint.failuresFor(this.#request.model);
  #exchange: HttpExchange | undefined;
  #decoder: BodyDecoder | undefined;
  #left = false;
  /** Told by the next pull. */
  #error: StreamEvent | undefined;

  constructor(request: ProviderRequest, call: ChatCall) {
    this.#request = request;
    this.#call = call;
  }

  async pull(): Promise<readonly StreamEvent[]> {
    if (this.#error !== undefined) return [this.#error];
    try {
      if (this.#exchange === undefined) {
        const { pool, modelDefaults } = this.#call.endpoint;
        // Waits only when it has to: every wait of a request costs memory, and a whole answer has few.
        const dispatcher = pool();
        const defaults = modelDefaults?.(this.#request.model);
        this.#exchange = this.#send('then' in dispatcher ? await dispatcher : dispatcher, {
          modelDefaults: defaults !== undefined && 'then' in defaults ? await defaults : defaults,
        });
      }
      for (;;) {
        const events = this.#decode(await this.#exchange.read(), this.#exchange);
        if (events.length > 0) return this.#request.streaming === true ? this.#withoutError(events) : events;
      }
    } catch (error) {
      if (isProviderError(error)) return [{ type: 'error', error }];
      throw error;
    }
  }

  close(): void {
    this.#left = true;
    this.#exchange?.finish(this.#decoder?.complete());
  }

  /** @throws {ProviderError} `unsupported` for what the server cannot take */
  #send(
    dispatcher: Dispatcher,
    { modelDefaults }: { readonly modelDefaults: ModelDefaults | undefined },
  ): HttpExchange {
    const { url, headers, quirks, limits, timeoutsOf } = this.#call.endpoint;
    const { signal, timeouts } = this.#call.options;
    const request = this.#request;
    if (this.#left) throw this.#failures().aborted(undefined);
    if (findUnfetchableImage(request.messages, { quirks }) !== undefined) {
      throw this.#failures().refused(
        'unsupported',
        'it does not fetch images. Send them as data: URLs in place of http(s): ones.',
        'images',
      );
    }
    const streaming = request.streaming === true;
    return sendRequest(dispatcher, {
      request: { url, headers, body: encodeRequest(request, { quirks, modelDefaults }) },
      failures: this.#failures,
      timeouts: timeoutsOf(timeouts, { streaming }),
      signal,
      wholeBodyBytes: streaming ? undefined : limits.maxBodyBytes,
    });
  }

  #decode(read: BodyRead, exchange: HttpExchange): readonly StreamEvent[] {
    const decoder = (this.#decoder ??= this.#accept(read, exchange));
    const before = decoder.count();
    const events = decoder.decode(read);
    if (decoder.count() > before) exchange.event();
    return events;
  }

  /** @throws {ProviderError} when the response is no answer */
  #accept({ bytes, failure }: BodyRead, { head }: HttpExchange): BodyDecoder {
    // An abort is not about the response.
    if (head === undefined || (isProviderError(failure) && failure.code === 'aborted')) throw failure;
    if (head.status >= 300) {
      const body = isCompressed(head) ? '' : new TextDecoder().decode(bytes);
      throw this.#failures().response({ ...head, body });
    }
    if (isCompressed(head)) throw this.#failures().compressed(encodingOf(head));
    return this.#createDecoder(head);
  }

  #createDecoder({ status }: HttpResponseHead): BodyDecoder {
    const { quirks, limits, generateId } = this.#call.endpoint;
    const decoder = createChunkDecoder({
      model: this.#request.model,
      failures: this.#failures,
      generateId,
      toolCallStyle: quirks.toolCallStyle,
      hidesErrorsInEmptyChunk: quirks.hidesErrorsInEmptyChunk,
      maxArgumentsLength: limits.maxBodyBytes,
      status,
    });
    return createBodyDecoder(decoder, { limits });
  }

  #withoutError(events: readonly StreamEvent[]): readonly StreamEvent[] {
    const last = events.at(-1);
    if (last?.type !== 'error' || events.length === 1) return events;
    this.#error = last;
    return events.slice(0, -1);
  }
}
