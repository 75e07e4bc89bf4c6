import { readUntil } from './grammar/read-until.ts';
import { parseJson } from './json.ts';
import { readBlanks, readWhile, readWord } from './text-reader.ts';
import type { Parse, TextReader } from './text-reader.ts';
import type { ToolCallReader } from './tool-call-syntaxes.ts';
import type { FoundCall } from './tool-index.ts';

/** What the model said at the end of its reasoning. */
export type ReasoningEnd =
  | { readonly type: 'calls'; readonly calls: readonly FoundCall[] }
  | { readonly type: 'text'; readonly text: string };

/** What may be at the end of reasoning. */
export interface ReasoningEndOptions {
  /** Reads calls; absent if none are recovered. */
  readonly calls: ToolCallReader | undefined;
  /** Whether the request asked for JSON, so that reasoning which is JSON is the answer. */
  readonly jsonAnswer: boolean;
  /** Whether the reasoning starts here. */
  readonly isStart: boolean;
}

const RESPONSE = ['<response>'];

/** Reads what the model said at the end of its reasoning; `undefined` as soon as it is reasoning. */
export function* readReasoningEnd(
  reader: TextReader,
  { calls, jsonAnswer, isStart }: ReasoningEndOptions,
): Parse<ReasoningEnd | undefined> {
  if (jsonAnswer && isStart) {
    while (reader.starved) yield;
    if (reader.peek() === '{' || reader.peek() === '[') return yield* readJsonAnswer(reader);
  }
  const { word } = yield* readWord(reader, RESPONSE);
  if (word !== undefined) return yield* readResponse(reader);
  if (!calls) return undefined;
  reader.moveTo(0);
  return yield* readCallsAtEnd(reader, calls);
}

/** Reads JSON that is all there is. */
function* readJsonAnswer(reader: TextReader): Parse<ReasoningEnd | undefined> {
  const text = yield* readWhile(reader, /[^]+/y);
  return parseJson(text) === undefined ? undefined : { type: 'text', text };
}

/** Reads the text behind `<response>` (Magistral, Granite), up to the closing tag or the end. */
function* readResponse(reader: TextReader): Parse<ReasoningEnd | undefined> {
  const start = reader.offset;
  const inside = yield* readUntil(reader, { first: '<', ends: ['</response>'] });
  yield* readBlanks(reader);
  if (reader.peek() !== '') return undefined;
  const text = (inside?.text ?? reader.text.slice(start)).trim();
  return text === '' ? undefined : { type: 'text', text };
}

/** Reads whole calls behind a marker, with nothing but blanks and closing markers behind them. */
function* readCallsAtEnd(reader: TextReader, calls: ToolCallReader): Parse<ReasoningEnd | undefined> {
  const found: FoundCall[] = [];
  for (;;) {
    const next = yield* calls.read(reader);
    if (!next) return undefined;
    if (next !== 'closing') {
      if (next.form !== 'marked') return undefined;
      found.push(...next.calls);
    } else if (found.length === 0) return undefined;
    yield* readBlanks(reader);
    if (reader.peek() === '') return { type: 'calls', calls: found };
  }
}
