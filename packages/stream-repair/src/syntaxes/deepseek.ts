import { createDsmlReader, DSML_BARS } from '../grammar/dsml-call.ts';
import { readBlanks, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { ModelFamily, ToolCallSyntax } from '../model-family.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readRawValue } from '../grammar/json-value.ts';
import { readInvokeName } from '../grammar/invoke-name-call.ts';

/** The tokens around DeepSeek's calls. Their bars and blanks are not ASCII, except in the output of some servers. */
const WRITINGS = [
  ['｜', '▁'],
  ['|', '▁'],
  ['|', '_'],
] as const;
const token = (words: string): readonly string[] =>
  WRITINGS.map(([bar, blank]) => `<${bar}${words.replaceAll(' ', blank)}${bar}>`);

const CALL_BEGIN = token('tool call begin');
const CALL_END = token('tool call end');
const SEPARATOR = token('tool sep');
const KIND = 'function';
const FENCES = ['```', '```json'];
const FENCE_ENDS = ['```', ...CALL_END];

const DSML_SYNTAXES = DSML_BARS.map((bar): ToolCallSyntax => ({
  opening: [`<${bar}DSML${bar}function_calls>`, `<${bar}DSML${bar}tool_calls>`, `<${bar}DSML${bar}invoke name="`],
  form: 'marked',
  label: 'DSML',
  read: createDsmlReader(bar),
}));

/** DeepSeek's tokens, its markup DSML, and a mistake of V4 in agents. */
export const DEEPSEEK: ModelFamily = {
  id: 'deepseek',
  models: 'DeepSeek V3, R1, V3.1, V3.2, V4',
  architectures: ['deepseek'],
  grammar: [
    '`<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>NAME`, JSON in a code block, `<｜tool▁call▁end｜>` (V3, R1)',
    '`<｜tool▁call▁begin｜>NAME<｜tool▁sep｜>JSON<｜tool▁call▁end｜>` (V3.1)',
    '`<｜DSML｜function_calls><｜DSML｜invoke name="NAME"><｜DSML｜parameter name="KEY" string="true">VALUE</｜DSML｜parameter></｜DSML｜invoke></｜DSML｜function_calls>`, with `tool_calls`, with one or two of `｜`, `‖`, `|` (V3.2, V4)',
    '`<function_call><invoke_name>NAME</invoke_name><parameters><KEY>VALUE</KEY></parameters></function_call>` (V4)',
  ],
  source:
    "DeepSeek's chat templates; XNet-NGO/aiope#119, ochafik/minja#11, TokenRhythm/opensquilla#985, sgl-project/sglang#40236, Luce-Org/lucebox#670",
  syntaxes: [
    { opening: token('tool calls begin'), form: 'marked', label: '<｜tool▁calls▁begin｜>', read: readCalls },
    { opening: CALL_BEGIN, form: 'marked', label: '<｜tool▁call▁begin｜>', read: readCall },
    ...DSML_SYNTAXES,
    { opening: '<function_call>', form: 'bare', label: '<invoke_name>', read: readInvokeName },
  ],
  closings: [
    ...CALL_END,
    ...token('tool calls end'),
    ...token('end of sentence'),
    ...DSML_BARS.flatMap((bar) => [
      `</${bar}DSML${bar}function_calls>`,
      `</${bar}DSML${bar}tool_calls>`,
      `</${bar}DSML${bar}invoke>`,
    ]),
  ],
  endTokens: token('end of sentence'),
  samples: [
    {
      text: '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>get_weather\n```json\n{"city": "Oslo"}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    {
      text: '<|tool▁call▁begin|>get_weather<|tool▁sep|>{"city": "Oslo"}<|tool▁call▁end|>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    {
      text: '<｜DSML｜function_calls>\n<｜DSML｜invoke name="get_weather">\n<｜DSML｜parameter name="city" string="true">Oslo</｜DSML｜parameter>\n<｜DSML｜parameter name="days" string="false">3</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>',
      calls: [['get_weather', { city: 'Oslo', days: 3 }]],
    },
    {
      text: '<||DSML||tool_calls><||DSML||invoke name="get_weather"><||DSML||parameter name="city" string="true">Oslo</||DSML||parameter></||DSML||invoke></||DSML||tool_calls>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    {
      text: '<function_call>\n<invoke_name>list_dir</invoke_name>\n<parameters>\n<path>internal</path>\n</parameters>\n</function_call>',
      calls: [['list_dir', { path: 'internal' }]],
    },
  ],
};

/** Reads the text after the token that opens all calls: the token that opens the first one, and its call. */
function* readCalls(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  const { word } = yield* readWord(reader, CALL_BEGIN);
  return word === undefined ? undefined : yield* readCall(reader, tools);
}

/**
 * Reads the text after the token that opens one call: for V3 and R1 the kind, a separator, the name, and JSON in a code
 * block; since V3.1 the name, a separator, and JSON.
 */
function* readCall(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  const { word: first } = yield* readWord(reader, [KIND, ...tools.names]);
  if (first === undefined) return undefined;
  const separator = yield* readWord(reader, SEPARATOR);
  if (separator.word === undefined) return undefined;
  yield* readBlanks(reader);
  // A tool may be called `function`, too.
  if (reader.peek() === '{') return tools.get(first) && (yield* readArguments(reader, first));
  const { word: name } = yield* readWord(reader, first === KIND ? tools.names : []);
  if (name === undefined) return undefined;
  yield* readBlanks(reader);
  const fence = yield* readWord(reader, FENCES);
  yield* readBlanks(reader);
  if (reader.peek() !== '{') return undefined;
  const calls = yield* readArguments(reader, name);
  if (!calls || fence.read === '') return calls;
  yield* readBlanks(reader);
  const { word: end } = yield* readWord(reader, FENCE_ENDS);
  return end !== undefined || (reader.peek() === '' && !reader.cut) ? calls : undefined;
}

function* readArguments(reader: TextReader, name: string): Parse<readonly FoundCall[] | undefined> {
  const value = yield* readRawValue(reader);
  return value.end === 'whole' ? [{ name, argumentsText: value.text }] : undefined;
}
