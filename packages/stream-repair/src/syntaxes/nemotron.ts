import { readTaggedCalls } from '../grammar/tagged-call.ts';
import type { ModelFamily } from '../model-family.ts';

/** NVIDIA's Nemotron. */
export const NEMOTRON: ModelFamily = {
  id: 'nemotron',
  models: 'Nemotron Nano v2',
  architectures: ['nemotron'],
  grammar: ['`<TOOLCALL>[JSON]</TOOLCALL>`'],
  source: "llama.cpp's tests of Nemotron Nano v2",
  syntaxes: [
    {
      opening: '<TOOLCALL>',
      form: 'marked',
      label: '<TOOLCALL>',
      read: (reader, tools) => readTaggedCalls(reader, tools, { closingTag: '</TOOLCALL>' }),
    },
  ],
  closings: ['</TOOLCALL>', '<SPECIAL_12>'],
  samples: [
    {
      text: '<TOOLCALL>[{"name": "get_weather", "arguments": {"city": "Oslo"}}]</TOOLCALL>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
  ],
};
