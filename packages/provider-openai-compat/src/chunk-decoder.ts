import type { FinishReason, JsonValue, ProviderError, StreamEvent, Usage } from '@openclaw/provider';
import type { Failures } from './failures.ts';
import { readUsage } from './read-usage.ts';
import type { ChunkSink } from './read-chunks.ts';
import { isErrorObject } from './server-words.ts';
import type { SaidText } from './text-template.ts';
import { createToolCallAssembler } from './tool-call-assembler.ts';
import type { ToolCallAssembler, ToolCallStyle } from './tool-call-assembler.ts';
import { isWireObject, readChoice, readLogprobs, readSaid, readString } from './wire-format.ts';
import type { WireObject, WireSaid } from './wire-format.ts';

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
  /** Whether `take` has something to give. */
  holds(): boolean;
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

const FINISH_REASONS: ReadonlyMap<string, FinishReason> = new Map(
  Object.entries({
    stop: 'stop',
    eos: 'stop',
    end_turn: 'stop',
    length: 'length',
    max_tokens: 'length',
    model_length: 'length',
    tool_calls: 'tool-calls',
    function_call: 'tool-calls',
    content_filter: 'content-filter',
  }),
);

/**
 * Decodes the chunks of a stream, or a whole body, which is one large chunk. `finish_reason` ends an answer, with or
 * without `[DONE]`; the finish is told when nothing more can come, because the token counts often come after it.
 */
export function createChunkDecoder({
  model,
  failures,
  generateId,
  toolCallStyle,
  masksErrors = false,
  maxArgumentsLength,
  status = 200,
}: ChunkDecoderOptions): ChunkDecoder {
  let events: StreamEvent[] = [];
  let pendingKind: SaidText['kind'] = 'text';
  let pendingText = '';
  let pendingLogprobs: JsonValue[] = [];
  let answeringModel = '';
  let started = false;
  let ended = false;
  let complete = false;
  let count = 0;
  let usage: Usage | undefined;
  let finishReason: string | undefined;
  let saidWithoutModel = false;
  let masked = false;
  let toolCalls: ToolCallAssembler | undefined;

  return {
    ended: () => ended,
    complete: () => complete,
    count: () => count,
    holds: () => pendingText !== '' || events.length > 0,
    take,
    chunk,
    text: (kind, said) => {
      count += 1;
      say(kind, said);
    },
    done,
    end,
    interrupt,
    malformed: (excerpt) => fail(failures().malformed(excerpt)),
    unrecognised: (excerpt) => fail(failures().unrecognised(excerpt, status)),
    overLimit: (what, limitBytes) => fail(failures().overLimit(what, limitBytes)),
  };

  function take(): readonly StreamEvent[] {
    flush();
    const taken = events;
    events = [];
    return taken;
  }

  function chunk(value: unknown): void {
    if (ended) return;
    count += 1;
    if (!isWireObject(value)) return fail(failures().malformed(JSON.stringify(value)));
    if (isErrorObject(value)) return fail(failures().insideAnswer(value));
    answeringModel ||= readString(value['model']);
    usage = readUsage(value) ?? usage;
    const choice = readChoice(value);
    if (choice !== undefined) decodeChoice(choice, value['model'] === '');
  }

  function decodeChoice(choice: WireObject, unnamed: boolean): void {
    if (isWireObject(choice['error'])) return fail(failures().insideAnswer(choice));
    const wireReason = readString(choice['finish_reason']);
    const message = choice['message'];
    const isWhole = isWireObject(message);
    const wireSaid = isWhole ? message : choice['delta'];
    if (isWireObject(wireSaid)) {
      const said = readSaid(wireSaid);
      for (const token of said.text === '' ? [] : readLogprobs(choice)) pendingLogprobs.push(token);
      if (unnamed && wireReason === '' && !isWhole && saysNothing(said)) hearEmpty(wireSaid);
      else hear(said, { isWhole, unnamed });
    }
    if (ended || wireReason === '') return;
    if (wireReason === 'error') return fail(failures().insideAnswer(choice));
    finishReason ??= wireReason;
  }

  function hear(said: WireSaid, { isWhole, unnamed }: { readonly isWhole: boolean; readonly unnamed: boolean }): void {
    say('reasoning', said.reasoning);
    say('text', said.text);
    if (said.toolCalls.length > 0) hearToolCalls(said, isWhole);
    if (toolCalls !== undefined && toolCalls.size() > maxArgumentsLength)
      return fail(failures().overLimit('the arguments of its tool calls', maxArgumentsLength));
    if (saysNothing(said)) return;
    masked = false;
    saidWithoutModel ||= unnamed;
  }

  function hearToolCalls(said: WireSaid, isWhole: boolean): void {
    toolCalls ??= createToolCallAssembler({ style: toolCallStyle, emit: tell, generateId });
    for (const toolCall of said.toolCalls) {
      if (isWhole) toolCalls.addWhole(toolCall);
      else toolCalls.add(toolCall);
    }
  }

  /** An empty delta without a model. Servers that never name one may open with it, so for those it only counts if nothing follows. */
  function hearEmpty(delta: WireObject): void {
    if (finishReason !== undefined) return;
    if (masksErrors) return fail(failures().masked());
    if (!saidWithoutModel && delta['content'] === '') masked = true;
  }

  function say(kind: SaidText['kind'], said: string): void {
    if (said === '') return;
    if (kind !== pendingKind) {
      flush();
      pendingKind = kind;
    }
    if (pendingText === '') toolCalls?.settle();
    pendingText += said;
  }

  function flush(): void {
    if (pendingText === '') return;
    const text = pendingText;
    const logprobs = pendingLogprobs;
    pendingText = '';
    start();
    if (pendingKind === 'reasoning') events.push({ type: 'reasoning-delta', text });
    else if (logprobs.length === 0) events.push({ type: 'text-delta', text });
    else {
      pendingLogprobs = [];
      events.push({ type: 'text-delta', text, logprobs });
    }
  }

  function tell(event: StreamEvent): void {
    flush();
    start();
    events.push(event);
  }

  function start(): void {
    if (started) return;
    started = true;
    events.push({ type: 'start', model: answeringModel === '' ? model : answeringModel });
  }

  function done(): void {
    if (ended) return;
    if (finishReason === undefined && masked) return fail(failures().masked());
    if (count === 0) return fail(failures().truncated('it was over before anything was said'));
    finish();
  }

  function end(): void {
    if (ended) return;
    if (finishReason !== undefined) return finish();
    fail(masked ? failures().masked() : failures().truncated('it ended without a finish reason'));
  }

  function interrupt(error: ProviderError): void {
    if (ended) return;
    if (finishReason !== undefined && error.code !== 'aborted') return finish();
    fail(error);
  }

  function finish(): void {
    flush();
    toolCalls?.close();
    start();
    ended = true;
    complete = true;
    const reason = finishReason === undefined ? 'stop' : (FINISH_REASONS.get(finishReason) ?? 'other');
    const settled = reason === 'stop' && (toolCalls?.count() ?? 0) > 0 ? 'tool-calls' : reason;
    events.push(usage === undefined ? { type: 'finish', reason: settled } : { type: 'finish', reason: settled, usage });
  }

  function fail(error: ProviderError): void {
    flush();
    ended = true;
    events.push({ type: 'error', error });
  }
}

function saysNothing({ text, reasoning, toolCalls }: WireSaid): boolean {
  return text === '' && reasoning === '' && toolCalls.length === 0;
}
