import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readJsonCalls, readRestOfArray } from './json-call.ts';
import { readLooseArguments } from './loose-arguments.ts';

/**
 * Reads the text after Llama's `<|python_tag|>` or `<|python_start|>`: JSON calls joined by `;`, an array, or Python.
 */
export function* readPythonTag(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  const calls: FoundCall[] = [];
  for (;;) {
    yield* readWhile(reader, calls.length > 0 ? /[\s;]+/y : /\s+/y);
    if (calls.length > 0 && reader.peek() !== '{') return calls;
    const found = yield* readOne(reader, tools);
    if (!found) return undefined;
    calls.push(...found);
  }
}

/**
 * Reads the text after a `[` at the start of a line: the rest of an array of JSON calls, or of a list of Python calls.
 */
export function* readBracketed(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  if (reader.peek() === '{') return known(yield* readRestOfArray(reader, tools));
  const calls: FoundCall[] = [];
  for (;;) {
    const call = yield* readPythonCall(reader, tools);
    if (!call) return undefined;
    calls.push(call);
    yield* readBlanks(reader);
    const mark = reader.peek();
    if (mark !== ',' && mark !== ']') return undefined;
    reader.advance();
    if (mark === ']') return calls;
    yield* readBlanks(reader);
  }
}

function* readOne(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  if (reader.peek() === '{') return known(yield* readJsonCalls(reader, tools, { argumentsOptional: true }));
  if (reader.peek() === '[') {
    reader.advance();
    return yield* readBracketed(reader, tools);
  }
  const call = yield* readPythonCall(reader, tools);
  return call && [call];
}

/** Reads Python calls line by line, up to the first text that is none. */
export function* readPythonLines(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  const calls: FoundCall[] = [];
  for (;;) {
    yield* readWhile(reader, /[\s;,]+/y);
    const start = reader.offset;
    const call = yield* readPythonCall(reader, tools);
    if (!call) {
      reader.rewind(reader.offset - start);
      return calls.length > 0 ? calls : undefined;
    }
    calls.push(call);
  }
}

/** `name(key="value")`, keyword arguments and literals only. */
function* readPythonCall(reader: TextReader, tools: ToolIndex): Parse<FoundCall | undefined> {
  const { word: name } = yield* readWord(reader, tools.names);
  if (name === undefined || reader.peek() !== '(') return undefined;
  reader.advance();
  const argumentsText = yield* readLooseArguments(reader, { close: ')', assign: '=' }, tools.get(name)?.parameters);
  return argumentsText === undefined ? undefined : { name, argumentsText };
}

function known(found: readonly FoundCall[] | string): readonly FoundCall[] | undefined {
  return typeof found === 'string' ? undefined : found;
}
