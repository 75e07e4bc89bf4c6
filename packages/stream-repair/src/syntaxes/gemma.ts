import { readLooseArguments } from '../grammar/loose-arguments.ts';
import type { LooseStyle } from '../grammar/loose-arguments.ts';
import type { ModelFamily, ToolCallSyntax } from '../model-family.ts';
import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';

/** Google's Gemma 4 and FunctionGemma. */
export const GEMMA: ModelFamily = {
  id: 'gemma',
  models: 'Gemma 4, FunctionGemma',
  architectures: ['gemma'],
  grammar: [
    '`<|tool_call>call:NAME{KEY:<|"|>VALUE<|"|>}<tool_call|>` (Gemma 4)',
    '`<start_function_call>call:NAME{KEY:<escape>VALUE<escape>}<end_function_call>` (FunctionGemma)',
  ],
  source: "Google's chat templates; leehack/llamadart#108, Technologicat/raven#9, osaurus-ai/vmlx-swift#7",
  syntaxes: [
    calls({ opening: '<|tool_call>', quote: '<|"|>' }),
    calls({ opening: '<start_function_call>', quote: '<escape>' }),
  ],
  closings: ['<tool_call|>', '<end_function_call>', '<start_function_response>', '<end_of_turn>'],
  endTokens: ['<end_of_turn>', '<turn|>'],
  reasoning: [
    { opening: '<|channel>thought\n', closings: ['<channel|>'] },
    { opening: '<|channel>thought', closings: ['<channel|>'] },
  ],
  samples: [
    {
      text: '<|channel>thought\nA lookup.\n<channel|><|tool_call>call:get_weather{city:<|"|>Oslo<|"|>,days:3}<tool_call|>',
      reasoning: 'A lookup.',
      calls: [['get_weather', { city: 'Oslo', days: 3 }]],
    },
    {
      text: '<start_function_call>call:get_weather{city:<escape>Oslo<escape>,days:3}<end_function_call>',
      calls: [['get_weather', { city: 'Oslo', days: 3 }]],
    },
    { text: '<|channel>thought\n<channel|>Four.', rest: 'Four.' },
  ],
};

function calls({ opening, quote }: { readonly opening: string; readonly quote: string }): ToolCallSyntax {
  return { opening, form: 'marked', label: opening, read: (reader, tools) => readCalls(reader, tools, quote) };
}

/** Reads `call:name{key:value}`, once or several times. */
function* readCalls(reader: TextReader, tools: ToolIndex, quote: string): Parse<readonly FoundCall[] | undefined> {
  const found: FoundCall[] = [];
  for (;;) {
    yield* readBlanks(reader);
    const { read, word } = yield* readWord(reader, ['call:']);
    if (word === undefined) return read === '' && found.length > 0 ? found : undefined;
    const name = (yield* readWhile(reader, /[^{(\s]/y, tools.maxNameLength)).trim();
    const tool = tools.get(name);
    const open = reader.peek();
    if (!tool || (open !== '{' && open !== '(')) return undefined;
    reader.advance();
    const style: LooseStyle = { close: open === '{' ? '}' : ')', assign: ':', quote };
    const argumentsText = yield* readLooseArguments(reader, style, tool.parameters);
    if (argumentsText === undefined) return undefined;
    found.push({ name, argumentsText });
  }
}
