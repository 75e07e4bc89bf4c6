import { readBlanks, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readRawValue } from './json-value.ts';

/** The tokens around DeepSeek's calls. Their bars and blanks are not ASCII. */
export const DEEPSEEK_TOKENS = {
  callsBegin: '<｜tool▁calls▁begin｜>',
  callsEnd: '<｜tool▁calls▁end｜>',
  callBegin: '<｜tool▁call▁begin｜>',
  callEnd: '<｜tool▁call▁end｜>',
  answerEnd: '<｜end▁of▁sentence｜>',
};

const SEPARATOR = '<｜tool▁sep｜>';
const KIND = 'function';

/** Reads the text after the token that opens all calls: the token that opens the first one, and its call. */
export function* readDeepseekCalls(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  const { word } = yield* readWord(reader, [DEEPSEEK_TOKENS.callBegin]);
  return word === undefined ? undefined : yield* readDeepseekCall(reader, tools);
}

/**
 * Reads the text after the token that opens one call: for V3 and R1 the kind, a separator, the name, and JSON in a code
 * block; since V3.1 the name, a separator, and JSON.
 */
export function* readDeepseekCall(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  const { word: first } = yield* readWord(reader, [KIND, ...tools.names]);
  if (first === undefined) return undefined;
  const separator = yield* readWord(reader, [SEPARATOR]);
  if (separator.word === undefined) return undefined;
  yield* readBlanks(reader);
  // A tool may be called `function`, too.
  if (reader.peek() === '{') return tools.get(first) && (yield* readArguments(reader, first));
  const { word: name } = yield* readWord(reader, first === KIND ? tools.names : []);
  if (name === undefined) return undefined;
  yield* readBlanks(reader);
  const fence = yield* readWord(reader, ['```', '```json']);
  yield* readBlanks(reader);
  if (reader.peek() !== '{') return undefined;
  const calls = yield* readArguments(reader, name);
  if (!calls || fence.read === '') return calls;
  yield* readBlanks(reader);
  const { word: end } = yield* readWord(reader, ['```', DEEPSEEK_TOKENS.callEnd]);
  return end !== undefined || (reader.peek() === '' && !reader.cut) ? calls : undefined;
}

function* readArguments(reader: TextReader, name: string): Parse<readonly FoundCall[] | undefined> {
  const value = yield* readRawValue(reader);
  return value.end === 'whole' ? [{ name, argumentsText: value.text }] : undefined;
}
