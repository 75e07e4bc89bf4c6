import type { JsonValue, ProviderError, StreamEvent, Usage } from '@openclaw/provider';
import type { Failures } from '@openclaw/upstream-errors';
import { readUsage } from './read-usage.ts';
import type { ChunkSink } from './chunk-sink.ts';
import { isErrorObject } from '@openclaw/upstream-errors';
import type { ContentKind } from './text-template.ts';
import { createToolCallAssembler } from './tool-call-assembler.ts';
import type { ToolCallAssembler, ToolCallStyle } from './tool-call-assembler.ts';
import { isWireObject, readString } from '@openclaw/upstream-errors';
import { finishReasonOf, readChoice, readLogprobs, readContent, isEmpty } from './wire-format.ts';
import type { WireObject } from '@openclaw/upstream-errors';
import type { WireContent } from './wire-format.ts';

export interface ChunkDecoderOptions {
  /** The requested model, for servers that do not name the one that answers. */
  readonly model: string;
  /** Called when the answer fails. */
  readonly failures: () => Failures;
  readonly generateId: () => string;
  readonly toolCallStyle?: ToolCallStyle | undefined;
  /** See `ServerQuirks.hidesErrorsInEmptyChunk`. */
  readonly hidesErrorsInEmptyChunk?: boolean | undefined;
  /** Bound on the arguments of all tool calls together, in characters. */
  readonly maxArgumentsLength: number;
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

const NOTHING: readonly StreamEvent[] = [];

/** A class, as there is one for each request: see `createEventStream`. */
class WireChunkDecoder implements ChunkDecoder {
  readonly #options: ChunkDecoderOptions;
  #events: StreamEvent[] = [];
  #pendingKind: ContentKind = 'text';
  #pendingText = '';
  #pendingLogprobs: JsonValue[] = [];
  #answeringModel = '';
  #started = false;
  #ended = false;
  #complete = false;
  #count = 0;
  #usage: Usage | undefined;
  #finishReason: string | undefined;
  #namelessContent = false;
  #mayHideError = false;
  #toolCalls: ToolCallAssembler | undefined;

  constructor(options: ChunkDecoderOptions) {
    this.#options = options;
  }

  ended(): boolean {
    return this.#ended;
  }

  complete(): boolean {
    return this.#complete;
  }

  count(): number {
    return this.#count;
  }

  take(): readonly StreamEvent[] {
    if (this.#pendingText === '' && this.#events.length === 0) return NOTHING;
    this.#flush();
    const taken = this.#events;
    this.#events = [];
    return taken;
  }

  chunk(value: unknown): void {
    if (this.#ended) return;
    this.#count += 1;
    if (!isWireObject(value)) return this.#fail(this.#failures().malformed(JSON.stringify(value)));
    if (isErrorObject(value)) return this.#fail(this.#failures().insideAnswer(value));
    this.#answeringModel ||= readString(value['model']);
    this.#usage = readUsage(value) ?? this.#usage;
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
      for (const token of content.text === '' ? [] : readLogprobs(choice)) this.#pendingLogprobs.push(token);
      if (unnamed && wireReason === '' && !isWhole && isEmpty(content)) this.#decodeEmptyDelta(wireContent);
      else this.#decodeContent(content, { isWhole, unnamed });
    }
    if (this.#ended || wireReason === '') return;
    if (wireReason === 'error') return this.#fail(this.#failures().insideAnswer(choice));
    this.#finishReason ??= wireReason;
  }

  #decodeContent(
    content: WireContent,
    { isWhole, unnamed }: { readonly isWhole: boolean; readonly unnamed: boolean },
  ): void {
    this.#addContent('reasoning', content.reasoning);
    this.#addContent('text', content.text);
    if (content.toolCalls.length > 0) this.#decodeToolCalls(content, isWhole);
    if (this.#toolCalls !== undefined && this.#toolCalls.size() > this.#options.maxArgumentsLength)
      return this.#fail(
        this.#failures().overLimit('the arguments of its tool calls', this.#options.maxArgumentsLength),
      );
    if (isEmpty(content)) return;
    this.#mayHideError = false;
    this.#namelessContent ||= unnamed;
  }

  #decodeToolCalls({ toolCalls }: WireContent, isWhole: boolean): void {
    const { toolCallStyle: style, generateId } = this.#options;
    this.#toolCalls ??= createToolCallAssembler({ style, emit: (event) => this.#emit(event), generateId });
    for (const toolCall of toolCalls) {
      if (isWhole) this.#toolCalls.addWhole(toolCall);
      else this.#toolCalls.add(toolCall);
    }
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
    if (kind !== this.#pendingKind) {
      this.#flush();
      this.#pendingKind = kind;
    }
    if (this.#pendingText === '') this.#toolCalls?.settle();
    this.#pendingText += text;
  }

  #flush(): void {
    if (this.#pendingText === '') return;
    const text = this.#pendingText;
    const logprobs = this.#pendingLogprobs;
    this.#pendingText = '';
    this.#start();
    if (this.#pendingKind === 'reasoning') this.#events.push({ type: 'reasoning-delta', text });
    else if (logprobs.length === 0) this.#events.push({ type: 'text-delta', text });
    else {
      this.#pendingLogprobs = [];
      this.#events.push({ type: 'text-delta', text, logprobs });
    }
  }

  #emit(event: StreamEvent): void {
    this.#flush();
    this.#start();
    this.#events.push(event);
  }

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#events.push({ type: 'start', model: this.#answeringModel || this.#options.model });
  }

  done(): void {
    if (this.#ended) return;
    if (this.#finishReason === undefined && this.#mayHideError) return this.#fail(this.#failures().hiddenError());
    if (this.#count === 0) return this.#fail(this.#failures().truncated('it ended before any content'));
    this.#finish();
  }

  end(): void {
    if (this.#ended) return;
    if (this.#finishReason !== undefined) return this.#finish();
    this.#fail(
      this.#mayHideError
        ? this.#failures().hiddenError()
        : this.#failures().truncated('it ended without a finish reason'),
    );
  }

  interrupt(error: ProviderError): void {
    if (this.#ended) return;
    if (this.#finishReason !== undefined && error.code !== 'aborted') return this.#finish();
    this.#fail(error);
  }

  #finish(): void {
    this.#flush();
    this.#toolCalls?.close();
    this.#start();
    this.#ended = true;
    this.#complete = true;
    const reason = finishReasonOf(this.#finishReason);
    const settled = reason === 'stop' && (this.#toolCalls?.count() ?? 0) > 0 ? 'tool-calls' : reason;
    const usage = this.#usage;
    this.#events.push(
      usage === undefined ? { type: 'finish', reason: settled } : { type: 'finish', reason: settled, usage },
    );
  }

  #fail(error: ProviderError): void {
    this.#flush();
    this.#ended = true;
    this.#events.push({ type: 'error', error });
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
