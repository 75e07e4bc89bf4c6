import { readTaggedCalls } from '../grammar/tagged-call.ts';
import type { ModelFamily } from '../model-family.ts';

/** rednote's dots. */
export const DOTS: ModelFamily = {
  id: 'dots',
  models: 'dots.llm2',
  architectures: ['dots'],
  grammar: ['`<dots_function_call>JSON</dots_function_call>`, or `<invoke name="NAME">…</invoke>` inside'],
  source: "vLLM's tests of dots",
  syntaxes: [
    {
      opening: '<dots_function_call>',
      form: 'marked',
      label: '<dots_function_call>',
      read: (reader, tools) => readTaggedCalls(reader, tools, { closingTag: '</dots_function_call>' }),
    },
  ],
  closings: ['</dots_function_call>'],
  samples: [
    {
      text: '<dots_function_call>\n<invoke name="get_weather">\n<parameter name="city">Oslo</parameter>\n</invoke>\n</dots_function_call>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
  ],
};
