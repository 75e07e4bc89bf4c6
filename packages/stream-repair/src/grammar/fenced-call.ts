import { readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall } from '../tool-index.ts';

/** Languages of code blocks with calls. Blocks in a programming language are code. */
const LANGUAGES: ReadonlySet<string> = new Set(['', 'json', 'xml', 'tool', 'tool_call', 'tool_calls', 'function_call']);
const MAX_LANGUAGE_LENGTH = 13;

/** Reads the text after three backticks: a code block with calls and nothing else. */
export function* readFencedCalls(
  reader: TextReader,
  readCalls: (reader: TextReader) => Parse<{ readonly calls: readonly FoundCall[] } | 'closing' | undefined>,
): Parse<readonly FoundCall[] | undefined> {
  const language = (yield* readWhile(reader, /[^\n`]/y, MAX_LANGUAGE_LENGTH)).trim();
  if (!LANGUAGES.has(language.toLowerCase()) || reader.peek() !== '\n') return undefined;
  const calls: FoundCall[] = [];
  for (;;) {
    yield* readWhile(reader, calls.length > 0 ? /[\s,;]+/y : /\s+/y);
    if (reader.peek() === '`' || reader.peek() === '') break;
    const found = yield* readCalls(reader);
    if (!found) return undefined;
    if (found !== 'closing') calls.push(...found.calls);
  }
  const { word } = yield* readWord(reader, ['```']);
  const isWhole = word !== undefined || (reader.peek() === '' && !reader.cut);
  return calls.length > 0 && isWhole ? calls : undefined;
}
