import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from './sandbox.ts';

let simulator: Awaited<ReturnType<typeof startOllamaSimulator>>;

beforeAll(async () => {
  simulator = await startOllamaSimulator({ models: ['gpt-oss:20b', 'llama3.3', 'nomic-embed-text'] });
});
afterAll(() => simulator.close());

/** Every way in which people set Ollama up. All of them have to work, with a healthy server and nothing else. */
const SETUPS: Record<string, (url: string) => Sandbox> = {
  'only OLLAMA_API_KEY': (url) => createSandbox({ OLLAMA_HOST: url, OLLAMA_API_KEY: 'ollama-local' }),
  'only models.providers.ollama.apiKey': (url) =>
    configured(url, { models: { providers: { ollama: { apiKey: 'ollama-local' } } } }),
  'only an auth profile': (url) => {
    const sandbox = createSandbox({ OLLAMA_HOST: url });
    const profile = { type: 'api_key', provider: 'ollama', key: 'ollama-local' };
    sandbox.write('agents/main/agent/auth-profiles.json', { version: 1, profiles: { 'ollama:manual': profile } });
    return sandbox;
  },
  'an explicit baseUrl and models': (url) =>
    configured('http://127.0.0.1:9', {
      models: {
        providers: { ollama: { baseUrl: `${url}/v1`, models: [{ id: 'gpt-oss:20b' }, { id: 'llama3.3' }] } },
      },
    }),
  'an explicit baseUrl and discover: true': (url) =>
    configured('http://127.0.0.1:9', { models: { providers: { ollama: { baseUrl: url, discover: true } } } }),
  'nothing but a default model': (url) =>
    configured(url, { agents: { defaults: { model: { primary: 'ollama/gpt-oss:20b' } } } }),
};

function configured(ollamaHost: string, configuration: unknown): Sandbox {
  const sandbox = createSandbox({ OLLAMA_HOST: ollamaHost });
  sandbox.write('openclaw.json', configuration);
  return sandbox;
}

test.each(Object.entries(SETUPS))('%s: the models are listed and one answers', async (_name, setUp) => {
  const { openclaw } = setUp(simulator.url);

  const list = await openclaw(['models', 'list', '--json']);
  expect(list).toMatchObject({ code: 0 });
  const keys = (JSON.parse(list.stdout) as { models: { key: string }[] }).models.map(({ key }) => key);
  expect(keys).toContain('ollama/gpt-oss:20b');
  expect(keys.some((key) => key.startsWith('ollama/llama3.3'))).toBe(true);
  expect(keys.some((key) => key.includes('nomic'))).toBe(false);

  const answer = await openclaw(['agent', '-m', 'hello', '--model', 'ollama/gpt-oss:20b']);
  expect(answer).toMatchObject({ code: 0 });
  expect(answer.stdout).toContain('simulated reply from gpt-oss:20b');

  const unasked = await openclaw(['agent', '-m', 'hello']);
  expect(unasked).toMatchObject({ code: 0 });
});

test('a warm list asks for the list once and for no model', async () => {
  const { openclaw, write } = createSandbox({ OLLAMA_HOST: simulator.url, OLLAMA_API_KEY: 'x' });
  write('openclaw.json', '{}');
  await openclaw(['models', 'list']);
  const before = simulator.journal.entries.length;
  await openclaw(['models', 'list']);
  expect(simulator.journal.entries.slice(before).map(({ path }) => path)).toEqual(['/api/tags']);
});
