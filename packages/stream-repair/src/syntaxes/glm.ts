import { createKeyValueReader } from '../grammar/key-value-call.ts';
import type { ModelFamily } from '../model-family.ts';

const readGlmCall = createKeyValueReader({
  keyBegin: '<arg_key>',
  keyEnd: '</arg_key>',
  valueBegin: '<arg_value>',
  valueEnd: '</arg_value>',
  callEnd: '</tool_call>',
});

/** GLM's keys and values. Bare names in other tags are not calls: `<tools>` lists the available tools. */
export const GLM: ModelFamily = {
  id: 'glm',
  models: 'GLM 4.5, 4.6, 4.7, 5',
  architectures: ['glm', 'chatglm'],
  grammar: [
    '`<tool_call>NAME<arg_key>KEY</arg_key><arg_value>VALUE</arg_value></tool_call>`',
    '`<tool_call>NAMEKEY</arg_key><arg_value>VALUE</arg_value></tool_call>`, `<tool_call>NAME JSON</tool_call>`',
  ],
  source: "GLM's chat template; vllm-project/vllm#44326, #47190, #48201",
  syntaxes: [{ opening: '<tool_call>', form: 'marked', label: '<tool_call>', read: readGlmCall }],
  closings: ['</tool_call>', '<|observation|>'],
  endTokens: ['<|observation|>', '<|user|>'],
  samples: [
    {
      text: '<tool_call>get_weather\n<arg_key>city</arg_key>\n<arg_value>Oslo</arg_value>\n</tool_call>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    {
      text: '<tool_call>get_weathercity</arg_key><arg_value>Oslo</arg_value></tool_call>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    { text: '<tool_call>get_weather {"city": "Oslo"}</tool_call>', calls: [['get_weather', { city: 'Oslo' }]] },
  ],
};
