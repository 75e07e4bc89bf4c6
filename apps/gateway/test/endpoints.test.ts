import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulatorOptions } from '@openclaw/ollama-simulator';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startLogged } from './start-logged.ts';
import { MODELS } from './start-stack.ts';

/** A gateway before two simulators, of which only the first has the model loaded. */
async function startTwo({ reply = () => 'Hello.' }: Pick<OllamaSimulatorOptions, 'reply'> = {}) {
  const start = async () => {
    const simulator = await startOllamaSimulator({ models: MODELS, reply });
    onTestFinished(simulator.close);
    return simulator;
  };
  const [one, two] = [await start(), await start()];
  one.load('gpt-oss:20b');
  const endpoints = [
    { baseUrl: one.url, name: 'one' },
    { baseUrl: two.url, name: 'two' },
  ];
  const stack = await startLogged({
    level: 'info',
    config: {
      models: { providers: { lab: { api: 'ollama', endpoints } } },
      agents: { defaults: { model: 'lab/gpt-oss:20b' } },
    },
  });
  const status = async () =>
    (await (await fetch(`${stack.gateway.url}/status`)).json()) as {
      models: { ref: string; endpoints?: string[] }[];
      endpoints: { endpoint: string; loaded?: string[]; circuit: string; reloadsAvoided: number }[];
      problems: { provider: string; endpoint?: string }[];
    };
  await vi.waitUntil(async () => (await status()).endpoints.every(({ loaded }) => loaded !== undefined), {
    timeout: 45_000,
  });
  return { ...stack, one, two, status };
}

test('replies, log, status and metrics name the endpoint that answered', async () => {
  const { gateway, chat, logged, status } = await startTwo();
  const response = await chat({});
  expect(response.status).toBe(200);
  expect(response.headers.get('x-openclaw-model')).toBe('lab/gpt-oss:20b');
  expect(response.headers.get('x-openclaw-endpoint')).toBe('one');
  expect(await logged('request')).toMatchObject({ model: 'lab/gpt-oss:20b', endpoint: 'one' });
  const { models, endpoints } = await status();
  expect(models.find(({ ref }) => ref === 'lab/gpt-oss:20b')).toMatchObject({ endpoints: ['one', 'two'] });
  expect(endpoints).toMatchObject([
    { provider: 'lab', endpoint: 'one', circuit: 'closed', loaded: ['gpt-oss:20b'], reloadsAvoided: 1 },
    { provider: 'lab', endpoint: 'two', circuit: 'closed', loaded: [], reloadsAvoided: 0 },
  ]);
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  for (const line of [
    'openclaw_endpoint_up{provider="lab",endpoint="one"} 1',
    'openclaw_endpoint_running{provider="lab",endpoint="two"} 0',
    'openclaw_endpoint_loaded_models{provider="lab",endpoint="one"} 1',
    'openclaw_endpoint_reloads_avoided_total{provider="lab",endpoint="one"} 1',
    'openclaw_endpoint_chosen_total{provider="lab",endpoint="one"',
  ])
    expect(text).toContain(line);
  expect(text.match(/^openclaw_provider_running\{provider="lab"\}/gm)).toHaveLength(1);
});

test('one endpoint that is down costs no request, and is reported', async () => {
  const { gateway, chat, one, status } = await startTwo();
  await one.close();
  const response = await chat({});
  expect(response.status).toBe(200);
  expect(response.headers.get('x-openclaw-endpoint')).toBe('two');
  expect(response.headers.get('x-openclaw-attempts')).toBe('2');
  await vi.waitUntil(async () => (await status()).problems.length > 0, { timeout: 45_000 });
  const { problems, endpoints } = await status();
  expect(problems).toMatchObject([{ provider: 'lab', endpoint: 'one' }]);
  // Half-open, if the next probe is due by now.
  expect(endpoints[0]?.circuit).not.toBe('closed');
  expect(endpoints[1]?.circuit).toBe('closed');
  expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
});

test('clients of Ollama see the loaded models of every endpoint, and each model once', async () => {
  const { gateway, two } = await startTwo();
  two.load('qwen3:8b');
  const names = async (path: string) => {
    const { models } = (await (await fetch(`${gateway.url}${path}`)).json()) as { models: { name: string }[] };
    return models.map(({ name }) => name).toSorted();
  };
  expect(await names('/api/ps')).toEqual(['gpt-oss:20b', 'qwen3:8b']);
  expect(await names('/api/tags')).toEqual(['gpt-oss:20b', 'nomic-embed-text:latest', 'openclaw:latest', 'qwen3:8b']);
});

test('a request to the native API goes to an endpoint that can be reached', async () => {
  const { gateway, one, two } = await startTwo();
  const show = () =>
    fetch(`${gateway.url}/api/show`, { method: 'POST', body: JSON.stringify({ model: 'gpt-oss:20b' }) });
  await one.close();
  for (let request = 0; request < 4; request += 1) expect((await show()).status).toBe(200);
  expect(two.journal.entries.some(({ path }) => path === '/api/show')).toBe(true);
});
