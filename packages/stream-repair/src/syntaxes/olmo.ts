import { readPythonLines } from '../grammar/python-call.ts';
import type { ModelFamily } from '../model-family.ts';

/** Ai2's OLMo 3. */
export const OLMO: ModelFamily = {
  id: 'olmo',
  models: 'OLMo 3',
  architectures: ['olmo'],
  grammar: ['`<function_calls>NAME(KEY=VALUE)</function_calls>`, one call in each line'],
  source: 'vllm-project/vllm#26126, ml-explore/mlx-lm#1271',
  syntaxes: [{ opening: '<function_calls>', form: 'marked', label: '<function_calls>', read: readPythonLines }],
  closings: ['</function_calls>'],
  samples: [
    {
      text: '<function_calls>get_weather(city="Oslo")\nlist_dir(path=".")</function_calls>',
      calls: [
        ['get_weather', { city: 'Oslo' }],
        ['list_dir', { path: '.' }],
      ],
    },
  ],
};
