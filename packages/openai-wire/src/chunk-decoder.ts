import type { JsonValue, ProviderError, StreamEvent, Usage } from '@openclaw/provider';
import type { Failures } from '@openclaw/upstream-errors';
import { readUsage } from './read-usage.ts';
import type { ChunkSink } from './read-chunks.ts';
import { isErrorObject } from '@openclaw/upstream-errors';
import type { SaidText } from './text-template.ts';
import { createToolCallAssembler } from './tool-call-assembler.ts';
import type { ToolCallAssembler, ToolCallStyle } from './tool-call-assembler.ts';
import { isWireObject, readString } from '@openclaw/upstream-errors';
import { finishReasonOf, readChoice, readLogprobs, readSaid, saysNothing } from './wire-format.ts';
import type { WireObject } from '@openclaw/upstream-errors';
import type { WireSaid } from './wire-format.ts';

export interface ChunkDecoderOptions {
  /** The model that was asked, for servers that do not name the one that answers. */
  readonly model: string;
  /** Made when something fails. */
  readonly failures: () => Failures;
  readonly generateId: () => string;
  readonly toolCallStyle?: ToolCallStyle | undefined;
  /** See `ServerQuirks.masksErrors`. */
  readonly masksErrors?: boolean | undefined;
  /** Bound on the arguments of all tool calls together, in characters. */
  readonly maxArgumentsLength: number;
  /** HTTP status of the answer. @default 200 */
  readonly status?: number | undefined;
}

/** Chunks in, events out; it does not know where the chunks come from. */
export interface ChunkDecoder extends ChunkSink {
  /** The events since the last call. Text that came in one piece with other text is one event. */
  take(): readonly StreamEvent[];
  /** Whether the answer came to its end, so that `finish` was or will be taken. */
  complete(): boolean;
  /** How many chunks were decoded. */
  count(): number;
  /** The body came to its end. */
  end(): void;
  /** The body did not come to its end: connection lost, clock run out, aborted. */
  interrupt(error: ProviderError): void;
}

/**
 * Decodes the chunks of a stream, or a whole body, which is one large chunk. `finish_reason` ends an answer, with or
 * without `[DONE]`; the finish is told when nothing more can come, because the token counts often come after it.
 */
export function createChunkDecoder(options: ChunkDecoderOptions): ChunkDecoder {
  return new WireChunkDecoder(options);
}

const NOTHING: readonly StreamEvent[] = [];

/** A class, as there is one for each request: the closures of an object would cost more than what they do. */
class WireChunkDecoder implements ChunkDecoder {
  readonly #options: ChunkDecoderOptions;
  #events: StreamEvent[] = [];
  #pendingKind: SaidText['kind'] = 'text';
  #pendingText = '';
  #pendingLogprobs: JsonValue[] = [];
  #answeringModel = '';
  #started = false;
  #ended = false;
  #complete = false;
  #count = 0;
  #usage: Usage | undefined;
  #finishReason: string | undefined;
  #saidWithoutModel = false;
  #masked = false;
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

  text(kind: SaidText['kind'], said: string): void {
    this.#count += 1;
    this.#say(kind, said);
  }

  #decodeChoice(choice: WireObject, unnamed: boolean): void {
    if (isWireObject(choice['error'])) return this.#fail(this.#failures().insideAnswer(choice));
    const wireReason = readString(choice['finish_reason']);
    const message = choice['message'];
    const isWhole = isWireObject(message);
    const wireSaid = isWhole ? message : choice['delta'];
    if (isWireObject(wireSaid)) {
      const said = readSaid(wireSaid);
      for (const token of said.text === '' ? [] : readLogprobs(choice)) this.#pendingLogprobs.push(token);
      if (unnamed && wireReason === '' && !isWhole && saysNothing(said)) this.#hearEmpty(wireSaid);
      else this.#hear(said, { isWhole, unnamed });
    }
    if (this.#ended || wireReason === '') return;
    if (wireReason === 'error') return this.#fail(this.#failures().insideAnswer(choice));
    this.#finishReason ??= wireReason;
  }

  #hear(said: WireSaid, { isWhole, unnamed }: { readonly isWhole: boolean; readonly unnamed: boolean }): void {
    this.#say('reasoning', said.reasoning);
    this.#say('text', said.text);
    if (said.toolCalls.length > 0) this.#hearToolCalls(said, isWhole);
    if (this.#toolCalls !== undefined && this.#toolCalls.size() > this.#options.maxArgumentsLength)
      return this.#fail(
        this.#failures().overLimit('the arguments of its tool calls', this.#options.maxArgumentsLength),
      );
    if (saysNothing(said)) return;
    this.#masked = false;
    this.#saidWithoutModel ||= unnamed;
  }

  #hearToolCalls(said: WireSaid, isWhole: boolean): void {
    const { toolCallStyle: style, generateId } = this.#options;
    this.#toolCalls ??= createToolCallAssembler({ style, emit: (event) => this.#tell(event), generateId });
    for (const toolCall of said.toolCalls) {
      if (isWhole) this.#toolCalls.addWhole(toolCall);
      else this.#toolCalls.add(toolCall);
    }
  }

  /** An empty delta without a model. Servers that never name one may open with it, so for those it only counts if nothing follows. */
  #hearEmpty(delta: WireObject): void {
    if (this.#finishReason !== undefined) return;
    if (this.#options.masksErrors === true) return this.#fail(this.#failures().masked());
    if (!this.#saidWithoutModel && delta['content'] === '') this.#masked = true;
  }

  #say(kind: SaidText['kind'], said: string): void {
    if (said === '') return;
    if (kind !== this.#pendingKind) {
      this.#flush();
      this.#pendingKind = kind;
    }
    if (this.#pendingText === '') this.#toolCalls?.settle();
    this.#pendingText += said;
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

  #tell(event: StreamEvent): void {
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
    if (this.#finishReason === undefined && this.#masked) return this.#fail(this.#failures().masked());
    if (this.#count === 0) return this.#fail(this.#failures().truncated('it was over before anything was said'));
    this.#finish();
  }

  end(): void {
    if (this.#ended) return;
    if (this.#finishReason !== undefined) return this.#finish();
    this.#fail(
      this.#masked ? this.#failures().masked() : this.#failures().truncated('it ended without a finish reason'),
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
