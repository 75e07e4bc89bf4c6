import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { typedArguments } from './typed-arguments.ts';

/** The tag that ends GLM's calls. Bare names in other tags are not calls: `<tools>` lists the available tools. */
export const GLM_CALL_END = '</tool_call>';

const KEY_BEGIN = '<arg_key>';
const KEY_END = '</arg_key>';
const VALUE_BEGIN = '<arg_value>';
const VALUE_END = '</arg_value>';
const MAX_KEY_LENGTH = 128;

/**
 * Reads the text after GLM's `<tool_call>` since 4.5: `name`, then any number of
 * `<arg_key>key</arg_key><arg_value>value</arg_value>`, up to and with the closing tag. That may be missing at the end
 * of the answer, but not after a bare name.
 */
export function* readGlmCall(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  const { word: name } = yield* readWord(reader, tools.names);
  if (name === undefined) return undefined;
  yield* readBlanks(reader);
  const texts: [string, string][] = [];
  let { word: tag } = yield* readWord(reader, [KEY_BEGIN, GLM_CALL_END]);
  while (tag === KEY_BEGIN) {
    const key = yield* readKey(reader);
    if (key === undefined) return undefined;
    const value = yield* readValue(reader);
    if (!value) return undefined;
    texts.push([key, value.text]);
    tag = value.tag;
  }
  return tag === undefined ? undefined : [{ name, argumentsText: typedArguments(texts, tools.get(name)?.parameters) }];
}

/** Reads a key up to and with the tag that opens its value. */
function* readKey(reader: TextReader): Parse<string | undefined> {
  const key = (yield* readWhile(reader, /[^<\n]/y, MAX_KEY_LENGTH)).trim();
  const keyEnd = yield* readWord(reader, [KEY_END]);
  if (key === '' || keyEnd.word === undefined) return undefined;
  yield* readBlanks(reader);
  const valueBegin = yield* readWord(reader, [VALUE_BEGIN]);
  return valueBegin.word === undefined ? undefined : key;
}

/**
 * Reads a value and the tag after it: the tag of the next key, or the end of the call. A closing tag counts only if
 * the call continues or ends after it, so that a value may contain such tags. A key inside a value shows that a
 * closing tag is missing, or that the value contains a call of GLM's. The end of such a value is ambiguous, so it is
 * not a call. GLM's template adds no layout around a value, so its blanks and line ends belong to it.
 */
function* readValue(reader: TextReader): Parse<{ readonly text: string; readonly tag: string } | undefined> {
  let text = '';
  let valueEnd = '';
  for (;;) {
    const plain = yield* readWhile(reader, /[^<]+/y);
    const { read, word } = yield* readWord(reader, [VALUE_END, KEY_BEGIN, GLM_CALL_END]);
    const isClosed = valueEnd !== '' && plain.trim() === '';
    if (isClosed && word !== undefined && word !== VALUE_END) return { text, tag: word };
    if (word === KEY_BEGIN) return undefined;
    if (read === '') return isClosed && !reader.cut ? { text, tag: GLM_CALL_END } : undefined;
    text += valueEnd + plain;
    valueEnd = word === VALUE_END ? read : '';
    if (valueEnd === '') text += read;
  }
}
