import { expect, test } from 'vitest';
import { fixture, scriptedServer, show, tag } from '../test/scripted-server.ts';
import { discoverModels } from './discover-models.ts';
import { createMemoryDiscoveryCache } from './discovery-cache.ts';

const names = (models: readonly { name: string }[]): string[] => models.map(({ name }) => name);

test('offers a model that takes tools, with what its server says of it', async () => {
  const { fetch } = scriptedServer({
    '/api/tags': { models: [tag('qwen3:8b', 'd1')] },
    '/api/show': fixture('ollama-0.12.6/show.json'),
  });
  const discovery = await discoverModels({ fetch });
  expect(discovery).toEqual({
    baseUrl: 'http://127.0.0.1:11434',
    hidden: [],
    models: [
      {
        name: 'qwen3:8b',
        digest: 'd1',
        capabilities: ['completion', 'tools', 'thinking'],
        capabilitiesSource: 'reported',
        tools: true,
        reasoning: true,
        input: ['text'],
        contextWindow: 40_960,
        contextWindowSource: 'show',
        contextLength: 40_960,
        numCtx: 1_048_576,
        maxTokens: 409_600,
        cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
        sizeBytes: 1000,
        parameterSize: '8B',
        family: 'llama',
      },
    ],
  });
});

test('hides embedding models and models without tools, and says why', async () => {
  const capabilities: Record<string, string[]> = {
    'nomic-embed-text:latest': ['embedding'],
    'gemma3:4b': ['completion', 'vision'],
    'llama3.3:latest': ['completion', 'tools'],
  };
  const { fetch } = scriptedServer({
    '/api/tags': { models: Object.keys(capabilities).map((name) => tag(name)) },
    '/api/show': ({ model }: { model: string }) => show(capabilities[model]!),
  });
  const { models, hidden } = await discoverModels({ fetch });
  expect(names(models)).toEqual(['llama3.3:latest']);
  expect(hidden.map(({ name, reason }) => [name, reason])).toEqual([
    ['nomic-embed-text:latest', 'embedding-only'],
    ['gemma3:4b', 'no-tools'],
  ]);
  expect(hidden[1]!.message).toMatch(/gemma3:4b does not report tools/);
  expect(hidden[1]!.model).toMatchObject({ input: ['text', 'image'], tools: false });
});

test('takes the smaller num_ctx of the Modelfile for the context window', async () => {
  const { fetch } = scriptedServer({
    '/api/tags': { models: [tag('small:latest')] },
    '/api/show': { ...show(['completion', 'tools']), parameters: 'num_ctx                        512' },
  });
  const { models } = await discoverModels({ fetch });
  expect(models).toMatchObject([
    { contextWindow: 512, contextWindowSource: 'modelfile', contextLength: 32_768, numCtx: 512, maxTokens: 5120 },
  ]);
});

test('takes a context of 8192 tokens when the server does not say one', async () => {
  const { fetch } = scriptedServer({
    '/api/tags': { models: [tag('a:latest')] },
    '/api/show': { capabilities: ['tools'] },
  });
  const { models } = await discoverModels({ fetch });
  expect(models[0]).toMatchObject({ contextWindow: 8192, contextWindowSource: 'default', maxTokens: 81_920 });
});

test('hides only the model whose description fails, and asks again the next time', async () => {
  let broken = true;
  const cache = createMemoryDiscoveryCache();
  const { fetch, requests } = scriptedServer({
    '/api/tags': { models: [tag('good:latest'), tag('bad:latest')] },
    '/api/show': ({ model }: { model: string }) =>
      model === 'bad:latest' && broken ? Response.json({ error: 'blob is missing' }, { status: 500 }) : show(['tools']),
  });

  const first = await discoverModels({ fetch, cache });
  expect(names(first.models)).toEqual(['good:latest']);
  expect(first.hidden).toMatchObject([{ name: 'bad:latest', reason: 'details-unavailable' }]);
  expect(first.hidden[0]!.message).toMatch(/blob is missing/);

  broken = false;
  const second = await discoverModels({ fetch, cache });
  expect(names(second.models)).toEqual(['good:latest', 'bad:latest']);
  expect(requests.slice(3).map(({ body }) => body?.model)).toEqual([undefined, 'bad:latest']);
});

test('asks only about what changed when the rest is remembered', async () => {
  const models = [tag('a:latest', 'd1'), tag('b:latest', 'd2')];
  const cache = createMemoryDiscoveryCache();
  const { fetch, paths, requests } = scriptedServer({ '/api/tags': () => ({ models }), '/api/show': show(['tools']) });

  await discoverModels({ fetch, cache });
  expect(paths()).toEqual(['/api/tags', '/api/show', '/api/show']);
  await discoverModels({ fetch, cache });
  expect(paths().slice(3)).toEqual(['/api/tags']);
  models[1] = tag('b:latest', 'd3');
  await discoverModels({ fetch, cache });
  expect(requests.slice(4).map(({ body }) => body?.model)).toEqual([undefined, 'b:latest']);
});

test('asks once about two names of one model', async () => {
  const { fetch, paths } = scriptedServer({
    '/api/tags': { models: [tag('a:latest', 'same'), tag('b:latest', 'same')] },
    '/api/show': show(['tools']),
  });
  const { models } = await discoverModels({ fetch });
  expect(names(models)).toEqual(['a:latest', 'b:latest']);
  expect(paths()).toEqual(['/api/tags', '/api/show']);
});

test('believes the cache for a day: a newer server may see more in the same model', async () => {
  let time = 0;
  let capabilities = ['tools'];
  const cache = createMemoryDiscoveryCache();
  const { fetch } = scriptedServer({
    '/api/tags': { models: [tag('a:latest')] },
    '/api/show': () => show(capabilities),
  });
  const discover = () => discoverModels({ fetch, cache, now: () => time });

  await discover();
  capabilities = ['tools', 'thinking'];
  time = 24 * 60 * 60 * 1000 - 1;
  expect((await discover()).models[0]!.reasoning).toBe(false);
  time += 2;
  expect((await discover()).models[0]!.reasoning).toBe(true);
});

test('does not believe what was cached while the clock was ahead', async () => {
  let time = 365 * 24 * 60 * 60 * 1000;
  let capabilities = ['tools'];
  const cache = createMemoryDiscoveryCache();
  const { fetch } = scriptedServer({
    '/api/tags': { models: [tag('a:latest')] },
    '/api/show': () => show(capabilities),
  });
  const discover = () => discoverModels({ fetch, cache, now: () => time });

  await discover();
  capabilities = ['tools', 'thinking'];
  time = 0;
  expect((await discover()).models[0]!.reasoning).toBe(true);
});

test('does not ask about models that the list itself rules out (Ollama 0.30)', async () => {
  const { fetch, requests } = scriptedServer({
    '/api/tags': fixture('ollama-0.30.0/tags.json'),
    '/api/show': { capabilities: ['completion', 'vision', 'tools', 'thinking'] },
  });
  const { models, hidden } = await discoverModels({ fetch });
  expect(requests.map(({ body }) => body?.model)).toEqual([undefined, 'qwen3.5:9b']);
  expect(models).toMatchObject([{ contextWindow: 262_144, contextWindowSource: 'tags', input: ['text', 'image'] }]);
  expect(hidden).toMatchObject([{ reason: 'embedding-only', model: { contextWindow: 2048 } }]);
});

test('asks again when the list reports other capabilities than are remembered (Ollama 0.30)', async () => {
  let capabilities = ['completion', 'tools'];
  const cache = createMemoryDiscoveryCache();
  const { fetch } = scriptedServer({
    '/api/tags': () => ({ models: [tag('a:latest', 'd1', { capabilities })] }),
    '/api/show': () => show(capabilities),
  });
  await discoverModels({ fetch, cache });
  capabilities = ['tools', 'completion', 'thinking'];
  expect((await discoverModels({ fetch, cache })).models[0]!.reasoning).toBe(true);
});

test('reads the list of Ollama 0.5.7, which reports no capabilities', async () => {
  const { fetch } = scriptedServer({
    '/api/tags': fixture('ollama-0.5.7/tags.json'),
    '/api/show': { template: '{{ .Tools }}', model_info: { 'general.architecture': 'x', 'x.context_length': 131_072 } },
  });
  const { models } = await discoverModels({ fetch });
  expect(models).toMatchObject([
    { name: 'llama3.2:latest', capabilitiesSource: 'inferred', contextWindow: 131_072, parameterSize: '3.2B' },
    { name: 'hf.co/acme/Tiny-GGUF:Q5_K_S', family: 'qwen2' },
  ]);
});

test.each([
  [tag('kimi-k2:1t-cloud'), 'https://ollama.com'],
  [tag('glm-5:cloud'), 'https://ollama.com'],
  [tag('stub:latest', 'd', { remote_host: 'https://models.example:443' }), 'https://models.example:443'],
  [tag('cloudy:latest'), undefined],
])('tells models that run elsewhere from those that run here (%j)', async (entry, remoteHost) => {
  const { fetch } = scriptedServer({ '/api/tags': { models: [entry] }, '/api/show': show(['tools']) });
  expect((await discoverModels({ fetch })).models[0]!.remoteHost).toBe(remoteHost);
});

test('finds nothing on a server without models', async () => {
  const { fetch } = scriptedServer({ '/api/tags': fixture('ollama-0.12.6/tags-empty.json') });
  expect(await discoverModels({ fetch })).toEqual({ baseUrl: 'http://127.0.0.1:11434', models: [], hidden: [] });
});

test('sends the key and the headers it is given, and no key otherwise', async () => {
  const { fetch, requests } = scriptedServer({ '/api/tags': { models: [] } });
  await discoverModels({ fetch, baseUrl: 'http://h:1/v1', apiKey: 'k', headers: { 'x-tenant': 't' } });
  await discoverModels({ fetch });
  expect(requests[0]!.url).toBe('http://h:1/api/tags');
  expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer k', null]);
  expect(requests[0]!.headers.get('x-tenant')).toBe('t');
});

test('has no more requests on their way than it may', async () => {
  let running = 0;
  let most = 0;
  const { fetch } = scriptedServer({
    '/api/tags': { models: Array.from({ length: 20 }, (_, index) => tag(`m${index}:latest`)) },
    '/api/show': async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return show(['tools']);
    },
  });
  const { models } = await discoverModels({ fetch, concurrency: 3 });
  expect(models).toHaveLength(20);
  expect(most).toBe(3);
});

test('does without a cache that is broken, and says so', async () => {
  const problem = new Error('disk full');
  const cache = { load: async () => new Map(), save: () => Promise.reject(problem) };
  const { fetch } = scriptedServer({ '/api/tags': { models: [tag('a:latest')] }, '/api/show': show(['tools']) });
  const discovery = await discoverModels({ fetch, cache });
  expect(names(discovery.models)).toEqual(['a:latest']);
  expect(discovery.cacheProblem).toBe(problem);
});

test('keeps what was described in time when the whole takes too long', async () => {
  const { fetch } = scriptedServer({
    '/api/tags': { models: [tag('quick:latest'), tag('slow:latest')] },
    '/api/show': ({ model }: { model: string }) => (model === 'quick:latest' ? show(['tools']) : new Promise(() => {})),
  });
  const impatient: typeof globalThis.fetch = (input, init) =>
    Promise.race([
      fetch(input, init),
      new Promise<never>((_, reject) => init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason))),
    ]);
  const { models, hidden } = await discoverModels({ fetch: impatient, timeoutMs: 1000 });
  expect(names(models)).toEqual(['quick:latest']);
  expect(hidden).toMatchObject([{ name: 'slow:latest', reason: 'details-unavailable' }]);
  expect(hidden[0]!.message).toMatch(/within 1000 ms/);
});
