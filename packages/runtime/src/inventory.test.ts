import { createMemoryDiscoveryCache } from '@openclaw/ollama-discovery';
import { expect, onTestFinished, test, vi } from 'vitest';
import { deadUrl, startRuntime, startSimulator } from '../test/start-runtime.ts';

const env = (url: string) => ({ OLLAMA_API_KEY: 'ollama-local', OLLAMA_HOST: url });
const providers = (entries: object) => ({ models: { providers: entries } });

test('tells what each model takes, where it runs and what it costs', async () => {
  const simulator = await startSimulator({
    models: [{ name: 'qwen3:8b', capabilities: ['completion', 'tools', 'thinking', 'vision'], contextLength: 32_768 }],
  });
  const runtime = startRuntime({
    env: env(simulator.url),
    config: { agents: { defaults: { models: { 'ollama/qwen3:8b': { alias: 'q' } } } } },
  });
  expect(await runtime.inventory()).toEqual({
    hidden: [],
    problems: [],
    models: [
      {
        ref: 'ollama/qwen3:8b',
        provider: 'ollama',
        model: 'qwen3:8b',
        name: 'qwen3:8b',
        endpoint: `${simulator.url}/v1`,
        input: ['text', 'image'],
        tools: true,
        reasoning: true,
        contextWindow: 32_768,
        maxTokens: 327_680,
        cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
        local: true,
        source: 'discovered',
        modifiedAt: expect.any(Number),
        aliases: ['q'],
      },
    ],
  });
});

test('says why a model is left out', async () => {
  const simulator = await startSimulator();
  const { hidden } = await startRuntime({ env: env(simulator.url) }).inventory();
  expect(hidden).toMatchObject([
    {
      ref: 'ollama/nomic-embed-text:latest',
      endpoint: `${simulator.url}/v1`,
      reason: expect.stringMatching(/embedding model/),
    },
  ]);
});

test('says which URL was tried, what went wrong and what to run when Ollama is down', async () => {
  const url = deadUrl();
  const { models, problems } = await startRuntime({ env: env(url) }).inventory();
  expect(models).toEqual([]);
  expect(problems).toEqual([
    {
      provider: 'ollama',
      code: 'unreachable',
      url,
      message: expect.stringContaining(`${url} (connection refused)`),
      nextCommand: 'ollama serve',
      stale: false,
    },
  ]);
});

test('keeps the last known models of a server that went down, and says so', async () => {
  const simulator = await startSimulator();
  const runtime = startRuntime({ env: env(simulator.url) });
  const before = await runtime.inventory();
  await simulator.close();
  const { models, problems } = await runtime.inventory({ refresh: true });
  expect(models).toEqual(before.models);
  expect(problems).toMatchObject([{ provider: 'ollama', stale: true }]);
});

test('forgets models that a server no longer has', async () => {
  const simulator = await startSimulator();
  const runtime = startRuntime({ env: env(simulator.url) });
  await runtime.inventory();
  simulator.models.remove('llama3.3');
  const { models } = await runtime.inventory({ refresh: true });
  expect(models.map(({ ref }) => ref)).toEqual(['ollama/gpt-oss:20b']);
});

test('asks again when what it knows is old, and only about what is new', async () => {
  let time = 1_000_000;
  const simulator = await startSimulator();
  const runtime = startRuntime({ env: env(simulator.url), cache: createMemoryDiscoveryCache(), now: () => time });
  await Promise.all([runtime.inventory(), runtime.inventory()]);
  await runtime.inventory();
  expect(simulator.journal.of('/api/tags')).toHaveLength(1);

  simulator.journal.clear();
  simulator.models.add('mistral');
  time += 5001;
  const { models } = await runtime.inventory();
  expect(models.map(({ model }) => model)).toContain('mistral:latest');
  expect(simulator.journal.entries.map(({ path, body }) => [path, body])).toEqual([
    ['/api/tags', undefined],
    ['/api/show', { model: 'mistral:latest' }],
  ]);
});

test('remembers what it learned for the next process, once there is a place for it', async () => {
  const simulator = await startSimulator();
  const { loaded } = startRuntime({ env: env(simulator.url) });
  const { createRuntime } = await import('./create-runtime.ts');
  const [first, second] = [createRuntime({ loaded }), createRuntime({ loaded })];
  await first.inventory();
  simulator.journal.clear();
  await second.inventory();
  expect(simulator.journal.entries.map(({ path }) => path)).toEqual(['/api/tags']);
  await Promise.all([first.close(), second.close()]);
});

test('joins servers, each under its own id, and asks one alone when told to', async () => {
  const [here, there] = [await startSimulator({ models: ['a:1b'] }), await startSimulator({ models: ['b:1b'] })];
  const runtime = startRuntime({
    env: env(here.url),
    config: providers({ gpu: { baseUrl: there.url, discover: true }, ollama: { apiKey: 'x' } }),
  });
  const { models } = await runtime.inventory();
  expect(models.map(({ ref }) => ref).sort()).toEqual(['gpu/b:1b', 'ollama/a:1b']);
  expect((await runtime.inventory({ provider: 'GPU' })).models.map(({ ref }) => ref)).toEqual(['gpu/b:1b']);
});

test('shows the models of one server although another is down', async () => {
  const simulator = await startSimulator({ models: ['a:1b'] });
  const config = providers({ gpu: { baseUrl: deadUrl(), discover: true }, ollama: { apiKey: 'x' } });
  const { models, problems } = await startRuntime({ env: env(simulator.url), config }).inventory();
  expect(models.map(({ ref }) => ref)).toEqual(['ollama/a:1b']);
  expect(problems).toMatchObject([{ provider: 'gpu' }]);
});

test('lets the configuration have the last word on a model that was discovered, too', async () => {
  const simulator = await startSimulator();
  const models = [
    { id: 'llama3.3', name: 'Llama', contextWindow: 4096 },
    { id: 'nomic-embed-text', compat: { supportsTools: true } },
  ];
  const config = providers({ ollama: { baseUrl: simulator.url, discover: true, models } });
  const inventory = await startRuntime({ config }).inventory();
  expect(inventory.models.map(({ ref, source }) => [ref, source])).toEqual([
    ['ollama/llama3.3:latest', 'configured'],
    ['ollama/nomic-embed-text:latest', 'configured'],
    ['ollama/gpt-oss:20b', 'discovered'],
  ]);
  expect(inventory.models[0]).toMatchObject({ name: 'Llama', contextWindow: 4096, maxTokens: 40_960, tools: true });
  expect(inventory.hidden).toEqual([]);
});

test('lists models of an explicit entry without a request', async () => {
  const simulator = await startSimulator();
  const models = [{ id: 'gpt-oss:20b', name: 'GPT-OSS 20B', input: ['text'], contextWindow: 8192, maxTokens: 81_920 }];
  const inventory = await startRuntime({
    config: providers({ ollama: { baseUrl: `${simulator.url}/v1`, models } }),
  }).inventory();
  expect(inventory.models).toMatchObject([
    { ref: 'ollama/gpt-oss:20b', name: 'GPT-OSS 20B', contextWindow: 8192, source: 'configured' },
  ]);
  expect(simulator.journal.entries).toEqual([]);
});

test('lists the models that the configuration names for an entry that lists none', async () => {
  const simulator = await startSimulator();
  const config = {
    ...providers({ ollama: { baseUrl: simulator.url } }),
    agents: { defaults: { model: 'ollama/gpt-oss:20b' } },
  };
  const { models, problems } = await startRuntime({ config }).inventory();
  expect(models).toMatchObject([{ ref: 'ollama/gpt-oss:20b', source: 'assumed', contextWindow: 40_960 }]);
  expect(problems).toEqual([]);
});

test('says how an entry without models gets some', async () => {
  const config = providers({ ollama: { baseUrl: 'http://ollama-host:11434/v1' } });
  const { problems } = await startRuntime({ config }).inventory();
  expect(problems).toMatchObject([
    { provider: 'ollama', nextCommand: 'openclaw config set models.providers.ollama.discover true', stale: false },
  ]);
});

test('is cancelled by the caller', async () => {
  const held = await startSimulator({ intercept: () => ({ http: { headersAfter: true } }) });
  const caller = new AbortController();
  const listing = startRuntime({ env: env(held.url) }).inventory({ signal: caller.signal });
  await held.journal.waitFor(({ path }) => path === '/api/tags');
  caller.abort(new Error('enough'));
  await expect(listing).rejects.toThrow('enough');
});

test('asks a server again when the time of day was set back', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 });
  onTestFinished(() => void vi.useRealTimers());
  const simulator = await startSimulator();
  const runtime = startRuntime({ env: env(simulator.url), discoveryMaxAgeMs: 0 });
  await runtime.inventory();
  vi.setSystemTime(1_800_000_000_000 - 3_600_000);
  simulator.models.add('mistral');
  const { models } = await runtime.inventory();
  expect(models.map(({ model }) => model)).toContain('mistral:latest');
});

test('names the models of an Ollama that is running and not enabled, and the command that enables it', async () => {
  const simulator = await startSimulator();
  const runtime = startRuntime({ env: { OLLAMA_HOST: simulator.url } });
  const { models, problems } = await runtime.inventory();
  expect(models).toEqual([]);
  expect(problems).toEqual([
    {
      provider: 'ollama',
      code: 'not-enabled',
      url: simulator.url,
      message: `Ollama is running at ${simulator.url} with 3 models (gpt-oss:20b, llama3.3:latest, nomic-embed-text:latest), but it is not enabled, so no model of it is used.`,
      nextCommand: 'openclaw config set models.providers.ollama.apiKey "ollama-local"',
      stale: false,
    },
  ]);
});

test.each([
  ['with models of another provider', providers({ vllm: { baseUrl: 'http://127.0.0.1:9/v1', models: [{ id: 'm' }] } })],
  ['in mode replace', { models: { mode: 'replace' } }],
])('an Ollama that is not enabled is not asked %s', async (_case, config) => {
  const simulator = await startSimulator();
  await startRuntime({ config, env: { OLLAMA_HOST: simulator.url } }).inventory();
  expect(simulator.journal.entries).toEqual([]);
});
