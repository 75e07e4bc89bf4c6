import { readTaggedCalls } from '../grammar/tagged-call.ts';
import { XML_NOTATION } from '../grammar/xml-parameters.ts';
import type { ModelFamily } from '../model-family.ts';

/** Its template adds no line ends around values. */
const NOTATION = { ...XML_NOTATION, sectionEnds: ['</seed:tool_call>'], keepsLineEnds: true };

/** ByteDance's Seed-OSS and Doubao. */
export const SEED: ModelFamily = {
  id: 'seed',
  models: 'Seed-OSS, Doubao Seed',
  architectures: ['seed', 'doubao'],
  grammar: ['`<seed:tool_call><function=NAME><parameter=KEY>VALUE</parameter></function></seed:tool_call>`'],
  source: "Seed-OSS's chat template; sipeed/picoclaw#3153, #3154",
  syntaxes: [
    {
      opening: '<seed:tool_call>',
      form: 'marked',
      label: '<seed:tool_call>',
      read: (reader, tools) => readTaggedCalls(reader, tools, { closingTag: '</seed:tool_call>', notation: NOTATION }),
    },
  ],
  closings: ['</seed:tool_call>'],
  reasoning: [{ opening: '<seed:think>', closings: ['</seed:think>'] }],
  samples: [
    {
      text: '<seed:think>A lookup.</seed:think><seed:tool_call>\n<function=get_weather>\n<parameter=city>Oslo\n</parameter>\n<parameter=days>3</parameter>\n</function>\n</seed:tool_call>',
      reasoning: 'A lookup.',
      calls: [['get_weather', { city: 'Oslo\n', days: 3 }]],
    },
  ],
};
