import { expect, test } from 'vitest';
import { deadUrl, env, failure, primary, providers, say, startRuntime, startSimulator } from '../test/start-runtime.ts';
import { collectMessage } from '@openclaw/provider';
import { describeFailure } from './describe-failure.ts';
import type { Runtime } from './runtime.ts';

const ask = (runtime: Runtime, model?: string) =>
  failure(collectMessage(runtime.chat({ ...say('Hi'), ...(model !== undefined && { model }) })));

test.each([
  ['no model', undefined, {}],
  ['the default agent', 'openclaw', {}],
  ['a bare name', 'gpt-oss:20b', {}],
  ['a name with slashes', 'hf.co/org/model:Q4', {}],
  ['a default model without its provider', undefined, primary('gpt-oss:20b')],
])('while Ollama is down, a request for %s fails as a failed connection', async (_case, model, config) => {
  const url = deadUrl();
  const error = await ask(startRuntime({ config, env: { ...env(url), OLLAMA_API_KEY: 'x' } }), model);
  expect(error.code).toBe('connection-failed');
  expect(describeFailure(error)).toContain(`Cannot reach Ollama at ${url} (connection refused).`);
  expect(describeFailure(error)).toContain('ollama serve');
});

test('a server that is down does not excuse a wrong name of another provider, or of an agent', async () => {
  const config = providers({ vllm: { baseUrl: 'http://127.0.0.1:9/v1', models: [{ id: 'm' }] } });
  const runtime = startRuntime({ config, env: { ...env(deadUrl()), OLLAMA_API_KEY: 'x' } });
  expect((await ask(runtime, 'vllm/nope')).code).toBe('model-not-found');
  expect((await ask(runtime, 'openclaw/nope')).code).toBe('model-not-found');
});

test('with a server that answers, an unknown name is unknown', async () => {
  const { url } = await startSimulator();
  const runtime = startRuntime({ env: { ...env(url), OLLAMA_API_KEY: 'x' } });
  expect((await ask(runtime, 'nope')).code).toBe('model-not-found');
});

test('without a configured model, the error says why each model is hidden, and what to run', async () => {
  const models = [{ name: 'gemma2:9b', capabilities: ['completion'] }, 'nomic-embed-text'];
  const { url } = await startSimulator({ models });
  const error = await ask(startRuntime({ env: { ...env(url), OLLAMA_API_KEY: 'x' } }));
  expect(error.code).toBe('invalid-request');
  const text = describeFailure(error);
  expect(text).toContain('nomic-embed-text:latest is an embedding model');
  expect(text).toMatch(/gemma2:9b .*tools/);
  expect(text).toContain('Try: openclaw models set ollama/gemma2:9b');
});

test('without a configured model, the error names an Ollama that is running and not enabled', async () => {
  const { url } = await startSimulator();
  const text = describeFailure(await ask(startRuntime({ env: env(url) })));
  expect(text).toContain(`Ollama is running at ${url} with 3 models (gpt-oss:20b,`);
  expect(text).toContain('Try: openclaw config set models.providers.ollama.apiKey "ollama-local"');
});
