import { createCatalogModel } from '@openclaw/model-selection';
import type { Provider } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { deadUrl, startRuntime, startSimulator } from '../test/start-runtime.ts';
import { passThrough } from './pass-through.ts';
import type { Providers } from './provider-factories.ts';
import type { ProviderSetup } from './provider-setup.ts';
import { createRequestLimiters } from './request-limiters.ts';

async function json(body: AsyncIterable<Uint8Array>): Promise<any> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

const env = (url: string) => ({ OLLAMA_HOST: url, OLLAMA_API_KEY: 'x' });

test('hands a request for embeddings to the model, which lists leave out, and its answer back', async () => {
  const simulator = await startSimulator();
  const runtime = startRuntime({ env: env(simulator.url) });
  const body = { model: 'nomic-embed-text', input: ['a', 'b'] };
  const answer = await runtime.passThrough({ model: 'nomic-embed-text', path: 'embeddings', body });
  expect(answer).toMatchObject({ model: 'ollama/nomic-embed-text:latest', status: 200 });
  expect(answer.contentType).toMatch(/json/);
  expect((await json(answer.body)).data).toHaveLength(2);
  expect(simulator.journal.of('/v1/embeddings')[0]!.body).toEqual({ ...body, model: 'nomic-embed-text:latest' });
});

test('hands back what the server says against it, too', async () => {
  const simulator = await startSimulator();
  const runtime = startRuntime({ env: env(simulator.url) });
  const answer = await runtime.passThrough({ model: 'ollama/llama3.3', path: 'embeddings', body: { input: 'a' } });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(await json(answer.body)).toHaveProperty('error');
});

test('rejects with the reason when no model could be used', async () => {
  const ask = (url: string, model: string) =>
    startRuntime({ env: env(url) }).passThrough({ model, path: 'embeddings', body: {} });
  await expect(ask(deadUrl(), 'ollama/nomic-embed-text')).rejects.toMatchObject({
    name: 'ProviderError',
    code: 'connection-failed',
  });
  const { url } = await startSimulator();
  await expect(ask(url, 'nope/x')).rejects.toMatchObject({ name: 'ProviderError', code: 'model-not-found' });
});

test('fails for a provider that only answers chat requests', async () => {
  const model = createCatalogModel({ provider: 'local', model: 'm', endpoint: 'http://127.0.0.1:1/v1' });
  const setup = { id: 'local' } as ProviderSetup;
  const provider: Provider = { id: 'local', stream: () => ReadableStream.from([]) };
  const limiters = createRequestLimiters();
  const providers: Providers = { get: () => provider, keepOnly: () => undefined };
  const surroundings = { model, setups: [setup], unusable: [], providers, limiters, signal: undefined };

  await expect(passThrough({ path: 'embeddings', body: {} }, surroundings)).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('embeddings'),
  });
  expect(limiters.loads()).toMatchObject([{ running: 0 }]);
});

test('ends its turn at the provider with the body', async () => {
  const simulator = await startSimulator();
  const models = [{ id: 'nomic-embed-text' }];
  const ollama = { baseUrl: simulator.url, models, maxConcurrent: 1, maxQueued: 0 };
  const runtime = startRuntime({ config: { models: { providers: { ollama } } } });
  const ask = () => runtime.passThrough({ model: 'ollama/nomic-embed-text', path: 'embeddings', body: { input: 'a' } });
  const first = await ask();
  await expect(ask()).rejects.toMatchObject({ code: 'overloaded' });
  await json(first.body);
  expect((await ask()).status).toBe(200);
});

const agent = (url: string) => ({
  env: env(url),
  config: { agents: { defaults: { model: { primary: 'dead/model', fallbacks: ['ollama/llama3.3'] } } } },
});

test('uses the fallbacks of an agent for text completions', async () => {
  const simulator = await startSimulator();
  const { config, ...rest } = agent(simulator.url);
  const providers = { dead: { baseUrl: `${deadUrl()}/v1`, models: [{ id: 'model' }] } };
  const runtime = startRuntime({ ...rest, config: { ...config, models: { providers } } });
  const ask = (model: string) => runtime.passThrough({ model, path: 'completions', body: { prompt: 'Hi' } });
  const answer = await ask('openclaw');
  expect(answer).toMatchObject({ model: 'ollama/llama3.3', status: 200 });
  expect(await json(answer.body)).toHaveProperty('choices');
  await expect(ask('dead/model')).rejects.toMatchObject({ code: 'connection-failed' });
});

test('uses the fallbacks of an agent for text completions that its server refuses', async () => {
  const simulator = await startSimulator();
  const other = await startSimulator({ intercept: () => ({ http: { status: 500, body: '{"error":"broken"}' } }) });
  const { config, ...rest } = agent(simulator.url);
  const providers = { dead: { baseUrl: `${other.url}/v1`, models: [{ id: 'model' }], maxConcurrent: 1 } };
  const runtime = startRuntime({ ...rest, config: { ...config, models: { providers } } });
  const answer = await runtime.passThrough({ model: 'openclaw', path: 'completions', body: { prompt: 'Hi' } });
  expect(answer).toMatchObject({ model: 'ollama/llama3.3', status: 200 });
  expect(runtime.loads().find(({ provider }) => provider === 'dead')).toMatchObject({ running: 0 });
});

test('never gives embeddings of another model', async () => {
  const simulator = await startSimulator();
  const { config, ...rest } = agent(simulator.url);
  const providers = { dead: { baseUrl: `${deadUrl()}/v1`, models: [{ id: 'model' }] } };
  const runtime = startRuntime({ ...rest, config: { ...config, models: { providers } }, now: () => 0 });
  const ask = () => runtime.passThrough({ model: 'openclaw', path: 'embeddings', body: { input: 'a' } });
  for await (const _ of runtime.chat({ messages: [{ role: 'user', content: 'Hi' }] }));
  expect(runtime.circuits()).toMatchObject([{ state: 'open' }]);
  await expect(ask()).rejects.toMatchObject({ code: 'connection-failed' });
  expect(simulator.journal.of('/v1/embeddings')).toEqual([]);
});
