import { hasProperties, missingParameter, propertyNames } from '../schema-types.ts';
import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readRawValue } from './json-value.ts';
import { typedArguments } from './typed-arguments.ts';
import type { WrittenArgument } from './typed-arguments.ts';

/** The tags around keys and values of a call. */
export interface KeyValueNotation {
  readonly keyBegin: string;
  readonly keyEnd: string;
  readonly valueBegin: string;
  readonly valueEnd: string;
  readonly callEnd: string;
  /** Between the name and the first key. */
  readonly separator?: string;
  /** Around the type of a value, between key and value. */
  readonly type?: readonly [begin: string, end: string];
}

const MAX_KEY_LENGTH = 128;
const MAX_TYPE_LENGTH = 64;

/** Notations as they are read. */
interface Notation extends KeyValueNotation {
  readonly begins: readonly string[];
  readonly separators: readonly string[];
}

/**
 * Creates a reader for the text after the opening tag of a call: `name`, then any number of keys and values, up to and
 * with the closing tag. That may be missing at the end of the answer, but not after a bare name. The tag before the
 * first key may be missing, and the arguments may be JSON.
 */
export function createKeyValueReader(
  given: KeyValueNotation,
): (reader: TextReader, tools: ToolIndex) => Parse<readonly FoundCall[] | undefined> {
  const notation: Notation = {
    ...given,
    begins: [given.keyBegin, given.callEnd],
    separators: given.separator === undefined ? [] : [given.separator],
  };
  return (reader, tools) => readCall(reader, { tools, notation });
}

interface Surroundings {
  readonly tools: ToolIndex;
  readonly notation: Notation;
}

function* readCall(reader: TextReader, { tools, notation }: Surroundings): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  const start = reader.offset;
  let { word: name } = yield* readWord(reader, tools.names);
  while (name !== undefined) {
    const call = yield* readRest(reader, { name, tools, notation });
    if (call !== 'other-name') return call && [call];
    // The key follows the name directly: a shorter name may leave a key of its tool.
    const before: string = name;
    name = tools.names
      .filter((each) => each.length < before.length && before.startsWith(each))
      .toSorted((one, other) => other.length - one.length)[0];
    reader.rewind(reader.offset - start - (name?.length ?? 0));
  }
  return undefined;
}

/** Reads the text after the name; `other-name` if it is not the name of the tool. */
function* readRest(
  reader: TextReader,
  { name, tools, notation }: Surroundings & { readonly name: string },
): Parse<FoundCall | undefined | 'other-name'> {
  const parameters = tools.get(name)?.parameters;
  yield* readBlanks(reader);
  if (notation.separators.length > 0) yield* readWord(reader, notation.separators);
  yield* readBlanks(reader);
  if (reader.peek() === '{') {
    const value = yield* readRawValue(reader);
    return value.end === 'whole' ? { name, argumentsText: value.text } : undefined;
  }
  const keys = propertyNames(parameters).map((key) => key + notation.keyEnd);
  const { read, word: begin } = yield* readWord(reader, [...notation.begins, ...keys]);
  if (begin === undefined) return read.startsWith('<') || reader.peek() === '' ? undefined : 'other-name';
  const written: WrittenArgument[] = [];
  let key = keys.includes(begin) ? begin.slice(0, -notation.keyEnd.length) : undefined;
  let tag: string = begin;
  while (tag !== notation.callEnd && tag !== MISSING_END) {
    key ??= yield* readKey(reader, notation);
    if (key === undefined || !(yield* readValueBegin(reader, notation))) return undefined;
    const value = yield* readValue(reader, notation);
    if (!value) return undefined;
    written.push({ key, text: value.text });
    key = undefined;
    ({ tag } = value);
  }
  const given = written.map((argument) => argument.key);
  if (tag === MISSING_END && missingParameter(parameters, given) !== undefined) return undefined;
  if (keys.includes(begin) && !hasProperties(parameters, given)) return undefined;
  return { name, argumentsText: typedArguments(written, parameters) };
}

/** In place of the closing tag that is missing at the end of an answer. */
const MISSING_END = '';

/** Reads a key up to and with its end. */
function* readKey(reader: TextReader, { keyEnd }: Notation): Parse<string | undefined> {
  const key = (yield* readWhile(reader, /[^<\n]/y, MAX_KEY_LENGTH)).trim();
  const { word } = yield* readWord(reader, [keyEnd]);
  return key === '' || word === undefined ? undefined : key;
}

/** Reads the tag that opens a value, and a type before it. */
function* readValueBegin(reader: TextReader, { valueBegin, type }: Notation): Parse<boolean> {
  yield* readBlanks(reader);
  const { word } = yield* readWord(reader, type ? [valueBegin, type[0]] : [valueBegin]);
  if (type === undefined || word !== type[0]) return word !== undefined;
  yield* readWhile(reader, /[^<\n]/y, MAX_TYPE_LENGTH);
  const end = yield* readWord(reader, [type[1]]);
  yield* readBlanks(reader);
  const begin = yield* readWord(reader, [valueBegin]);
  return end.word !== undefined && begin.word !== undefined;
}

/**
 * Reads a value and the tag after it: the tag of the next key, or the end of the call. A closing tag counts only if
 * the call continues or ends after it, so that a value may contain such tags. A key inside a value shows that a
 * closing tag is missing, or that the value contains such a call. The end of such a value is ambiguous, so it is
 * not a call. The templates add no layout around a value, so its blanks and line ends belong to it.
 */
function* readValue(
  reader: TextReader,
  { keyBegin, valueEnd, callEnd }: Notation,
): Parse<{ readonly text: string; readonly tag: string } | undefined> {
  const tags = [valueEnd, keyBegin, callEnd];
  let text = '';
  let closing = '';
  for (;;) {
    const plain = yield* readWhile(reader, /[^<]+/y);
    const { read, word } = yield* readWord(reader, tags);
    const isClosed = closing !== '' && plain.trim() === '';
    if (isClosed && word !== undefined && word !== valueEnd) return { text, tag: word };
    if (word === keyBegin) return undefined;
    if (read === '') return isClosed && !reader.cut ? { text, tag: MISSING_END } : undefined;
    text += closing + plain;
    closing = word === valueEnd ? read : '';
    if (closing === '') text += read;
  }
}
