import type { ToolDefinition } from '@openclaw/provider';
import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readRawValue } from './json-value.ts';
import { readLooseArguments } from './loose-arguments.ts';
import { typedArguments } from './typed-arguments.ts';

const FUNCTION_ENDS = ['</function>', '</invoke>'];
const CALL_ENDS = [...FUNCTION_ENDS, '</tool_call>'];
const PARAMETER_OPENINGS = ['<parameter=', '<parameter name=', '<param name='];
const PARAMETER_CLOSINGS = ['</parameter>', '</param>'];
const MAX_PARAMETER_NAME_LENGTH = 128;

/**
 * Reads the text after `<function=`: `name>` and a body, or the arguments within the tag: `name{json}`,
 * `name({json})`.
 */
export function* readFunction(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  const name = yield* readName(reader, { character: /[^>\n({,=]/y, limit: tools.maxNameLength });
  const tool = tools.get(name);
  if (!tool) return undefined;
  const mark = reader.peek();
  if (/[({,=]/.test(mark)) return yield* readArgumentsInTag(reader, tool);
  if (mark !== '>') return undefined;
  reader.advance();
  return yield* readFunctionBody(reader, tool);
}

/** Reads the text after `<function `: `name="…">` and a body. */
export function* readFunctionWithAttribute(
  reader: TextReader,
  tools: ToolIndex,
): Parse<readonly FoundCall[] | undefined> {
  const { word } = yield* readWord(reader, ['name=']);
  const name = word === undefined ? undefined : yield* readTagName(reader, tools.maxNameLength);
  const tool = name === undefined ? undefined : tools.get(name);
  return tool && (yield* readFunctionBody(reader, tool));
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

/** JSON, or `<parameter=key>value</parameter>` lines, up to `</function>`. */
function* readFunctionBody(
  reader: TextReader,
  { name, parameters }: ToolDefinition,
): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  if (reader.peek() === '{') return yield* readJsonBody(reader, name);
  const texts: [string, string][] = [];
  let { word: tag } = yield* readWord(reader, [...PARAMETER_OPENINGS, ...CALL_ENDS]);
  while (tag !== undefined && PARAMETER_OPENINGS.includes(tag)) {
    const key = yield* readTagName(reader, MAX_PARAMETER_NAME_LENGTH);
    if (key === undefined) return undefined;
    const value = yield* readParameterValue(reader);
    if (!value) return undefined;
    texts.push([key, value.text]);
    tag = value.tag;
  }
  return tag === undefined ? undefined : [{ name, argumentsText: typedArguments(texts, parameters) }];
}

function* readJsonBody(reader: TextReader, name: string): Parse<readonly FoundCall[] | undefined> {
  const value = yield* readRawValue(reader);
  if (value.end === 'in-string' || (value.end === 'open' && reader.cut)) return undefined;
  return [{ name, argumentsText: value.text }];
}

/** Reads a name and the `>` after it. */
function* readTagName(reader: TextReader, limit: number): Parse<string | undefined> {
  const name = yield* readName(reader, { character: /[^>\n]/y, limit });
  if (reader.peek() !== '>') return undefined;
  reader.advance();
  return name;
}

/** Reads a name without the quotes and blanks around it. */
function* readName(
  reader: TextReader,
  { character, limit }: { readonly character: RegExp; readonly limit: number },
): Parse<string> {
  const name = (yield* readWhile(reader, character, limit + 4)).trim();
  return /^(["']).*\1$/.test(name) ? name.slice(1, -1) : name;
}

/**
 * Reads a value and the tag after it: the tag of the next parameter, or the end of the call. A closing tag counts only
 * if the call continues or ends after it, so that a value may contain such tags. It may also be missing. One line end
 * after the opening tag and one before the closing tag are layout, the rest is the value.
 */
function* readParameterValue(reader: TextReader): Parse<{ readonly text: string; readonly tag: string } | undefined> {
  let text = '';
  let endsLine = false;
  for (;;) {
    while (reader.starved) yield;
    if (reader.peek() === '') return undefined;
    const plain = reader.take(/[^<]+/y);
    if (plain !== '') {
      text += plain;
      endsLine = plain.endsWith('\n');
      continue;
    }
    const { read, word } = yield* readWord(reader, [...PARAMETER_CLOSINGS, ...FUNCTION_ENDS, ...PARAMETER_OPENINGS]);
    if (word !== undefined && PARAMETER_OPENINGS.includes(word) && endsLine) {
      return { text: withoutLayout(text), tag: word };
    }
    if (word === undefined || PARAMETER_OPENINGS.includes(word)) {
      text += read;
      continue;
    }
    const blanks = yield* readBlanks(reader);
    if (FUNCTION_ENDS.includes(word)) {
      if (reader.peek() === '' || reader.peek() === '<') return { text: withoutLayout(text), tag: word };
      text += read + blanks;
      continue;
    }
    if (reader.peek() === '' && !reader.cut) return { text: withoutLayout(text), tag: '</function>' };
    const next = yield* readWord(reader, [...PARAMETER_OPENINGS, ...CALL_ENDS]);
    if (next.word !== undefined) return { text: withoutLayout(text), tag: next.word };
    text += read + blanks + next.read;
  }
}

function withoutLayout(text: string): string {
  return text.replace(/^\r?\n/, '').replace(/\r?\n$/, '');
}
