import { readTaggedCalls } from '../grammar/tagged-call.ts';
import type { ModelFamily } from '../model-family.ts';

/** IBM's Granite. */
export const GRANITE: ModelFamily = {
  id: 'granite',
  models: 'Granite 3, 4',
  architectures: ['granite'],
  grammar: ['`<|tool_call|>[JSON]`', '`<think>…</think><response>…</response>`'],
  source: "Granite's chat templates; mozilla-ai/any-llm#1302 for `<response>`",
  syntaxes: [
    {
      opening: '<|tool_call|>',
      form: 'marked',
      label: '<|tool_call|>',
      read: (reader, tools) => readTaggedCalls(reader, tools, { closingTag: '<|/tool_call|>' }),
    },
  ],
  closings: ['<|/tool_call|>', '<|end_of_text|>'],
  answer: [{ opening: '<response>', closings: ['</response>'], afterReasoning: true }],
  samples: [
    {
      text: '<|tool_call|> [{"name": "get_weather", "arguments": {"city": "Oslo"}}]',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    { text: '<think>A sum.</think><response>Four.</response>', reasoning: 'A sum.', rest: 'Four.' },
  ],
};
