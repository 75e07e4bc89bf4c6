import type { ToolDefinition } from '@openclaw/provider';
import { missingParameter } from '../schema-types.ts';
import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readRawValue } from './json-value.ts';
import { readLooseArguments } from './loose-arguments.ts';
import { typedArguments } from './typed-arguments.ts';
import { readParameters, XML_NOTATION } from './xml-parameters.ts';
import type { XmlNotation } from './xml-parameters.ts';

const FUNCTION_ENDS = ['</function>', '</invoke>'];
const NAME_ATTRIBUTE = ['name='];

/**
 * Reads the text after `<function=`: `name>` and a body, or the arguments within the tag: `name{json}`,
 * `name({json})`.
 */
export function* readFunction(
  reader: TextReader,
  tools: ToolIndex,
  notation: XmlNotation = XML_NOTATION,
): Parse<readonly FoundCall[] | undefined> {
  const name = yield* readName(reader, { character: /[^>\n({,=]/y, limit: tools.maxNameLength });
  const tool = tools.get(name);
  if (!tool) return undefined;
  const mark = reader.peek();
  if (/[({,=]/.test(mark)) return yield* readArgumentsInTag(reader, tool);
  if (mark !== '>') return undefined;
  reader.advance();
  return yield* readFunctionBody(reader, tool, notation);
}

/** Reads the text after `<function `: `name="…">` and a body. */
export function* readFunctionWithAttribute(
  reader: TextReader,
  tools: ToolIndex,
  notation: XmlNotation = XML_NOTATION,
): Parse<readonly FoundCall[] | undefined> {
  const { word } = yield* readWord(reader, NAME_ATTRIBUTE);
  const name =
    word === undefined ? undefined : yield* readName(reader, { character: /[^>\n]/y, limit: tools.maxNameLength });
  const tool = name === undefined || reader.peek() !== '>' ? undefined : tools.get(name);
  if (!tool) return undefined;
  reader.advance();
  return yield* readFunctionBody(reader, tool, notation);
}

/** Reads the text after `<function>`: `name</function>`, then the arguments as JSON. */
export function* readNamedFunction(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  const name = (yield* readWhile(reader, /[^<]/y, tools.maxNameLength + 4)).trim();
  if (!tools.get(name)) return undefined;
  const { word } = yield* readWord(reader, FUNCTION_ENDS);
  if (word === undefined) return undefined;
  yield* readBlanks(reader);
  return reader.peek() === '{' ? yield* readJsonBody(reader, name) : undefined;
}

/**
 * Reads `{json}`, `={json}`, `,{json}`, `({json})` or `(key=value)`, and the `>` after it, if there is one.
 */
function* readArgumentsInTag(
  reader: TextReader,
  { name, parameters }: ToolDefinition,
): Parse<readonly FoundCall[] | undefined> {
  const mark = reader.peek();
  if (mark !== '{') {
    reader.advance();
    yield* readBlanks(reader);
  }
  let argumentsText: string | undefined;
  if (reader.peek() === '{') {
    const value = yield* readRawValue(reader);
    argumentsText = value.end === 'whole' ? value.text : undefined;
    if (mark === '(') {
      yield* readBlanks(reader);
      if (reader.peek() !== ')') return undefined;
      reader.advance();
    }
  } else if (mark === '(') {
    argumentsText = yield* readLooseArguments(reader, { close: ')', assign: '=' }, parameters);
  }
  if (argumentsText === undefined) return undefined;
  yield* readWhile(reader, />/y, 0);
  return [{ name, argumentsText }];
}

/** Reads the body of a call: JSON, or parameters up to the end of the call. */
export function* readFunctionBody(
  reader: TextReader,
  { name, parameters }: ToolDefinition,
  notation: XmlNotation,
): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  if (reader.peek() === '{') return yield* readJsonBody(reader, name);
  const read = yield* readParameters(reader, notation);
  if (!read) return undefined;
  // Without its end the call may have broken off behind a parameter.
  const keys = read.written.map(({ key }) => key);
  if (!read.isClosed && missingParameter(parameters, keys) !== undefined) return undefined;
  return [{ name, argumentsText: typedArguments(read.written, parameters) }];
}

function* readJsonBody(reader: TextReader, name: string): Parse<readonly FoundCall[] | undefined> {
  const value = yield* readRawValue(reader);
  if (value.end === 'in-string' || (value.end === 'open' && reader.cut)) return undefined;
  return [{ name, argumentsText: value.text }];
}

/** Reads a name without the quotes and blanks around it. */
function* readName(
  reader: TextReader,
  { character, limit }: { readonly character: RegExp; readonly limit: number },
): Parse<string> {
  const name = (yield* readWhile(reader, character, limit + 4)).trim();
  return /^(["']).*\1$/.test(name) ? name.slice(1, -1) : name;
}
