import { isProviderError } from '@openclaw/provider';
import type { FinishReason, JsonValue, StreamEvent } from '@openclaw/provider';
import { isWireObject, parseJson, readString } from '@openclaw/upstream-errors';
import type { WireObject } from '@openclaw/upstream-errors';
import { AnswerEvents, createLineBuffer, decodeUtf8 } from '@openclaw/upstream-wire';
import type { AnswerEventsOptions, BodyDecoder, BodyPiece, LineBuffer, WireToolCall } from '@openclaw/upstream-wire';
import { readUsage } from './read-usage.ts';

export interface ChatDecoderOptions extends AnswerEventsOptions {
  /** Bound on the bytes of an incomplete line. */
  readonly maxBodyBytes: number;
  /** HTTP status of the answer. */
  readonly status: number;
}

/** Decodes an answer of `/api/chat`: JSON line by line, or one document. */
export function createChatDecoder(options: ChatDecoderOptions): BodyDecoder {
  return new ChatDecoder(options);
}

const OPENING_BRACE = 0x7b;
/** More than is shown, so that a secret is recognised before it is cut. */
const EXCERPT_LENGTH = 1_000;

/** A class, as there is one for each request: see `createEventStream`. */
class ChatDecoder implements BodyDecoder {
  readonly #options: ChatDecoderOptions;
  readonly #events: AnswerEvents;
  /** Absent until the first piece that is not the whole body. */
  #lines: LineBuffer | undefined;
  /** A first line that is not JSON, and what follows it: a document on several lines, or no answer at all. */
  #document = '';
  #count = 0;

  constructor(options: ChatDecoderOptions) {
    this.#options = options;
    this.#events = new AnswerEvents(options);
  }

  decode(piece: BodyPiece): readonly StreamEvent[] {
    if (!this.#decodeWhole(piece)) this.#decodePiece(piece);
    return this.#events.take();
  }

  complete(): boolean {
    return this.#events.complete();
  }

  count(): number {
    return this.#count;
  }

  /** Most bodies that come at once are one JSON document. */
  #decodeWhole({ bytes, done, failure }: BodyPiece): boolean {
    if (!done || failure !== undefined || this.#lines !== undefined || bytes[0] !== OPENING_BRACE) return false;
    const body = parseJson(decodeUtf8(bytes));
    if (body === undefined) return false;
    this.#decodeChunk(body);
    this.#end('');
    return true;
  }

  #decodePiece({ bytes, done, failure }: BodyPiece): void {
    if (bytes.length === 0 && !done) return;
    const lines = (this.#lines ??= createLineBuffer());
    for (const line of lines.push(bytes).split('\n')) this.#decodeLine(line);
    const { maxBodyBytes, failures } = this.#options;
    if (lines.pendingBytes() + this.#document.length > maxBodyBytes)
      this.#events.fail(failures().overLimit('the body', maxBodyBytes));
    if (!done) return;
    if (failure === undefined) this.#end(lines.rest());
    // A connection that failed after the answer was complete did no harm.
    else if (isProviderError(failure)) this.#events.fail(failure);
    else throw failure;
  }

  #decodeLine(line: string): void {
    if (this.#events.ended()) return;
    if (this.#document !== '') this.#document += `\n${line}`;
    else if (line.trim() !== '') {
      const value = parseJson(line);
      if (value !== undefined) this.#decodeChunk(value);
      else if (this.#count === 0) this.#document = line;
      else this.#events.fail(this.#options.failures().malformed(line.slice(0, EXCERPT_LENGTH)));
    }
  }

  /** The last line may have no line end (errors of cloud models), or may be cut off. */
  #end(rest: string): void {
    const text = this.#document === '' ? rest : `${this.#document}\n${rest}`;
    const value = parseJson(text);
    if (value !== undefined && !this.#events.ended()) this.#decodeChunk(value);
    const { failures, status } = this.#options;
    this.#events.fail(
      this.#count === 0 && !/^\s*\{/.test(text)
        ? failures().unrecognised(text.slice(0, EXCERPT_LENGTH), status)
        : failures().truncated('it ended without `"done":true`'),
    );
  }

  #decodeChunk(chunk: unknown): void {
    this.#count += 1;
    const { failures } = this.#options;
    if (!isWireObject(chunk)) return this.#events.fail(failures().malformed(JSON.stringify(chunk)));
    if (isError(chunk)) return this.#events.fail(failures().insideAnswer(chunk));
    this.#events.model(readString(chunk['model']));
    const message = chunk['message'];
    if (isWireObject(message)) this.#decodeMessage(message, { logprobs: chunk['logprobs'] });
    if (chunk['done'] === true) this.#events.finish(finishReasonOf(chunk['done_reason']), { usage: readUsage(chunk) });
  }

  #decodeMessage(message: WireObject, { logprobs }: { readonly logprobs: unknown }): void {
    const text = readString(message['content']);
    this.#events.content('reasoning', readString(message['thinking']));
    if (text !== '' && isJsonArray(logprobs)) this.#events.logprobs(logprobs);
    this.#events.content('text', text);
    const entries: unknown = message['tool_calls'];
    if (!Array.isArray(entries) || entries.length === 0) return;
    // Every entry is a whole call, whatever its index: built-in parsers gave all of them index 0 until 0.20.6.
    this.#events.toolCalls(entries.filter(isWireObject).map(readToolCall), { whole: true });
  }
}

/** An error in place of a chunk. Releases 0.11.0 to 0.11.4 named the key `error parsing tool call`. */
function isError(chunk: WireObject): boolean {
  const { error } = chunk;
  if (error !== undefined && error !== null) return true;
  return !isWireObject(chunk['message']) && chunk['done'] === undefined;
}

function readToolCall(entry: WireObject): WireToolCall {
  const called = isWireObject(entry['function']) ? entry['function'] : entry;
  const given = called['arguments'] ?? {};
  return {
    index: undefined,
    id: readString(entry['id']),
    name: readString(called['name']),
    argumentsText: typeof given === 'string' ? given : JSON.stringify(given),
    opens: true,
  };
}

/** An array that was parsed from JSON has JSON values. */
function isJsonArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Absent means that the model stopped by itself. */
function finishReasonOf(reason: unknown): FinishReason {
  if (reason === 'length') return 'length';
  return readString(reason) === '' || reason === 'stop' ? 'stop' : 'other';
}
