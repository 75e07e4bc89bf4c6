import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readRawValue } from './json-value.ts';

const MAX_HEADER_LENGTH = 200;

/** Reads the text after gpt-oss's `<|channel|>` or `<|start|>`: `commentary to=functions.name <|message|>{json}`. */
export function* readHarmonyCall(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  let header = '';
  for (;;) {
    const { read, word } = yield* readWord(reader, ['<|message|>']);
    if (word !== undefined) break;
    const more = read === '' ? yield* readWhile(reader, /[^<]/y, MAX_HEADER_LENGTH) : read;
    header += more;
    if (more === '' || header.length > MAX_HEADER_LENGTH) return undefined;
  }
  const name = /\bto=(?:functions\.)?([^\s<]+)/.exec(header)?.[1];
  const tool = name === undefined ? undefined : tools.get(name);
  yield* readBlanks(reader);
  if (!tool || reader.peek() !== '{') return undefined;
  const value = yield* readRawValue(reader);
  return value.end === 'whole' ? [{ name: tool.name, argumentsText: value.text }] : undefined;
}
