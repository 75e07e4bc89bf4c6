import type { ProviderError, StreamEvent, Usage } from '@openclaw/provider';
import { isErrorObject, isWireObject, readString } from '@openclaw/upstream-errors';
import type { Failures, WireObject } from '@openclaw/upstream-errors';
import { AnswerEvents } from '@openclaw/upstream-wire';
import type { AnswerEventsOptions, ContentKind } from '@openclaw/upstream-wire';
import type { ChunkSink } from './chunk-sink.ts';
import { updateUsage } from './read-usage.ts';
import {
  finishReasonOf,
  isEmpty,
  isInterruption,
  readChoice,
  readContent,
  readLogprobs,
  readStopSequence,
} from './wire-format.ts';
import type { WireContent } from './wire-format.ts';

export interface ChunkDecoderOptions extends AnswerEventsOptions {
  /** See `ServerQuirks.hidesErrorsInEmptyChunk`. */
  readonly hidesErrorsInEmptyChunk?: boolean | undefined;
  /** HTTP status of the answer. @default 200 */
  readonly status?: number | undefined;
}

/** Chunks in, events out. */
export interface ChunkDecoder extends ChunkSink {
  /** The events since the last call. Adjacent deltas of one kind are one event. */
  take(): readonly StreamEvent[];
  /** Whether the answer is complete: its last event is `finish`. */
  complete(): boolean;
  /** How many chunks were decoded. */
  count(): number;
  /** The body is complete. */
  end(): void;
  /** The body is not complete: connection lost, timeout, aborted. */
  interrupt(error: ProviderError): void;
}

/**
 * Decodes the chunks of a stream, or a whole body, which is one large chunk. An answer with a `finish_reason` is
 * complete, with or without `[DONE]`. `finish` is emitted when nothing more can follow, because token counts often
 * come after it.
 */
export function createChunkDecoder(options: ChunkDecoderOptions): ChunkDecoder {
  return new WireChunkDecoder(options);
}

/** A shorter text may be said twice on purpose. */
const MIN_REPEATED_LENGTH = 16;
const MAX_REPEATED_LENGTH = 65_536;

/** A class, as there is one for each request: see `createEventStream`. */
class WireChunkDecoder implements ChunkDecoder {
  readonly #options: ChunkDecoderOptions;
  readonly #events: AnswerEvents;
  #count = 0;
  #usage: Usage | undefined;
  #finishReason: string | undefined;
  #stopSequence: string | undefined;
  #namelessContent = false;
  #mayHideError = false;
  /** The text so far, while it is short: see `#withoutRepetition`. */
  #textSoFar = '';
  /** Output that the answer cannot contain. */
  #uncarried = '';
  /** Whether the answer has text, reasoning or a call, and whether it has a call. */
  #hasContent = false;
  #hasCalls = false;

  constructor(options: ChunkDecoderOptions) {
    this.#options = options;
    this.#events = new AnswerEvents(options);
  }

  ended(): boolean {
    return this.#events.ended();
  }

  complete(): boolean {
    return this.#events.complete();
  }

  count(): number {
    return this.#count;
  }

  take(): readonly StreamEvent[] {
    return this.#events.take();
  }

  chunk(value: unknown): void {
    if (this.#events.ended()) return;
    this.#count += 1;
    // Some proxies send it to keep a connection open.
    if (value === null) return;
    if (!isWireObject(value)) return this.#fail(this.#failures().malformed(JSON.stringify(value)));
    if (isErrorObject(value)) return this.#fail(this.#failures().insideAnswer(value));
    this.#events.model(readString(value['model']));
    this.#usage = updateUsage(this.#usage, value);
    const choice = readChoice(value);
    if (choice !== undefined) this.#decodeChoice(choice, value['model'] === '');
  }

  content(kind: ContentKind, text: string): void {
    this.#count += 1;
    this.#addContent(kind, text);
  }

  #decodeChoice(choice: WireObject, unnamed: boolean): void {
    if (isWireObject(choice['error'])) return this.#fail(this.#failures().insideAnswer(choice));
    const wireReason = readString(choice['finish_reason']);
    const message = choice['message'];
    const isWhole = isWireObject(message);
    const wireContent = isWhole ? message : choice['delta'];
    if (isWireObject(wireContent)) {
      const content = readContent(wireContent);
      if (content.text !== '') this.#events.logprobs(readLogprobs(choice));
      if (unnamed && wireReason === '' && !isWhole && isEmpty(content)) this.#decodeEmptyDelta(wireContent);
      else this.#decodeContent(content, { isWhole, unnamed });
    }
    if (this.#events.ended() || wireReason === '') return;
    if (wireReason === 'error') return this.#fail(this.#failures().insideAnswer(choice));
    if (isInterruption(wireReason))
      return this.#fail(this.#failures().truncated(`the server ended it (${wireReason})`));
    this.#finishReason ??= wireReason;
    this.#stopSequence ??= readStopSequence(choice);
  }

  #decodeContent(
    content: WireContent,
    { isWhole, unnamed }: { readonly isWhole: boolean; readonly unnamed: boolean },
  ): void {
    this.#addContent('reasoning', content.reasoning);
    this.#addContent('text', this.#withoutRepetition(content));
    this.#uncarried ||= content.uncarried;
    if (content.toolCalls.length > 0) this.#events.toolCalls(content.toolCalls, { whole: isWhole });
    this.#hasCalls ||= content.toolCalls.length > 0;
    if (isEmpty(content)) return;
    this.#mayHideError = false;
    this.#namelessContent ||= unnamed;
  }

  /** LocalAI repeats all text that it streamed in the chunk of a call. */
  #withoutRepetition({ text, toolCalls }: WireContent): string {
    const isRepeated =
      toolCalls.length > 0 && text.length >= MIN_REPEATED_LENGTH && text.trim() === this.#textSoFar.trim();
    return isRepeated ? '' : text;
  }

  /**
   * An empty delta without a model, in which Ollama hides an error. Servers that never name a model may start with
   * one, so for those it is an error only if no content follows.
   */
  #decodeEmptyDelta(delta: WireObject): void {
    if (this.#finishReason !== undefined) return;
    if (this.#options.hidesErrorsInEmptyChunk === true) return this.#fail(this.#failures().hiddenError());
    if (!this.#namelessContent && delta['content'] === '') this.#mayHideError = true;
  }

  #addContent(kind: ContentKind, text: string): void {
    if (text === '') return;
    this.#hasContent = true;
    if (kind === 'text' && this.#textSoFar.length <= MAX_REPEATED_LENGTH) this.#textSoFar += text;
    this.#events.content(kind, text);
  }

  done(): void {
    if (this.#events.ended()) return;
    if (this.#finishReason === undefined && this.#mayHideError) return this.#fail(this.#failures().hiddenError());
    if (this.#count === 0) return this.#fail(this.#failures().truncated('it ended before any content'));
    this.#finish();
  }

  end(): void {
    if (this.#events.ended()) return;
    if (this.#finishReason !== undefined) return this.#finish();
    this.#fail(
      this.#mayHideError
        ? this.#failures().hiddenError()
        : this.#failures().truncated('it ended without a finish reason'),
    );
  }

  interrupt(error: ProviderError): void {
    if (this.#events.ended()) return;
    if (this.#finishReason !== undefined && error.code !== 'aborted') return this.#finish();
    this.#fail(error);
  }

  #finish(): void {
    const reason = finishReasonOf(this.#finishReason);
    const isEmptyAnswer = !this.#hasContent && !this.#hasCalls;
    if (isEmptyAnswer && this.#uncarried !== '') return this.#fail(this.#failures().uncarried(this.#uncarried));
    if (isEmptyAnswer && reason === 'tool-calls')
      return this.#fail(this.#failures().truncated('it ended with a tool call (finish_reason), but has none'));
    this.#events.finish(reason === 'tool-calls' && !this.#hasCalls ? 'stop' : reason, {
      usage: this.#usage,
      stopSequence: this.#stopSequence,
    });
  }

  #fail(error: ProviderError): void {
    this.#events.fail(error);
  }

  malformed(excerpt: string): void {
    this.#fail(this.#failures().malformed(excerpt));
  }

  unrecognised(excerpt: string): void {
    this.#fail(this.#failures().unrecognised(excerpt, this.#options.status ?? 200));
  }

  overLimit(what: string, limitBytes: number): void {
    this.#fail(this.#failures().overLimit(what, limitBytes));
  }

  #failures(): Failures {
    return this.#options.failures();
  }
}
