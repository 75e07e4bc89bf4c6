import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { typedArguments } from './typed-arguments.ts';

/** The tag that ends GLM's calls. Others hold no bare names: those in `<tools>` are a list of what there is. */
export const GLM_CALL_END = '</tool_call>';

const KEY_BEGIN = '<arg_key>';
const KEY_END = '</arg_key>';
const VALUE_BEGIN = '<arg_value>';
const VALUE_END = '</arg_value>';
const LONGEST_KEY = 128;

/**
 * What follows GLM's `<tool_call>` since 4.5: `name`, then `<arg_key>key</arg_key><arg_value>value</arg_value>` as often
 * as need be, up to and with the closing tag. That may be missing at the end of the answer, but not behind a bare name.
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
  const key = (yield* readWhile(reader, /[^<\n]/y, LONGEST_KEY)).trim();
  const keyEnd = yield* readWord(reader, [KEY_END]);
  if (key === '' || keyEnd.word === undefined) return undefined;
  yield* readBlanks(reader);
  const valueBegin = yield* readWord(reader, [VALUE_BEGIN]);
  return valueBegin.word === undefined ? undefined : key;
}

/**
 * Reads a value and the tag behind it: the next key's, or the end of the call. A closing tag counts only where the call
 * goes on or ends behind it, so that a value may hold such tags itself. A key that begins within a value shows that a
 * closing tag was forgotten, or that the value holds a call of GLM's: nobody can tell where it ends, so it is no call.
 * GLM's template lays nothing out around a value, so its blanks and line ends belong to it.
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
