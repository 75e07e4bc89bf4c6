import { readPythonTag } from '../grammar/python-call.ts';
import type { ModelFamily } from '../model-family.ts';

/** Llama's tags around JSON and Python. */
export const LLAMA: ModelFamily = {
  id: 'llama',
  models: 'Llama 3.1, 3.2, 3.3, 4',
  architectures: ['llama4', 'mllama'],
  grammar: [
    '`<|python_tag|>JSON`, `<|python_tag|>NAME(KEY=VALUE)`, joined by `;`',
    '`<|python_start|>[NAME(KEY=VALUE)]<|python_end|>`',
  ],
  source: "Meta's prompt formats of Llama 3.1 and 4",
  syntaxes: [
    { opening: '<|python_tag|>', form: 'marked', label: '<|python_tag|>', read: readPythonTag },
    { opening: '<|python_start|>', form: 'marked', label: '<|python_start|>', read: readPythonTag },
  ],
  closings: ['<|python_end|>', '<|eom_id|>', '<|eot_id|>'],
  endTokens: ['<|eot_id|>', '<|eom_id|>', '<|end_of_text|>'],
  samples: [
    {
      text: '<|python_tag|>{"name": "get_weather", "parameters": {"city": "Oslo"}}<|eom_id|>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    {
      text: '<|python_start|>[get_weather(city="Oslo"), list_dir()]<|python_end|>',
      calls: [
        ['get_weather', { city: 'Oslo' }],
        ['list_dir', {}],
      ],
    },
  ],
};
