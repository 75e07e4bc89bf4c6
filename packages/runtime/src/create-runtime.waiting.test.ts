import { collectMessage } from '@openclaw/provider';
import { expect, test } from 'vitest';
import {
  CHAT_PATH,
  env,
  failure,
  primary,
  providers,
  say,
  startRuntime,
  startSimulator,
} from '../test/start-runtime.ts';

test('finds a model that was pulled a moment ago', async () => {
  let time = 0;
  const simulator = await startSimulator();
  const runtime = startRuntime({ config: primary('ollama/mistral'), env: env(simulator.url), now: () => time });
  await failure(collectMessage(runtime.chat(say('hi'))));
  simulator.models.add('mistral');
  time += 1001;
  expect((await collectMessage(runtime.chat(say('hi')))).model).toBe('ollama/mistral:latest');
});

test('asks for no list when the configuration describes the model, only what is loaded', async () => {
  const simulator = await startSimulator();
  const models = [{ id: 'llama3.3' }];
  const config = {
    ...providers({ ollama: { baseUrl: simulator.url, models, discover: true } }),
    ...primary('ollama/llama3.3'),
  };
  const runtime = startRuntime({ config });
  await collectMessage(runtime.chat(say('hi')));
  expect(simulator.journal.entries.map(({ path }) => path)).toEqual(['/api/ps', '/api/version', CHAT_PATH]);
});

test('answers although a server does not say what it has, and waits for it once only', async () => {
  const simulator = await startSimulator({
    intercept: ({ path }) => (path === '/api/tags' ? { http: { headersAfter: true } } : undefined),
  });
  const runtime = startRuntime({
    config: primary('ollama/llama3.3'),
    env: env(simulator.url),
    discoveryPatienceMs: 20,
  });
  expect((await collectMessage(runtime.chat(say('hi')))).model).toBe('ollama/llama3.3');
  expect((await collectMessage(runtime.chat(say('hi')))).model).toBe('ollama/llama3.3');
  expect(simulator.journal.of('/api/tags')).toHaveLength(1);
});

test('does not wait for the list of a fallback’s server', async () => {
  const silent = await startSimulator({ intercept: () => ({ http: { headersAfter: true } }) });
  const simulator = await startSimulator();
  const config = {
    ...providers({ gpu: { baseUrl: silent.url, discover: true } }),
    ...primary('ollama/llama3.3', ['gpu/big']),
  };
  const runtime = startRuntime({ config, env: env(simulator.url), discoveryPatienceMs: 60_000 });
  expect((await collectMessage(runtime.chat(say('hi')))).model).toBe('ollama/llama3.3:latest');
});

test('does not wait for a new list when the model is remembered', async () => {
  let time = 0;
  let silent = false;
  const simulator = await startSimulator({
    intercept: ({ path }) => (silent && path === '/api/tags' ? { http: { headersAfter: true } } : undefined),
  });
  const runtime = startRuntime({
    config: primary('ollama/llama3.3'),
    env: env(simulator.url),
    now: () => time,
    discoveryPatienceMs: 60_000,
  });
  await runtime.inventory();
  silent = true;
  time += 60_000;
  expect((await collectMessage(runtime.chat(say('hi')))).model).toBe('ollama/llama3.3:latest');
});

test('does not wait long for a server that was silent the last time, however long ago', async () => {
  let time = 0;
  const silent = await startSimulator({
    intercept: ({ path }) => (path === '/api/tags' ? { http: { headersAfter: true } } : undefined),
  });
  const config = {
    ...providers({ ollama: { baseUrl: silent.url, discover: true, timeouts: { connectMs: 1500 } } }),
    ...primary('ollama/llama3.3'),
  };
  const runtime = startRuntime({ config, now: () => time, discoveryPatienceMs: 60_000 });
  expect((await runtime.inventory()).problems).toMatchObject([{ provider: 'ollama' }]);
  time += 60_000;
  expect((await collectMessage(runtime.chat(say('hi')))).model).toBe('ollama/llama3.3');
  expect(silent.journal.of('/api/tags').map(({ phase }) => phase)).toEqual([
    'over',
    expect.not.stringContaining('over'),
  ]);
});
