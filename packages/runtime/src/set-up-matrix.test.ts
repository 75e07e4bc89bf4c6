import { collectMessage } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { say, startRuntime, startSimulator } from '../test/start-runtime.ts';
import type { StartRuntimeOptions } from '../test/start-runtime.ts';

/** All ways to set up Ollama; `url` is its address. */
const SET_UPS: Record<string, (url: string) => StartRuntimeOptions> = {
  'only OLLAMA_API_KEY': (url) => ({ env: { OLLAMA_API_KEY: 'ollama-local', OLLAMA_HOST: url } }),
  'only models.providers.ollama.apiKey': (url) => ({
    config: { models: { providers: { ollama: { apiKey: 'ollama-local' } } } },
    env: { OLLAMA_HOST: url },
  }),
  'only an auth profile': (url) => ({
    authProfiles: {
      main: {
        file: 'auth-profiles.json',
        order: {},
        profiles: [{ id: 'ollama:manual', provider: 'ollama', type: 'api_key', secret: 'ollama-local' }],
      },
    },
    env: { OLLAMA_HOST: url },
  }),
  'baseUrl and models': (url) => ({
    config: {
      models: { providers: { ollama: { baseUrl: `${url}/v1`, models: [{ id: 'gpt-oss:20b' }, { id: 'llama3.3' }] } } },
    },
  }),
  'baseUrl and discover: true': (url) => ({
    config: { models: { providers: { ollama: { baseUrl: url, discover: true } } } },
  }),
  'nothing but a primary': (url) => ({
    config: { agents: { defaults: { model: { primary: 'ollama/gpt-oss:20b' } } } },
    env: { OLLAMA_HOST: url },
  }),
};

test.each(Object.entries(SET_UPS))('lists the models and answers with %s', async (_name, setUp) => {
  const simulator = await startSimulator({ reply: () => 'Hello.' });
  const runtime = startRuntime(setUp(simulator.url));

  const { models, problems } = await runtime.inventory();
  expect(models.map(({ ref }) => ref.replace(':latest', '')).sort()).toEqual(['ollama/gpt-oss:20b', 'ollama/llama3.3']);
  expect(problems).toEqual([]);

  const named = await collectMessage(runtime.chat({ ...say('hi'), model: 'ollama/gpt-oss:20b' }));
  expect(named).toMatchObject({ model: 'ollama/gpt-oss:20b', text: 'Hello.' });
  const unnamed = await collectMessage(runtime.chat(say('hi')));
  expect(unnamed.text).toBe('Hello.');
});
