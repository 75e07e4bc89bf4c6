import { createKeyValueReader } from '../grammar/key-value-call.ts';
import { readTaggedCalls } from '../grammar/tagged-call.ts';
import type { ModelFamily } from '../model-family.ts';

const readLongcatKeys = createKeyValueReader({
  keyBegin: '<longcat_arg_key>',
  keyEnd: '</longcat_arg_key>',
  valueBegin: '<longcat_arg_value>',
  valueEnd: '</longcat_arg_value>',
  callEnd: '</longcat_tool_call>',
});

/** Meituan's LongCat. */
export const LONGCAT: ModelFamily = {
  id: 'longcat',
  models: 'LongCat-Flash',
  architectures: ['longcat'],
  grammar: [
    '`<longcat_tool_call>JSON</longcat_tool_call>`',
    '`<longcat_tool_call>NAME<longcat_arg_key>KEY</longcat_arg_key><longcat_arg_value>VALUE</longcat_arg_value></longcat_tool_call>`',
  ],
  source: "vLLM's tests of the parser `longcat`",
  syntaxes: [
    {
      opening: '<longcat_tool_call>',
      form: 'marked',
      label: '<longcat_tool_call>',
      read: (reader, tools) => readTaggedCalls(reader, tools, { closingTag: '</longcat_tool_call>' }),
    },
    { opening: '<longcat_tool_call>', form: 'marked', label: '<longcat_tool_call>', read: readLongcatKeys },
  ],
  closings: ['</longcat_tool_call>', '</longcat_s>'],
  reasoning: [{ opening: '<longcat_think>', closings: ['</longcat_think>'] }],
  samples: [
    {
      text: '<longcat_tool_call>{"name": "get_weather", "arguments": {"city": "Oslo"}}</longcat_tool_call>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
  ],
};
