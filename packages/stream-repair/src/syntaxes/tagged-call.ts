import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readFunction, readFunctionWithAttribute, readNamedFunction } from './function-xml.ts';
import { GLM_CALL_END, readGlmCall } from './glm-call.ts';
import { readJsonCalls, repairJsonCalls } from './json-call.ts';

/**
 * What follows a tag such as `<tool_call>`: JSON calls, or XML ones, several if need be, or one of GLM's, up to the
 * closing tag. That may be missing where the calls are whole; where the JSON is broken it is what shows how far it goes.
 */
export function* readTaggedCalls(
  reader: TextReader,
  tools: ToolIndex,
  closingTag: string,
): Parse<readonly FoundCall[] | undefined> {
  const begin = reader.offset;
  const calls: FoundCall[] = [];
  yield* readBlanks(reader);
  while (reader.peek() === '{' || reader.peek() === '[') {
    const found = yield* readJsonCalls(reader, tools, { argumentsOptional: true });
    if (found === 'foreign') return undefined;
    if (found === 'broken') return yield* readBrokenJson(reader, tools, { begin, closingTag });
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

/** `<functioncall {json}>`: the call stands within the tag, or after it. */
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
  { begin, closingTag }: { readonly begin: number; readonly closingTag: string },
): Parse<readonly FoundCall[] | undefined> {
  let read = reader.text.slice(begin, reader.offset);
  while (!read.endsWith(closingTag)) {
    while (reader.starved) yield;
    if (reader.peek() === '') return undefined;
    const more = reader.peek() === '>' ? reader.peek() : reader.take(/[^>]+/y);
    if (reader.peek() === '>' && more === '>') reader.advance();
    read += more;
  }
  return repairJsonCalls(read.slice(0, -closingTag.length), tools);
}
