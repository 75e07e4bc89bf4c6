import { createKeyValueReader } from '../grammar/key-value-call.ts';
import type { ModelFamily } from '../model-family.ts';
import { readBlanks, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';

const readCall = createKeyValueReader({
  separator: '<tool_sep>',
  keyBegin: '<arg_key>',
  keyEnd: '</arg_key>',
  valueBegin: '<arg_value>',
  valueEnd: '</arg_value>',
  callEnd: '</tool_call>',
});

/** Tencent's Hunyuan. */
export const HUNYUAN: ModelFamily = {
  id: 'hunyuan',
  models: 'Hunyuan A13B, Hunyuan 3',
  architectures: ['hunyuan'],
  grammar: [
    '`<tool_calls><tool_call>NAME<tool_sep><arg_key>KEY</arg_key><arg_value>VALUE</arg_value></tool_call></tool_calls>` (3)',
    '`<think>…</think><answer>…</answer>` (A13B)',
  ],
  source: "vllm-project/vllm#58127; vLLM's tests of the parser `hunyuan_a13b`",
  syntaxes: [
    { opening: '<tool_calls>', form: 'marked', label: '<tool_calls>', read: readCalls },
    { opening: '<tool_call>', form: 'marked', label: '<tool_call>', read: readCall },
  ],
  closings: ['</tool_call>', '</tool_calls>'],
  answer: [{ opening: '<answer>', closings: ['</answer>'], afterReasoning: true }],
  samples: [
    {
      text: '<tool_calls>\n<tool_call>get_weather<tool_sep>\n<arg_key>city</arg_key>\n<arg_value>Oslo</arg_value>\n</tool_call>\n</tool_calls>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    { text: '<think>\nA sum.\n</think>\n<answer>\nFour.\n</answer>', reasoning: 'A sum.', rest: 'Four.\n' },
  ],
};

function* readCalls(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  const { word } = yield* readWord(reader, ['<tool_call>']);
  return word === undefined ? undefined : yield* readCall(reader, tools);
}
