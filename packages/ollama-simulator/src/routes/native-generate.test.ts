import { expect, test } from 'vitest';
import { lines, post, readJson, running, start } from '../../test/simulator-client.ts';

const GENERATE = '/api/generate';

test('a prompt is answered in lines, with the tokens of the context and the metrics on the last', async () => {
  const simulator = await start({
    models: ['m'],
    version: '0.17.4',
    reply: () => [{ reasoning: 'Hm.' }, { text: 'Yes.' }],
  });
  const response = await post(simulator.url + GENERATE, { model: 'm', prompt: 'Well?' });
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  expect(lines(await response.text())).toEqual([
    { model: 'm', created_at: expect.any(String), response: '', thinking: 'Hm.', done: false },
    { model: 'm', created_at: expect.any(String), response: 'Yes.', done: false },
    expect.objectContaining({
      response: '',
      done: true,
      done_reason: 'stop',
      context: expect.any(Array),
      eval_count: 3,
    }),
  ]);
  const whole = await readJson(
    post(simulator.url + GENERATE, { model: 'm', prompt: 'Well?', stream: false, raw: true }),
  );
  expect(whole).toMatchObject({ response: 'Yes.', thinking: 'Hm.', done: true });
  expect(whole.context).toBeUndefined();
});

test('without a prompt a model is loaded, and unloaded with `keep_alive: 0`', async () => {
  const simulator = await start({ models: ['m'] });
  const send = (body: object) => readJson(post(simulator.url + GENERATE, { model: 'm', ...body }));
  expect(await send({})).toMatchObject({ response: '', done: true, done_reason: 'load' });
  expect(await running(simulator.url)).toHaveLength(1);
  expect(await send({ keep_alive: 0 })).toMatchObject({ done_reason: 'unload' });
  expect(await running(simulator.url)).toEqual([]);
});

test.each([
  [{ model: 'x' }, 404, "model 'x' not found"],
  [{}, 404, "model '' not found"],
  [{ model: 'e', prompt: 'Hi' }, 400, '"e" does not support generate'],
  [{ model: 'm', prompt: 'Hi', suffix: '!' }, 400, 'registry.ollama.ai/library/m:latest does not support insert'],
  [
    { model: 'm', prompt: 7 },
    400,
    'json: cannot unmarshal number into Go struct field GenerateRequest.prompt of type string',
  ],
])('%o is refused', async (body, status, message) => {
  const simulator = await start({ models: ['m', { name: 'e', capabilities: ['embedding'] }] });
  const response = await post(simulator.url + GENERATE, body);
  expect([response.status, await readJson(response)]).toEqual([status, { error: message }]);
});
