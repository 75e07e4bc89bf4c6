import { expect, test } from 'vitest';
import { post, readJson, running, start } from '../../test/simulator-client.ts';

const MODEL = { name: 'e', capabilities: ['embedding'], embeddingLength: 8, contextLength: 16 };

test('`/api/embed` answers texts with vectors, and loads the model without any', async () => {
  const simulator = await start({ models: [MODEL] });
  const ask = (body: object) => readJson(post(`${simulator.url}/api/embed`, { model: 'e', ...body }));
  expect(await ask({})).toEqual({ model: 'e', embeddings: [] });
  expect(await running(simulator.url)).toHaveLength(1);
  const two = await ask({ input: ['one', 'two'] });
  expect(two).toEqual({
    model: 'e',
    embeddings: [expect.any(Array), expect.any(Array)],
    total_duration: expect.any(Number),
    load_duration: expect.any(Number),
    prompt_eval_count: 2,
  });
  expect((await ask({ input: 'two' })).embeddings).toEqual([two.embeddings[1]]);
  expect((await ask({ input: 'two', dimensions: 3 })).embeddings[0]).toHaveLength(3);
  const compatible = await readJson(post(`${simulator.url}/v1/embeddings`, { model: 'e', input: 'two' }));
  expect(compatible.data[0].embedding).toEqual(two.embeddings[1]);
});

test.each([
  ['0.6.5', 'input length exceeds maximum context length'],
  ['0.17.4', 'the input length exceeds the context length'],
])('%s cuts an input that is too long, or refuses it', async (version, message) => {
  const simulator = await start({ version, models: [MODEL] });
  const ask = (body: object) => post(`${simulator.url}/api/embed`, { model: 'e', input: 'x'.repeat(100), ...body });
  expect((await readJson(ask({}))).prompt_eval_count).toBe(16);
  const refused = await ask({ truncate: false });
  expect([refused.status, await readJson(refused)]).toEqual([400, { error: message }]);
});

test('`/api/embeddings` answers one text with one vector', async () => {
  const simulator = await start({ models: [MODEL] });
  const ask = (body: object) => readJson(post(`${simulator.url}/api/embeddings`, { model: 'e', ...body }));
  expect((await ask({ prompt: 'one' })).embedding).toHaveLength(8);
  expect(await ask({})).toEqual({ embedding: [] });
});

test.each([
  ['/api/embed', { model: 'x', input: 'a' }, 404, 'model "x" not found, try pulling it first'],
  ['/api/embed', { model: 'e', input: [1] }, 400, 'invalid input type'],
  ['/api/embed', { model: 'e', input: [''] }, 500, 'Failed to create new sequence: no input provided'],
  ['/api/embed', { model: 'chat', input: 'a' }, 501, 'this model does not support embeddings'],
  ['/api/embeddings', { prompt: 'a' }, 400, 'model is required'],
])('%s refuses %o', async (path, body, status, message) => {
  const simulator = await start({ models: [MODEL, { name: 'chat', family: 'qwen3' }] });
  const response = await post(simulator.url + path, body);
  expect([response.status, await readJson(response)]).toEqual([status, { error: message }]);
});
