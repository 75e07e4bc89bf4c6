import type { Client } from './client-setup.ts';
import { lines, quote } from './client-text.ts';

/** Programs that people write. */
export const SCRIPT_CLIENTS: readonly Client[] = [
  {
    id: 'python',
    name: 'Python',
    api: 'OpenAI chat completions',
    setUp: ({ url, key, model }) => ({
      code: {
        language: 'python',
        text: lines(
          'from openai import OpenAI',
          '',
          `client = OpenAI(base_url=${quote(`${url}/v1`)}, api_key=${quote(key)})`,
          `answer = client.chat.completions.create(model=${quote(model)}, messages=[{"role": "user", "content": "Hello"}])`,
          'print(answer.choices[0].message.content)',
        ),
      },
    }),
  },
  {
    id: 'curl',
    name: 'curl',
    api: 'OpenAI chat completions',
    setUp: ({ url, key, model }) => ({
      shell: `curl ${url}/v1/chat/completions -H "Authorization: Bearer ${key}" -d '{"model": ${quote(model)}, "messages": [{"role": "user", "content": "Hello"}]}'`,
    }),
  },
];
