import type { CollectedMessage, JsonValue, StreamEvent } from '@openclaw/provider';
import type { ModelEntry, RuntimeChatRequest } from '@openclaw/runtime/internal';
import type { ErrorEncoder } from '../http/error-encoder.ts';
import type { Failure } from '../http/to-failure.ts';

/**
 * A client API: how its requests are parsed and its replies are encoded, and nothing else. What holds for every API
 * (selection, fallbacks, repair, tool choice, limits, cancellation) is done by the runtime and by `answer`.
 * `Reply` is what the API has to remember of a request to encode its reply.
 */
export interface Surface<Reply> extends ErrorEncoder {
  /** @throws {ProviderError} `invalid-request` */
  parse(body: JsonValue, origin: RequestOrigin): ParsedRequest<Reply>;
  /** A whole answer as JSON. */
  encodeAnswer(message: CollectedMessage, reply: Reply): string;
  /** Headers of a streamed reply, as name, value, name, value. */
  readonly streamHeaders: readonly string[];
  createStreamEncoder(reply: Reply): StreamEncoder;
}

/** Where a request comes from. */
export interface RequestOrigin {
  /** No other request has it. */
  readonly unique: string;
  /** The name of the client. */
  readonly client: string;
  /** When it arrived, in milliseconds since 1970. */
  readonly now: number;
  /** Milliseconds since then, by a clock that never jumps. */
  readonly elapsedMs: () => number;
}

export interface ParsedRequest<Reply> {
  readonly request: RuntimeChatRequest;
  /** Whether the client asks for a stream. */
  readonly stream: boolean;
  readonly reply: Reply;
  /** What the request has and no model here can do, in words for the log: `the tool type "web_search"`. */
  readonly leftOut?: readonly string[];
}

/** Encodes one streamed answer. */
export interface StreamEncoder {
  /** The text that is sent for an event; empty for an event that the API has no words for. */
  encode(event: StreamEvent): string;
  /** What is sent in a long silence; it may come before the first event. */
  keepAlive(): string;
  /** The end of a stream that fails. */
  fail(failure: Failure): string;
}

/** A client API that counts the tokens of a request without a model. */
export interface TokenCounter {
  /** @throws {ProviderError} `invalid-request` */
  parseCount(body: JsonValue): RuntimeChatRequest;
  /** JSON. */
  encodeCount(tokens: number): string;
}

/** A client API that lists models. Both results are JSON. */
export interface ModelsEncoder {
  encodeModels(models: readonly ListedModel[]): string;
  encodeModel(model: ListedModel): string;
}

/** A name that requests can ask for: a model, one for embeddings only, or an agent's default model with its fallbacks. */
export type ListedModel =
  | ModelEntry
  | {
      readonly type: 'agent';
      readonly id: string;
      /** When the configuration was read, in milliseconds since 1970. */
      readonly createdAt: number;
    };
