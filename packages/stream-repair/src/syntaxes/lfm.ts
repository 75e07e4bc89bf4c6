import { readPythonTag } from '../grammar/python-call.ts';
import type { ModelFamily } from '../model-family.ts';

/** Liquid AI's LFM2. */
export const LFM: ModelFamily = {
  id: 'lfm',
  models: 'LFM2, LFM2.5',
  architectures: ['lfm'],
  grammar: ['`<|tool_call_start|>[NAME(KEY=VALUE, …)]<|tool_call_end|>`, with Python or JSON literals'],
  source: 'vllm-project/vllm#39243, lmstudio-ai/lmstudio-bug-tracker#1979, ml-explore/mlx-lm#1246, #1260',
  syntaxes: [{ opening: '<|tool_call_start|>', form: 'marked', label: '<|tool_call_start|>', read: readPythonTag }],
  closings: ['<|tool_call_end|>', '<|im_end|>'],
  samples: [
    {
      text: '<|tool_call_start|>[get_weather(city="Oslo", days=3), list_dir(path=".")]<|tool_call_end|>I look.',
      calls: [
        ['get_weather', { city: 'Oslo', days: 3 }],
        ['list_dir', { path: '.' }],
      ],
      rest: 'I look.',
    },
  ],
};
