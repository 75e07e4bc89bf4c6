import { collectMessage } from '@openclaw/provider';
import { expect, test } from 'vitest';
import {
  CHAT_PATH,
  env,
  eventsOf,
  failure,
  primary,
  providers,
  say,
  startRuntime,
  startSimulator,
} from '../test/start-runtime.ts';

test.each([
  ['off for Ollama', {}, undefined, false],
  ['on where the model is set to', { models: { 'ollama/llama3.3': { streaming: true } } }, undefined, true],
  [
    'as the parameters of the model say',
    { models: { 'ollama/llama3.3:latest': { params: { streaming: true } } } },
    undefined,
    true,
  ],
  ['as the request says', { models: { 'ollama/llama3.3': { streaming: false } } }, true, true],
])('asks the server for a stream: %s', async (_what, defaults, streaming, expected) => {
  const simulator = await startSimulator();
  const runtime = startRuntime({
    config: { agents: { defaults: { model: 'ollama/llama3.3', ...defaults } } },
    env: env(simulator.url),
  });
  await collectMessage(runtime.chat({ ...say('hi'), ...(streaming !== undefined && { streaming }) }));
  expect((simulator.journal.of(CHAT_PATH)[0]!.body as { stream?: boolean }).stream ?? false).toBe(expected);
});

test('asks other servers for a stream unless told otherwise', async () => {
  const simulator = await startSimulator();
  const box = { baseUrl: `${simulator.url}/v1`, api: 'openai-completions', models: [{ id: 'llama3.3' }] };
  const runtime = startRuntime({ config: { ...providers({ box }), ...primary('box/llama3.3') } });
  await collectMessage(runtime.chat(say('hi')));
  expect(simulator.journal.of(CHAT_PATH)[0]!.body).toMatchObject({ stream: true });
});

test('sends the parameters that the configuration sets for a model', async () => {
  const simulator = await startSimulator();
  const models = { 'ollama/llama3.3': { alias: 'llama', params: { temperature: 0.25, min_p: 0.1 } } };
  const runtime = startRuntime({ config: { agents: { defaults: { models } } }, env: env(simulator.url) });
  await collectMessage(runtime.chat({ ...say('hi'), model: 'llama' }));
  expect(simulator.journal.of(CHAT_PATH)[0]!.body).toMatchObject({ temperature: 0.25, min_p: 0.1 });
});

test.each([
  [undefined, '/api/chat', { keep_alive: '15m', options: { num_ctx: 8192 } }],
  ['ollama', '/api/chat', { keep_alive: '15m', options: { num_ctx: 8192 } }],
  ['openai-completions', CHAT_PATH, { model: 'llama3.3' }],
])('sends how a model is loaded where the API can say it: api %s', async (api, path, body) => {
  const simulator = await startSimulator();
  const models = { 'ollama/llama3.3': { params: { keep_alive: '15m', num_ctx: 8192 } } };
  const entry = { baseUrl: simulator.url, models: [{ id: 'llama3.3' }], ...(api !== undefined && { api }) };
  const config = { ...providers({ ollama: entry }), agents: { defaults: { models } } };
  await eventsOf(startRuntime({ config }).chat({ ...say('hi'), model: 'ollama/llama3.3' }));
  const sent = simulator.journal.of(path)[0]!.body;
  expect(sent).toMatchObject(body);
  if (path === CHAT_PATH) expect(Object.keys(sent as object)).not.toContain('num_ctx');
});

test('sends each key to its own host only', async () => {
  const [ollama, box] = [await startSimulator(), await startSimulator()];
  const entries = {
    box: { baseUrl: `${box.url}/v1`, apiKey: 'box-key', headers: { 'x-tenant': 'me' }, models: [{ id: 'llama3.3' }] },
  };
  const runtime = startRuntime({
    config: providers(entries),
    env: { ...env(ollama.url), OLLAMA_API_KEY: 'ollama-local' },
  });
  await runtime.inventory();
  for (const model of ['ollama/llama3.3', 'box/llama3.3']) await collectMessage(runtime.chat({ ...say('hi'), model }));
  expect(new Set(ollama.journal.entries.map(({ headers }) => headers.authorization))).toEqual(
    new Set(['Bearer ollama-local']),
  );
  expect(new Set(box.journal.entries.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer box-key']));
  expect(ollama.journal.entries.some(({ headers }) => 'x-tenant' in headers)).toBe(false);
});

test('sends what the configuration says of a server and its models on the wire', async () => {
  const simulator = await startSimulator();
  const models = [
    { id: 'llama3.3', compat: { maxTokensField: 'max_completion_tokens', supportsUsageInStreaming: false } },
  ];
  const box = { baseUrl: `${simulator.url}/v1`, headers: { 'x-tenant': 'me' }, models };
  const runtime = startRuntime({ config: providers({ box }) });
  await collectMessage(runtime.chat({ ...say('hi'), model: 'box/llama3.3', maxTokens: 7 }));
  const { headers, body } = simulator.journal.of(CHAT_PATH)[0]!;
  expect(headers).toMatchObject({ 'x-tenant': 'me' });
  expect(body).toMatchObject({ max_completion_tokens: 7 });
  expect(body).not.toHaveProperty('stream_options');
});

test('sends the sampling of the Modelfile, which Ollama’s /v1 would replace', async () => {
  const parameters = 'temperature                    0.15\ntop_p                          0.8';
  const simulator = await startSimulator({ models: [{ name: 'llama3.3', parameters }] });
  const runtime = startRuntime({ config: primary('ollama/llama3.3'), env: env(simulator.url) });
  await collectMessage(runtime.chat(say('hi')));
  await collectMessage(runtime.chat({ ...say('hi'), temperature: 1 }));
  expect(simulator.journal.of(CHAT_PATH).map(({ body }) => body)).toMatchObject([
    { temperature: 0.15, top_p: 0.8 },
    { temperature: 1, top_p: 0.8 },
  ]);
});

test('keeps the clocks that the configuration sets, the model’s before the provider’s', async () => {
  const simulator = await startSimulator({ reply: () => [{ stall: true }] });
  const models = [{ id: 'llama3.3', timeouts: { firstEventMs: 20 } }];
  const ollama = { baseUrl: simulator.url, models, timeouts: { firstEventMs: 60_000 } };
  const runtime = startRuntime({
    config: { ...providers({ ollama }), agents: { defaults: { retry: { maxRetries: 0 } } } },
  });
  const error = await failure(collectMessage(runtime.chat({ ...say('hi'), model: 'ollama/llama3.3' })));
  expect(error).toMatchObject({ code: 'timeout', clock: 'first-event' });
});

test.each([
  ['by default', {}, {}, true],
  ['not if the model is set to whole answers', { streaming: false }, {}, false],
  ['not if its parameters are', { params: { streaming: false } }, {}, false],
  ['not if the request says so', {}, { streaming: false }, false],
])('a caller that prefers a stream gets one %s', async (_what, settings, request, expected) => {
  const simulator = await startSimulator();
  const config = { agents: { defaults: { model: 'ollama/llama3.3', models: { 'ollama/llama3.3': settings } } } };
  const runtime = startRuntime({ config, env: env(simulator.url) });
  await collectMessage(runtime.chat({ ...say('hi'), prefersStreaming: true, ...request }));
  expect(simulator.journal.of(CHAT_PATH).at(-1)?.body).toMatchObject({ stream: expected });
});
