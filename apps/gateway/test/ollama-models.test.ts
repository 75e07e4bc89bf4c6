import { expect, onTestFinished, test } from 'vitest';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulatorOptions } from '@openclaw/ollama-simulator';
import { MODELS, startStack } from './start-stack.ts';
import type { StackOptions } from './start-stack.ts';

async function start(options: StackOptions = {}) {
  const stack = await startStack(options);
  const post = (path: string, body: object, init: RequestInit = {}) =>
    fetch(stack.gateway.url + path, { method: 'POST', body: JSON.stringify(body), ...init });
  const get = async (path: string): Promise<any> => (await fetch(stack.gateway.url + path)).json();
  return { ...stack, post, get };
}

/** A second server, as `workstation`: an Ollama, unless it is a server that only lists what the configuration says. */
async function startSecond(options: OllamaSimulatorOptions = {}) {
  const second = await startOllamaSimulator(options);
  onTestFinished(second.close);
  return second;
}

const withProviders = (providers: object, more: object = {}) => ({
  ...more,
  models: { providers: { ollama: {}, ...providers } },
});

test('names a model as its server does where that is enough, and by its reference elsewhere', async () => {
  const second = await startSecond({ models: ['qwen3:8b', 'mistral:7b'] });
  const { get } = await start({
    config: withProviders({
      workstation: { baseUrl: second.url, discover: true },
      vllm: { baseUrl: 'http://127.0.0.1:1/v1', models: [{ id: 'llama-70b', contextWindow: 32_000 }] },
    }),
  });
  const { models } = await get('/api/tags');
  expect(models.map(({ name }: { name: string }) => name)).toEqual([
    'openclaw:latest',
    'gpt-oss:20b',
    'ollama/qwen3:8b',
    'workstation/qwen3:8b',
    'mistral:7b',
    'vllm/llama-70b',
    'nomic-embed-text:latest',
  ]);
  for (const { name } of models)
    expect((await get(`/v1/models/${name.replace(':latest', '')}`)).id).toEqual(expect.any(String));
});

test('lists an agent whose model does not exist once it does', async () => {
  const { get, simulator } = await start({ config: { agents: { defaults: { model: 'ollama/later:1b' } } } });
  const names = async () => (await get('/api/tags')).models.map(({ name }: { name: string }) => name);
  expect(await names()).not.toContain('openclaw:latest');
  expect(simulator.journal.of('/api/tags').length).toBeGreaterThan(0);
});

test('shows a model by the name that the ollama command sends, with the window that the configuration sets', async () => {
  const models = [{ id: 'gpt-oss:20b', contextWindow: 8_000 }];
  const { post } = await start({ config: withProviders({ ollama: { discover: true, models } }) });
  const asked = { model: '', system: '', template: '', verbose: false, options: null, name: 'gpt-oss:20b' };
  const shown: any = await (await post('/api/show', asked)).json();
  const architecture = shown.model_info['general.architecture'];
  expect(shown.model_info[`${architecture}.context_length`]).toBe(8_000);
  expect(shown).toMatchObject({
    capabilities: expect.arrayContaining(['completion', 'tools', 'thinking']),
    details: { family: expect.any(String) },
    template: expect.any(String),
    license: expect.any(String),
  });
});

test('shows a model of a server of another kind, and one whose server fails', async () => {
  const { post, simulator } = await start({
    config: withProviders({
      vllm: {
        baseUrl: 'http://127.0.0.1:1/v1',
        models: [{ id: 'llama-70b', contextWindow: 32_000, input: ['text', 'image'], compat: { supportsTools: true } }],
      },
    }),
    simulator: {
      intercept: ({ path, number }) =>
        path === '/api/show' && number > 4 ? { http: { status: 500, body: '{"error":"disk"}' } } : undefined,
    },
  });
  const show = async (model: string): Promise<any> => (await post('/api/show', { model })).json();
  expect(await show('vllm/llama-70b')).toMatchObject({
    capabilities: ['completion', 'tools', 'vision'],
    model_info: { 'general.architecture': 'unknown', 'unknown.context_length': 32_000 },
    license: '',
  });
  for (let asked = 0; asked < 5; asked += 1) await show('gpt-oss:20b');
  expect(simulator.journal.of('/api/show').at(-1)?.outcome).toBe('finished');
  const shown = await show('gpt-oss:20b');
  expect(shown.capabilities).toContain('tools');
  expect(shown.model_info['general.architecture']).toEqual(expect.any(String));
});

test('says that a model is missing', async () => {
  const { post } = await start();
  const response = await post('/api/show', { model: 'none' });
  expect([response.status, await response.json()]).toEqual([404, { error: expect.stringContaining('none') }]);
  expect((await post('/api/show', {})).status).toBe(400);
});

test('lists what all servers have in memory, and goes on without one that is down', async () => {
  const second = await startSecond({ models: ['mistral:7b', 'qwen3:8b'] });
  const { get, simulator } = await start({
    config: withProviders({ workstation: { baseUrl: second.url, discover: true } }),
  });
  simulator.load('qwen3:8b');
  second.load('mistral:7b');
  second.load('qwen3:8b');
  const names = async () => (await get('/api/ps')).models.map(({ model }: { model: string }) => model).toSorted();
  expect(await names()).toEqual(['mistral:7b', 'ollama/qwen3:8b', 'workstation/qwen3:8b']);
  await second.stopListening();
  expect(await names()).toEqual(['ollama/qwen3:8b']);
});

test('loads and unloads a model at its server', async () => {
  const { post, simulator } = await start({
    simulator: {
      intercept: ({ path }) =>
        path === '/api/chat' || path === '/api/generate'
          ? { http: { body: '{"done":true,"done_reason":"load"}', headers: { 'content-type': 'application/json' } } }
          : undefined,
    },
  });
  const response = await post('/api/chat', { model: 'gpt-oss:20b', messages: [], keep_alive: '10m' });
  expect(await response.json()).toEqual({ done: true, done_reason: 'load' });
  expect(simulator.journal.of('/api/chat')[0]?.body).toEqual({ model: 'gpt-oss:20b', messages: [], keep_alive: '10m' });
  await (await post('/api/generate', { name: 'GPT-OSS:20b', prompt: '', keep_alive: '0s', options: null })).json();
  expect(simulator.journal.of('/api/generate')[0]?.body).toEqual({
    model: 'gpt-oss:20b',
    prompt: '',
    keep_alive: '0s',
    options: null,
  });
});

test.each([
  [undefined, 'load'],
  [-1, 'load'],
  ['5m', 'load'],
  [0, 'unload'],
  ['0s', 'unload'],
])('has nothing to load at a server of another kind: keep_alive %j is %s', async (keepAlive, reason) => {
  const { post } = await start({
    config: withProviders({ vllm: { baseUrl: 'http://127.0.0.1:1/v1', models: [{ id: 'm' }] } }),
  });
  const chat = await post('/api/chat', { model: 'vllm/m', messages: [], keep_alive: keepAlive });
  expect(await chat.json()).toMatchObject({
    message: { role: 'assistant', content: '' },
    done: true,
    done_reason: reason,
  });
  const generate = await post('/api/generate', { model: 'vllm/m', keep_alive: keepAlive });
  expect(await generate.json()).toMatchObject({ response: '', done: true, done_reason: reason });
});

test('sends text that is to be continued to the Ollama server as it is', async () => {
  const reply = '{"response":"world","done":false}\n{"response":"","done":true}\n';
  const { post, simulator } = await start({
    simulator: {
      intercept: ({ path }) =>
        path === '/api/generate'
          ? { http: { body: reply, headers: { 'content-type': 'application/x-ndjson' } } }
          : undefined,
    },
  });
  const body = { model: 'gpt-oss:20b', prompt: 'Hello ', suffix: '!', options: { num_predict: 5 } };
  const response = await post('/api/generate', body);
  expect([response.headers.get('content-type'), await response.text()]).toEqual(['application/x-ndjson', reply]);
  expect(response.headers.get('x-openclaw-model')).toBe('ollama/gpt-oss:20b');
  expect(simulator.journal.of('/api/generate')[0]?.body).toEqual(body);
});

test.each(['cut', 'end'] as const)(
  'ends a stream of the Ollama server that breaks off with a line that says so: %s',
  async (ending) => {
    const bytes = Buffer.from('{"response":"x","done":false}\n{"response":"wor');
    const contentType = 'application/x-ndjson';
    const recording = { bytes, slices: 1, status: 200, contentType, headers: {}, ending };
    const { post, simulator } = await start({
      simulator: { intercept: ({ path }) => (path === '/api/generate' ? { recording } : undefined) },
    });
    const text = await (await post('/api/generate', { model: 'gpt-oss:20b', prompt: 'a', raw: true })).text();
    expect(JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')).toEqual({ error: expect.any(String) });
    await simulator.journal.waitUntilIdle();
  },
);

test('cannot continue text at a server of another kind', async () => {
  const { post } = await start({
    config: withProviders({ vllm: { baseUrl: 'http://127.0.0.1:1/v1', models: [{ id: 'm' }] } }),
  });
  for (const [key, value] of Object.entries({ suffix: '!', raw: true, template: '{{ .Prompt }}' })) {
    const response = await post('/api/generate', { model: 'vllm/m', prompt: 'a', [key]: value });
    expect([response.status, await response.json()]).toEqual([400, { error: expect.stringContaining(`\`${key}\``) }]);
  }
});

test('asks the Ollama server for embeddings in its own words', async () => {
  const vectors = { model: 'nomic-embed-text:latest', embeddings: [[1, 2]], total_duration: 1 };
  const { post, simulator } = await start({
    simulator: {
      intercept: ({ path }) =>
        path.startsWith('/api/embed')
          ? { http: { body: vectors, headers: { 'content-type': 'application/json' } } }
          : undefined,
    },
  });
  const body = { model: 'nomic-embed-text', input: 'a', truncate: false };
  expect(await (await post('/api/embed', body)).json()).toEqual(vectors);
  expect(simulator.journal.of('/api/embed')[0]?.body).toEqual({ ...body, model: 'nomic-embed-text:latest' });
  await (await post('/api/embeddings', { model: 'nomic-embed-text', prompt: 'a' })).json();
  expect(simulator.journal.of('/api/embeddings')).toHaveLength(1);
});

test('asks a server of another kind for embeddings in those of OpenAI', async () => {
  const second = await startSecond({ models: MODELS });
  const models = [{ id: 'nomic-embed-text' }, { id: 'gone' }];
  const { post } = await start({
    config: withProviders({ other: { baseUrl: `${second.url}/v1`, models, api: 'openai-completions' } }),
  });
  const response = await post('/api/embed', { model: 'other/nomic-embed-text', input: ['a', 'b'], dimensions: 3 });
  const reply: any = await response.json();
  expect(reply).toMatchObject({ model: 'other/nomic-embed-text', prompt_eval_count: expect.any(Number) });
  expect(reply.embeddings).toHaveLength(2);
  expect(reply.embeddings[0]).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)]);
  const one: any = await (await post('/api/embeddings', { model: 'other/nomic-embed-text', prompt: 'a' })).json();
  expect(one.embedding.length).toBeGreaterThan(3);
  expect((await post('/api/embed', { model: 'other/nomic-embed-text' })).status).toBe(400);
  const missing = await post('/api/embed', { model: 'other/gone', input: 'a' });
  expect([missing.status, await missing.json()]).toEqual([404, { error: expect.stringContaining('gone') }]);
});
