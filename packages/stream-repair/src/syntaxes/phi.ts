import { readJsonCalls } from '../grammar/json-call.ts';
import type { ModelFamily } from '../model-family.ts';
import { readBlanks } from '../text-reader.ts';

/** Microsoft's Phi 4 mini, and Fireworks' firefunction. */
export const PHI: ModelFamily = {
  id: 'phi',
  models: 'Phi 4 mini, firefunction',
  architectures: ['phi'],
  grammar: ['`functools[JSON, …]`'],
  source: "vLLM's parser `phi4_mini_json`",
  syntaxes: [
    {
      opening: ['functools['],
      form: 'bare',
      label: 'functools',
      *read(reader, tools) {
        reader.rewind(1);
        const found = yield* readJsonCalls(reader, tools, { argumentsOptional: true });
        yield* readBlanks(reader);
        return typeof found === 'string' ? undefined : found;
      },
    },
  ],
  samples: [
    {
      text: 'functools[{"name": "get_weather", "arguments": {"city": "Oslo"}}]',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
  ],
};
