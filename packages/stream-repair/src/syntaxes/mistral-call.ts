import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readJsonCalls } from './json-call.ts';
import { readRawValue } from './json-value.ts';

/**
 * Reads the text after Mistral's `[TOOL_CALLS]`: an array, an object, or `name[ARGS]{json}` of its models since 2506.
 */
export function* readMistralCalls(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  if (reader.peek() === '{' || reader.peek() === '[') {
    const found = yield* readJsonCalls(reader, tools, { argumentsOptional: true });
    return typeof found === 'string' ? undefined : found;
  }
  const name = (yield* readWhile(reader, /[^[{\s]/y, tools.maxNameLength)).trim();
  if (!tools.get(name)) return undefined;
  yield* readBlanks(reader);
  let { read, word } = yield* readWord(reader, ['[CALL_ID]', '[ARGS]']);
  if (word === '[CALL_ID]') {
    yield* readWhile(reader, /[\w-]/y, 64);
    ({ read, word } = yield* readWord(reader, ['[ARGS]']));
  }
  if (word === undefined && read !== '') return undefined;
  yield* readBlanks(reader);
  if (reader.peek() !== '{') return undefined;
  const value = yield* readRawValue(reader);
  return value.end === 'whole' ? [{ name, argumentsText: value.text }] : undefined;
}
