import { createEventStream, isProviderError } from '@openclaw/provider';
import type {
  EventStream,
  EventStreamSource,
  ProviderError,
  StreamEvent,
  StreamOptions,
  Timeouts,
} from '@openclaw/provider';
import type { Failures } from '@openclaw/upstream-errors';
import type { BodyDecoder } from '@openclaw/upstream-wire';
import type { Dispatcher } from 'undici';
import { encodingOf, isCompressed } from './content-encoding.ts';
import type { BodyRead, HttpExchange, HttpResponseHead } from './http-exchange.ts';
import { sendRequest } from './send-request.ts';
import type { Upstream } from './upstream.ts';
import { withOwnHeaders } from './with-own-headers.ts';

/** A chat request in the words of one API, and how its answer is read. */
export interface AnswerRequest {
  readonly url: URL;
  /** For messages. */
  readonly model: string;
  /** Whether the server is asked for a stream or for one body. */
  readonly streaming: boolean;
  /** The most bytes of an answer in one body. */
  readonly maxBodyBytes: number;
  /**
   * The JSON of the body.
   * @throws {ProviderError} `unsupported` for what the server cannot take
   */
  encode(): string | Promise<string>;
  createDecoder(head: HttpResponseHead): BodyDecoder;
  /**
   * Called when the server refused the request. Returns what is sent instead, which must differ each time, or `undefined` if
   * the refusal stands.
   */
  adapt(refusal: ProviderError): AnswerRequest | undefined;
}

export interface AnswerOptions extends StreamOptions {
  readonly upstream: Upstream;
}

/**
 * Asks a model, for a stream or for one body. One body is a stream whose first pull returns every event. With a stream an error is
 * pulled alone, after what came before it: whether it came with other events must not depend on how the connection cut its bytes.
 */
export function streamAnswer(request: AnswerRequest, options: AnswerOptions): EventStream {
  return createEventStream(new Answer(request, options));
}

/** A class, as there is one for each request: see `createEventStream`. */
class Answer implements EventStreamSource {
  /** The request that is sent: the one that was given, or an adapted one. */
  #request: AnswerRequest;
  readonly #upstream: Upstream;
  readonly #options: AnswerOptions;
  readonly #failures = (): Failures => this.#upstream.failuresFor(this.#request.url, { model: this.#request.model });
  #startedAt: number | undefined;
  #exchange: HttpExchange | undefined;
  #decoder: BodyDecoder | undefined;
  #left = false;
  /** Returned by the next pull. */
  #error: StreamEvent | undefined;

  constructor(request: AnswerRequest, options: AnswerOptions) {
    this.#request = request;
    this.#upstream = options.upstream;
    this.#options = options;
  }

  async pull(): Promise<readonly StreamEvent[]> {
    if (this.#error !== undefined) return [this.#error];
    try {
      for (;;) {
        if (this.#exchange === undefined) {
          const sent = this.#send();
          this.#exchange = 'then' in sent ? await sent : sent;
        }
        const read = await this.#exchange.read();
        const events = this.#decode(read, this.#exchange);
        if (events.length > 0) return this.#request.streaming ? this.#withoutError(events) : events;
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

  /** Waits only when it has to: every wait of a request costs memory, and a whole answer has few. */
  #send(): HttpExchange | Promise<HttpExchange> {
    const dispatcher = this.#upstream.pool();
    const body = this.#request.encode();
    if (typeof body === 'string' && !('then' in dispatcher)) return this.#dispatch(dispatcher, body);
    return Promise.all([dispatcher, body]).then((ready) => this.#dispatch(...ready));
  }

  #dispatch(dispatcher: Dispatcher, body: string): HttpExchange {
    if (this.#left) throw this.#failures().aborted(undefined);
    const { url, streaming, maxBodyBytes } = this.#request;
    return sendRequest(dispatcher, {
      request: { url, headers: withOwnHeaders(this.#options.headers, this.#upstream), body },
      failures: this.#failures,
      timeouts: this.#timeouts(),
      signal: this.#options.signal,
      wholeBodyBytes: streaming ? undefined : maxBodyBytes,
    });
  }

  /** The total clock runs from the first request to the end of the answer. */
  #timeouts(): Timeouts {
    const { streaming } = this.#request;
    const timeouts = this.#upstream.timeoutsOf(this.#options.timeouts, { streaming });
    if (timeouts.totalMs <= 0) return timeouts;
    this.#startedAt ??= performance.now();
    return { ...timeouts, totalMs: Math.max(1, timeouts.totalMs - (performance.now() - this.#startedAt)) };
  }

  #decode(read: BodyRead, exchange: HttpExchange): readonly StreamEvent[] {
    if (this.#decoder === undefined) {
      const head = this.#accept(read, exchange);
      if (head === undefined) return NOTHING;
      this.#decoder = this.#request.createDecoder(head);
    }
    const before = this.#decoder.count();
    const events = this.#decoder.decode(read);
    if (this.#decoder.count() > before) exchange.event();
    return events;
  }

  /**
   * Returns `undefined` if the server refused the request and another one is to be sent.
   * @throws {ProviderError} when the response is no answer
   */
  #accept({ bytes, failure }: BodyRead, exchange: HttpExchange): HttpResponseHead | undefined {
    const { head } = exchange;
    // An abort is not about the response.
    if (head === undefined || (isProviderError(failure) && failure.code === 'aborted')) throw failure;
    if (head.status >= 300) {
      const body = isCompressed(head) ? '' : new TextDecoder().decode(bytes);
      this.#adapt(this.#failures().response({ ...head, body }));
      exchange.finish();
      return undefined;
    }
    if (isCompressed(head)) throw this.#failures().compressed(encodingOf(head));
    return head;
  }

  #adapt(refusal: ProviderError): void {
    const adapted = this.#request.adapt(refusal);
    if (adapted === undefined) throw refusal;
    this.#request = adapted;
    this.#exchange = undefined;
  }

  #withoutError(events: readonly StreamEvent[]): readonly StreamEvent[] {
    const last = events.at(-1);
    if (last?.type !== 'error' || events.length === 1) return events;
    this.#error = last;
    return events.slice(0, -1);
  }
}

const NOTHING: readonly StreamEvent[] = [];
