import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readLooseArguments } from './loose-arguments.ts';

/** Reads the text after Gemma 4's `<|tool_call>`: `call:name{key:<|"|>value<|"|>}`, once or several times. */
export function* readGemmaCalls(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  const calls: FoundCall[] = [];
  for (;;) {
    yield* readBlanks(reader);
    const { read, word } = yield* readWord(reader, ['call:']);
    if (word === undefined) return read === '' && calls.length > 0 ? calls : undefined;
    const name = (yield* readWhile(reader, /[^{(\s]/y, tools.maxNameLength)).trim();
    const tool = tools.get(name);
    const open = reader.peek();
    if (!tool || (open !== '{' && open !== '(')) return undefined;
    reader.advance();
    const style = open === '{' ? { close: '}', assign: ':' } : { close: ')', assign: ':' };
    const argumentsText = yield* readLooseArguments(reader, style, tool.parameters);
    if (argumentsText === undefined) return undefined;
    calls.push({ name, argumentsText });
  }
}
