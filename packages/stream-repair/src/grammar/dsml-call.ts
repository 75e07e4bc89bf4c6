import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readFunctionBody } from './function-xml.ts';

/** The bars of DeepSeek's markup: full-width, double or ASCII, once or twice. */
export const DSML_BARS: readonly string[] = ['｜', '‖', '|'].flatMap((bar) => [bar, bar + bar]);

/**
 * Creates a reader for the text after `<｜DSML｜function_calls>`, `<｜DSML｜tool_calls>` or `<｜DSML｜invoke name="`: one or
 * more calls. The end of the section may be missing.
 */
export function createDsmlReader(
  bar: string,
): (reader: TextReader, tools: ToolIndex) => Parse<readonly FoundCall[] | undefined> {
  const begin = `<${bar}DSML${bar}`;
  const end = `</${bar}DSML${bar}`;
  const invoke = [`${begin}invoke name="`];
  const notation = {
    openings: [`${begin}parameter name=`],
    closings: [`${end}parameter>`],
    callEnds: [`${end}invoke>`],
    sectionEnds: [`${end}function_calls>`, `${end}tool_calls>`],
    keepsLineEnds: true,
  };

  return readCalls;

  function* readCalls(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
    const calls: FoundCall[] = [];
    let word: string | undefined = reader.text.slice(0, reader.offset).endsWith(invoke[0] ?? '')
      ? invoke[0]
      : undefined;
    for (;;) {
      yield* readBlanks(reader);
      const start = reader.offset;
      word ??= (yield* readWord(reader, invoke)).word;
      const found = word === undefined ? undefined : yield* readInvoke(reader, tools);
      word = undefined;
      if (!found) {
        reader.rewind(reader.offset - start);
        return calls.length > 0 ? calls : undefined;
      }
      calls.push(...found);
    }
  }

  function* readInvoke(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
    const name = yield* readWhile(reader, /[^">\n]/y, tools.maxNameLength);
    const tool = tools.get(name);
    if (!tool || (yield* readWord(reader, ['">'])).word === undefined) return undefined;
    return yield* readFunctionBody(reader, tool, notation);
  }
}
