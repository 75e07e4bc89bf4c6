import { createKeyValueReader } from '../grammar/key-value-call.ts';
import type { ModelFamily } from '../model-family.ts';

/** LLM360's K2 Horizon: GLM's shape with tokens of its own. */
export const K2_HORIZON: ModelFamily = {
  id: 'k2-horizon',
  models: 'K2 Horizon',
  architectures: ['ifm'],
  grammar: [
    '`<ifm|tool_call>NAME<ifm|arg_key>KEY</ifm|arg_key><ifm|arg_type>TYPE</ifm|arg_type><ifm|arg_value>VALUE</ifm|arg_value></ifm|tool_call>`',
  ],
  source: "vLLM's tests of K2 Horizon",
  syntaxes: [
    {
      opening: '<ifm|tool_call>',
      form: 'marked',
      label: '<ifm|tool_call>',
      read: createKeyValueReader({
        keyBegin: '<ifm|arg_key>',
        keyEnd: '</ifm|arg_key>',
        type: ['<ifm|arg_type>', '</ifm|arg_type>'],
        valueBegin: '<ifm|arg_value>',
        valueEnd: '</ifm|arg_value>',
        callEnd: '</ifm|tool_call>',
      }),
    },
  ],
  closings: ['</ifm|tool_call>', '</ifm|tool_calls>'],
  samples: [
    {
      text: '<ifm|tool_call>get_weather\n<ifm|arg_key>city</ifm|arg_key>\n<ifm|arg_type>string</ifm|arg_type>\n<ifm|arg_value>Oslo</ifm|arg_value>\n</ifm|tool_call>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
  ],
};
