import { readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';

/** Words behind the backticks of blocks that models put calls in. Blocks in a programming language are code. */
const LANGUAGES: ReadonlySet<string> = new Set(['', 'json', 'xml', 'tool', 'tool_call', 'tool_calls', 'function_call']);
const LONGEST_LANGUAGE = 13;

/** What follows three backticks: a code block that holds calls and nothing else. */
export function* readFencedCalls(
  reader: TextReader,
  tools: ToolIndex,
  readCalls: (
    reader: TextReader,
    tools: ToolIndex,
  ) => Parse<{ readonly calls: readonly FoundCall[] } | 'closing' | undefined>,
): Parse<readonly FoundCall[] | undefined> {
  const language = (yield* readWhile(reader, /[^\n`]/y, LONGEST_LANGUAGE)).trim();
  if (!LANGUAGES.has(language.toLowerCase()) || reader.peek() !== '\n') return undefined;
  const calls: FoundCall[] = [];
  for (;;) {
    yield* readWhile(reader, calls.length > 0 ? /[\s,;]+/y : /\s+/y);
    if (reader.peek() === '`' || reader.peek() === '') break;
    const found = yield* readCalls(reader, tools);
    if (!found) return undefined;
    if (found !== 'closing') calls.push(...found.calls);
  }
  const { word } = yield* readWord(reader, ['```']);
  const isWhole = word !== undefined || (reader.peek() === '' && !reader.cut);
  return calls.length > 0 && isWhole ? calls : undefined;
}
