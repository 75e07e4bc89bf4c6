import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readFunction, readFunctionWithAttribute, readNamedFunction } from './function-xml.ts';
import { GLM_CALL_END, readGlmCall } from './glm-call.ts';
import { readJsonCalls, repairJsonCalls } from './json-call.ts';

/**
 * Reads the text after a tag such as `<tool_call>`: one or more JSON or XML calls, or one of GLM's, up to the closing
 * tag. That may be missing if the calls are complete. Broken JSON ends at it.
 */
export function* readTaggedCalls(
  reader: TextReader,
  tools: ToolIndex,
  closingTag: string,
): Parse<readonly FoundCall[] | undefined> {
  const start = reader.offset;
  const calls: FoundCall[] = [];
  yield* readBlanks(reader);
  while (reader.peek() === '{' || reader.peek() === '[') {
    const found = yield* readJsonCalls(reader, tools, { argumentsOptional: true });
    if (found === 'foreign') return undefined;
    if (found === 'broken') return yield* readBrokenJson(reader, tools, { start, closingTag });
    calls.push(...found);
    yield* skipExtraBraces(reader);
  }
  if (calls.length > 0) return calls;
  if (closingTag === GLM_CALL_END && reader.peek() !== '<') return yield* readGlmCall(reader, tools);
  const { word } = yield* readWord(reader, Object.keys(XML_CALLS));
  return word === undefined ? undefined : yield* (XML_CALLS[word] ?? readFunction)(reader, tools);
}

const XML_CALLS: Readonly<Record<string, typeof readFunction>> = {
  '<function=': readFunction,
  '<function ': readFunctionWithAttribute,
  '<invoke ': readFunctionWithAttribute,
  '<function>': readNamedFunction,
};

/** Reads `<functioncall {json}>`: the call is inside the tag, or after it. */
export function* readFunctioncall(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  if (reader.peek() === '>') {
    reader.advance();
    return yield* readTaggedCalls(reader, tools, '</functioncall>');
  }
  const found = yield* readJsonCalls(reader, tools, { argumentsOptional: true });
  if (typeof found === 'string') return undefined;
  yield* readBlanks(reader);
  yield* readWhile(reader, /[/>]/y, 1);
  return found;
}

/** Small models often close one brace too many. */
function* skipExtraBraces(reader: TextReader): Parse<void> {
  yield* readBlanks(reader);
  while (reader.peek() === '}') {
    reader.advance();
    yield* readBlanks(reader);
  }
}

function* readBrokenJson(
  reader: TextReader,
  tools: ToolIndex,
  { start, closingTag }: { readonly start: number; readonly closingTag: string },
): Parse<readonly FoundCall[] | undefined> {
  let read = reader.text.slice(start, reader.offset);
  while (!read.endsWith(closingTag)) {
    while (reader.starved) yield;
    if (reader.peek() === '') return undefined;
    const more = reader.peek() === '>' ? reader.peek() : reader.take(/[^>]+/y);
    if (reader.peek() === '>' && more === '>') reader.advance();
    read += more;
  }
  return repairJsonCalls(read.slice(0, -closingTag.length), tools);
}
