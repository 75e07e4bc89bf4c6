import type { FinishReason, JsonValue, ProviderError, RepairEvent, StreamEvent, Usage } from '@openclaw/provider';
import type { Failures } from '@openclaw/upstream-errors';
import { createToolCallAssembler } from './tool-call-assembler.ts';
import type { ToolCallAssembler, ToolCallStyle, WireToolCall } from './tool-call-assembler.ts';

export type ContentKind = 'text' | 'reasoning';

export interface AnswerEventsOptions {
  /** The requested model, for servers that do not name the one that answers. */
  readonly model: string;
  /** Called when the answer fails. */
  readonly failures: () => Failures;
  readonly generateId: () => string;
  readonly toolCallStyle?: ToolCallStyle | undefined;
  /** Bound on the arguments of all tool calls together, in characters. */
  readonly maxArgumentsLength: number;
  /** What was changed in the request so that the server accepts it. Follows `start`. */
  readonly repairs?: readonly RepairEvent[] | undefined;
}

/** What a server says of the end of an answer. */
export interface FinishFacts {
  readonly usage?: Usage | undefined;
  readonly stopSequence?: string | undefined;
}

const NOTHING: readonly StreamEvent[] = [];

/**
 * Writes the events of an answer in the grammar of `StreamEvent`. Adjacent deltas of one kind are one event. After the
 * end nothing is written. A class, as there is one for each request: see `createEventStream`.
 */
export class AnswerEvents {
  readonly #options: AnswerEventsOptions;
  #events: StreamEvent[] = [];
  #pendingKind: ContentKind = 'text';
  #pendingText = '';
  #pendingLogprobs: JsonValue[] = [];
  #answeringModel = '';
  #started = false;
  #ended = false;
  #complete = false;
  #toolCalls: ToolCallAssembler | undefined;

  constructor(options: AnswerEventsOptions) {
    this.#options = options;
  }

  /** Whether the answer is complete or has failed. */
  ended(): boolean {
    return this.#ended;
  }

  /** Whether the answer is complete: its last event is `finish`. */
  complete(): boolean {
    return this.#complete;
  }

  /** The events since the last call. */
  take(): readonly StreamEvent[] {
    if (this.#pendingText === '' && this.#events.length === 0) return NOTHING;
    this.#flush();
    const taken = this.#events;
    this.#events = [];
    return taken;
  }

  /** The model that the server names. The first name counts. */
  model(name: string): void {
    this.#answeringModel ||= name;
  }

  content(kind: ContentKind, text: string): void {
    if (text === '') return;
    if (kind !== this.#pendingKind) {
      this.#flush();
      this.#pendingKind = kind;
    }
    if (this.#pendingText === '') this.#toolCalls?.settle();
    this.#pendingText += text;
  }

  /** The log probabilities of the text that follows. */
  logprobs(tokens: readonly JsonValue[]): void {
    for (const token of tokens) this.#pendingLogprobs.push(token);
  }

  /** Entries of tool calls: `whole` ones, or those of a streamed delta. */
  toolCalls(entries: readonly WireToolCall[], { whole }: { readonly whole: boolean }): void {
    const { toolCallStyle: style, generateId, failures, maxArgumentsLength } = this.#options;
    this.#toolCalls ??= createToolCallAssembler({ style, emit: (event) => this.#emit(event), generateId });
    for (const entry of entries) {
      if (whole) this.#toolCalls.addWhole(entry);
      else this.#toolCalls.add(entry);
    }
    if (this.#toolCalls.size() > maxArgumentsLength)
      this.fail(failures().overLimit('the arguments of its tool calls', maxArgumentsLength));
  }

  /** Ends the answer. Where tools were called, a stop is the reason `tool-calls`. */
  finish(reason: FinishReason, { usage, stopSequence }: FinishFacts = {}): void {
    if (this.#ended) return;
    this.#flush();
    this.#toolCalls?.close();
    this.#start();
    this.#ended = true;
    this.#complete = true;
    const settled = reason === 'stop' && (this.#toolCalls?.count() ?? 0) > 0 ? 'tool-calls' : reason;
    this.#events.push({
      type: 'finish',
      reason: settled,
      ...(usage !== undefined && { usage }),
      ...(settled === 'stop' && stopSequence !== undefined && { stopSequence }),
    });
  }

  /** Ends the answer as a failure. */
  fail(error: ProviderError): void {
    if (this.#ended) return;
    this.#flush();
    this.#ended = true;
    this.#events.push({ type: 'error', error });
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
    for (const repair of this.#options.repairs ?? []) this.#events.push(repair);
  }
}
