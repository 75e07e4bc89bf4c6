import { readTaggedCalls } from '../grammar/tagged-call.ts';
import type { ModelFamily, ToolCallSyntax } from '../model-family.ts';

const SYNTAX: Omit<ToolCallSyntax, 'opening' | 'label'> = {
  form: 'marked',
  read: (reader, tools) => readTaggedCalls(reader, tools, { closingTag: '<|message_sep|>' }),
};

/** Sber's GigaChat. */
export const GIGACHAT: ModelFamily = {
  id: 'gigachat',
  models: 'GigaChat 3',
  architectures: ['gigachat'],
  grammar: ['`<|function_call|>JSON`', '`<|message_sep|>`, `function call<|role_sep|>JSON`'],
  source: "vLLM's and llama.cpp's tests of GigaChat 3",
  syntaxes: [
    { ...SYNTAX, opening: '<|function_call|>', label: '<|function_call|>' },
    {
      ...SYNTAX,
      opening: ['<|message_sep|>\n\nfunction call<|role_sep|>\n', 'function call<|role_sep|>\n'],
      label: '<|role_sep|>',
    },
  ],
  closings: ['<|message_sep|>'],
  samples: [
    {
      text: '<|function_call|>{"name": "get_weather", "arguments": {"city": "Oslo"}}',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    {
      text: 'I look.<|message_sep|>\n\nfunction call<|role_sep|>\n{"name": "get_weather", "arguments": {"city": "Oslo"}}',
      calls: [['get_weather', { city: 'Oslo' }]],
      rest: 'I look.',
    },
  ],
};
