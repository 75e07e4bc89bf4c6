import { collectMessage } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { CHAT_PATH, deadUrl, primary, providers, say, startRuntime, startSimulator } from '../test/start-runtime.ts';

const listed = { id: 'ollama/glm-4.7-flash', name: 'GLM', contextWindow: 32_768 };
const configured = (baseUrl: string) => ({
  ...providers({ ollama: { baseUrl, models: [listed, { id: 'other', contextWindow: 4096 }] } }),
  ...primary('ollama/glm-4.7-flash'),
});
const asked = (entries: readonly { readonly body?: unknown }[]) =>
  entries.map(({ body }) => (body as { model: string }).model);

test('an id that repeats its provider is one model, with its configured values', async () => {
  const { url, journal } = await startSimulator({ models: ['glm-4.7-flash', 'other'] });
  const runtime = startRuntime({ config: configured(url) });
  expect((await runtime.inventory()).models).toMatchObject([
    { ref: 'ollama/glm-4.7-flash', name: 'GLM', contextWindow: 32_768, source: 'configured' },
    { ref: 'ollama/other' },
  ]);
  await collectMessage(runtime.chat(say('hi')));
  expect(asked(journal.of(CHAT_PATH))).toEqual(['glm-4.7-flash']);
});

test('unless the server has a model of exactly that name', async () => {
  const { url, journal } = await startSimulator({ models: ['ollama/glm-4.7-flash', 'glm-4.7-flash'] });
  const runtime = startRuntime({ config: configured(url) });
  await collectMessage(runtime.chat({ ...say('hi'), model: 'ollama/ollama/glm-4.7-flash' }));
  expect(asked(journal.of(CHAT_PATH))).toEqual(['ollama/glm-4.7-flash']);
  expect((await runtime.inventory()).models).toMatchObject([
    { ref: 'ollama/ollama/glm-4.7-flash', contextWindow: 32_768 },
    { ref: 'ollama/other' },
    { ref: 'ollama/glm-4.7-flash', source: 'assumed' },
  ]);
});

test('without an answer of the server, the prefix does not count', async () => {
  const runtime = startRuntime({ config: configured(deadUrl()) });
  expect((await runtime.inventory()).models).toMatchObject([{ ref: 'ollama/glm-4.7-flash' }, { ref: 'ollama/other' }]);
});

test('what is known of a server is kept when its list is asked for again', async () => {
  const { url, journal } = await startSimulator({ models: ['glm-4.7-flash', 'other'] });
  const runtime = startRuntime({ config: configured(url) });
  await collectMessage(runtime.chat(say('hi')));
  await runtime.inventory({ refresh: true });
  await collectMessage(runtime.chat(say('hi')));
  expect(journal.of('/api/ps')).toHaveLength(1);
});
