import { readTaggedCalls } from '../grammar/tagged-call.ts';
import type { ModelFamily } from '../model-family.ts';
import { readBlanks, readWord } from '../text-reader.ts';

/** Shanghai AI Lab's InternLM. */
export const INTERNLM: ModelFamily = {
  id: 'internlm',
  models: 'InternLM 2, 2.5, 3',
  architectures: ['internlm'],
  grammar: ['`<|action_start|><|plugin|>JSON<|action_end|>`'],
  source: "vLLM's tests of the parser `internlm`",
  syntaxes: [
    {
      opening: '<|action_start|>',
      form: 'marked',
      label: '<|action_start|>',
      *read(reader, tools) {
        yield* readBlanks(reader);
        const { word } = yield* readWord(reader, ['<|plugin|>']);
        return word === undefined ? undefined : yield* readTaggedCalls(reader, tools, { closingTag: '<|action_end|>' });
      },
    },
  ],
  closings: ['<|action_end|>', '<|im_end|>'],
  samples: [
    {
      text: 'I look.<|action_start|><|plugin|>\n{"name": "get_weather", "parameters": {"city": "Oslo"}}<|action_end|>',
      calls: [['get_weather', { city: 'Oslo' }]],
      rest: 'I look.',
    },
  ],
};
