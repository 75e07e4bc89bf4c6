import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readFunction, readFunctionWithAttribute, readNamedFunction } from './function-xml.ts';
import { readJsonCalls, repairJsonCalls } from './json-call.ts';
import type { JsonCallOptions } from './json-call.ts';
import { XML_NOTATION } from './xml-parameters.ts';
import type { XmlNotation } from './xml-parameters.ts';

/** How the inside of a tag is read. */
export interface TaggedCallOptions extends JsonCallOptions {
  readonly closingTag: string;
  readonly notation?: XmlNotation;
}

/**
 * Reads the text after a tag such as `<tool_call>`: one or more JSON or XML calls, up to the closing tag. That may be
 * missing if the calls are complete. Broken JSON ends at it.
 */
export function* readTaggedCalls(
  reader: TextReader,
  tools: ToolIndex,
  options: TaggedCallOptions,
): Parse<readonly FoundCall[] | undefined> {
  const start = reader.offset;
  const calls: FoundCall[] = [];
  yield* readBlanks(reader);
  while (reader.peek() === '{' || reader.peek() === '[') {
    const found = yield* readJsonCalls(reader, tools, { argumentsOptional: true, ...options });
    if (found === 'foreign') return undefined;
    if (found === 'broken') return yield* readBrokenJson(reader, tools, { start, closingTag: options.closingTag });
    calls.push(...found);
    yield* skipExtraBraces(reader);
  }
  return calls.length > 0 ? calls : yield* readXmlCalls(reader, tools, options);
}

const XML_OPENINGS = ['<function=', '<function ', '<invoke ', '<function>'];

/** Reads one or more calls in XML. */
function* readXmlCalls(
  reader: TextReader,
  tools: ToolIndex,
  { notation = XML_NOTATION }: TaggedCallOptions,
): Parse<readonly FoundCall[] | undefined> {
  const calls: FoundCall[] = [];
  for (;;) {
    const start = reader.offset;
    const { word } = yield* readWord(reader, XML_OPENINGS);
    const found =
      word === undefined
        ? undefined
        : word === '<function>'
          ? yield* readNamedFunction(reader, tools)
          : yield* (word === '<function=' ? readFunction : readFunctionWithAttribute)(reader, tools, notation);
    if (!found) {
      reader.rewind(reader.offset - start);
      return calls.length > 0 ? calls : undefined;
    }
    calls.push(...found);
    yield* readBlanks(reader);
  }
}

/** Reads `<functioncall {json}>`: the call is inside the tag, or after it. */
export function* readFunctioncall(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  if (reader.peek() === '>') {
    reader.advance();
    return yield* readTaggedCalls(reader, tools, { closingTag: '</functioncall>' });
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
