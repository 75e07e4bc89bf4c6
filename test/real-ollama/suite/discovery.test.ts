import { discoverModels, listRunningModels, loadOllamaVersion } from '@openclaw/ollama-discovery';
import { expect, test } from 'vitest';
import { TAPE, TAPE_EMBED, TAPE_PLAIN, TAPE_TOOLS, TRAINED_CONTEXT } from '../src/tapes.ts';
import { testServer, useOllama } from '../src/use-ollama.ts';

const ollama = await useOllama({
  models: {
    'tape-found': TAPE,
    'tape-found-tools': TAPE_TOOLS,
    'tape-found-plain': TAPE_PLAIN,
    'tape-found-embed': TAPE_EMBED,
    'tape-found-small': { ...TAPE_TOOLS, parameters: { num_ctx: 512, temperature: 0.3, top_p: 0.5 } },
  },
});
const knowsThinking = ollama.isAtLeast('0.9.0');

test('finds the models that can use tools, with what they can do', async () => {
  const { models } = await discoverModels({ baseUrl: ollama.url });
  const find = (name: string) => models.find((model) => model.name === name);
  expect(find('tape-found:latest')).toMatchObject({
    tools: true,
    reasoning: knowsThinking,
    capabilitiesSource: 'reported',
    contextWindow: TRAINED_CONTEXT,
    contextWindowSource: ollama.isAtLeast('0.30.0') ? 'tags' : 'show',
    input: ['text'],
    family: 'llama',
  });
  expect(find('tape-found-tools:latest')).toMatchObject({ tools: true, reasoning: false });
});

test('reads the parameters of a Modelfile', async () => {
  const { models } = await discoverModels({ baseUrl: ollama.url });
  expect(models.find(({ name }) => name === 'tape-found-small:latest')).toMatchObject({
    numCtx: 512,
    temperature: 0.3,
    topP: 0.5,
  });
});

test('hides the models that cannot use tools, and says why', async () => {
  const { hidden } = await discoverModels({ baseUrl: ollama.url });
  expect(hidden).toContainEqual(expect.objectContaining({ name: 'tape-found-plain:latest', reason: 'no-tools' }));
  expect(hidden).toContainEqual(expect.objectContaining({ name: 'tape-found-embed:latest', reason: 'embedding-only' }));
});

test('lists loaded models, with the context window that they were loaded with', async () => {
  const body = { model: 'tape-found-tools', messages: [{ role: 'user', content: 'hello' }], stream: false };
  const answer: object = JSON.parse(await (await ollama.post('/api/chat', body)).text());
  expect(answer).toMatchObject({ message: { content: 'Hello from the tape.' } });
  const running = await listRunningModels({ baseUrl: ollama.url });
  expect(running.find(({ name }) => name === 'tape-found-tools:latest')).toMatchObject({
    ...(ollama.isAtLeast('0.10.0') && { contextLength: expect.any(Number) }),
  });
});

test('reports the release', async () => {
  expect(await loadOllamaVersion({ baseUrl: ollama.url })).toBe(testServer.version);
});
