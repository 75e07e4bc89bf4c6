import { expect, test } from 'vitest';
import { deadUrl, startRuntime, startSimulator } from '../test/start-runtime.ts';

async function json(body: AsyncIterable<Uint8Array>): Promise<any> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

const env = (url: string) => ({ OLLAMA_HOST: url, OLLAMA_API_KEY: 'a-secret-key' });

test('sends a request to the server of a provider with its credentials, and returns its response', async () => {
  const simulator = await startSimulator();
  const runtime = startRuntime({ env: env(simulator.url) });
  expect(runtime.ollamaServers()).toEqual([{ provider: 'ollama', url: simulator.url }]);
  const shown = await runtime.requestOllama({
    provider: 'ollama',
    method: 'POST',
    path: '/api/show',
    body: { model: 'gpt-oss:20b' },
  });
  expect(shown.status).toBe(200);
  expect(await json(shown.body)).toHaveProperty('model_info');
  expect(simulator.journal.of('/api/show')[0]!.headers).toMatchObject({
    authorization: 'Bearer a-secret-key',
    'content-type': 'application/json',
  });
  const running = await runtime.requestOllama({ provider: 'ollama', method: 'GET', path: '/api/ps' });
  expect(await json(running.body)).toHaveProperty('models');
});

test('returns an error of the server without the secrets that it repeats', async () => {
  const simulator = await startSimulator({
    intercept: () => ({ http: { status: 401, body: '{"error":"a-secret-key is wrong"}' } }),
  });
  const runtime = startRuntime({ env: env(simulator.url) });
  const { status, body } = await runtime.requestOllama({ provider: 'ollama', method: 'DELETE', path: '/api/delete' });
  expect([status, await json(body)]).toEqual([401, { error: '*** is wrong' }]);
});

test('sends the bytes of a file as they come', async () => {
  const simulator = await startSimulator({ intercept: () => ({ http: { status: 201, body: '' } }) });
  const runtime = startRuntime({ env: env(simulator.url) });
  const body = (async function* () {
    yield Buffer.from('one ');
    yield Buffer.from('two');
  })();
  const path = '/api/blobs/sha256:0';
  expect((await runtime.requestOllama({ provider: 'ollama', method: 'POST', path, body })).status).toBe(201);
  expect(simulator.journal.of(path)[0]).toMatchObject({ headers: { 'content-type': 'application/octet-stream' } });
});

test('takes its turn in the queue of the provider for a request that uses a model', async () => {
  const simulator = await startSimulator();
  const ollama = { baseUrl: simulator.url, maxConcurrent: 1, maxQueued: 0 };
  const runtime = startRuntime({ config: { models: { providers: { ollama } } } });
  const ask = () =>
    runtime.requestOllama({ provider: 'ollama', method: 'GET', path: '/api/version', queued: true, client: 'me' });
  const first = await ask();
  await expect(ask()).rejects.toMatchObject({ code: 'overloaded' });
  await json(first.body);
  await json((await ask()).body);
});

test('rejects with the reason when there is no response', async () => {
  const runtime = startRuntime({ env: env(deadUrl()) });
  const ask = (provider: string, signal?: AbortSignal) =>
    runtime.requestOllama({ provider, method: 'GET', path: '/api/ps' }, { signal });
  await expect(ask('ollama')).rejects.toMatchObject({ name: 'ProviderError', code: 'connection-failed' });
  await expect(ask('vllm')).rejects.toMatchObject({ name: 'ProviderError', code: 'unsupported' });
  await expect(ask('ollama', AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
});

test('finds the model that a name means, and what its server says of it', async () => {
  const simulator = await startSimulator();
  const config = { agents: { defaults: { model: { primary: 'ollama/gone', fallbacks: ['ollama/gpt-oss:20b'] } } } };
  const runtime = startRuntime({ env: env(simulator.url), config });
  const model = await runtime.findModel('LLAMA3.3');
  expect(model.ref).toBe('ollama/llama3.3:latest');
  expect(model.modifiedAt).toBeGreaterThan(0);
  expect(runtime.describeModel(model)).toMatchObject({
    name: 'llama3.3:latest',
    digest: expect.stringMatching(/^\w{64}$/),
  });
  await expect(runtime.findModel('openclaw')).rejects.toMatchObject({ code: 'model-not-found' });
  await expect(runtime.findModel('nope')).rejects.toMatchObject({ code: 'model-not-found' });
});
