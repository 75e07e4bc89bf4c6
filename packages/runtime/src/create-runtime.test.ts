import { networkInterfaces } from 'node:os';
import { collectMessage } from '@openclaw/provider';
import { describe, expect, test } from 'vitest';
import { describeFailure } from './describe-failure.ts';
import {
  CHAT_PATH,
  deadUrl,
  env,
  eventsOf,
  failure,
  loadedConfig,
  primary,
  providers,
  say,
  startRuntime,
  startSimulator,
  tools,
} from '../test/start-runtime.ts';

test('asks the configured model, and names it in full', async () => {
  const simulator = await startSimulator({ reply: () => [{ reasoning: 'Hm.' }, { text: 'Hello.' }] });
  const runtime = startRuntime({ config: primary('ollama/llama3.3'), env: env(simulator.url) });
  const message = await collectMessage(runtime.chat(say('hi')));
  expect(message).toMatchObject({ model: 'ollama/llama3.3:latest', text: 'Hello.', reasoning: 'Hm.' });
  expect(simulator.journal.of(CHAT_PATH)[0]!.body).toMatchObject({ model: 'llama3.3:latest' });
});

test('answers with the next model when the first one’s server is down, and emits a fallback event', async () => {
  const simulator = await startSimulator({ reply: () => 'Here.' });
  const url = deadUrl();
  const config = {
    ...providers({ gpu: { baseUrl: url, discover: true } }),
    ...primary('gpu/big', ['ollama/gpt-oss:20b']),
  };
  const runtime = startRuntime({ config, env: env(simulator.url) });
  const events = await eventsOf(runtime.chat(say('hi')));
  expect(events[0]).toMatchObject({ type: 'fallback', failed: { model: 'gpu/big', outcome: 'connection-failed' } });
  expect(events).toContainEqual(expect.objectContaining({ type: 'start', model: 'ollama/gpt-oss:20b' }));
  expect(runtime.circuits()).toMatchObject([{ scope: 'endpoint', endpoint: `${url}/v1` }]);
});

test('answers with the next model when a whole answer was cut, although it has words', async () => {
  const reply = { steps: [{ text: 'again again again' }, { end: true as const }] };
  const simulator = await startSimulator({ reply: ({ model }) => (model === 'gpt-oss:20b' ? reply : 'Here.') });
  const config = primary('ollama/gpt-oss:20b', ['ollama/llama3.3']);
  const runtime = startRuntime({ config, env: env(simulator.url) });
  const message = await collectMessage(runtime.chat(say('hi')));
  expect(message).toMatchObject({ model: 'ollama/llama3.3:latest', text: 'Here.' });
});

test('says where Ollama was looked for and how to start it when it is down', async () => {
  const url = deadUrl();
  const runtime = startRuntime({ config: primary('ollama/llama3.3'), env: env(url) });
  const error = await failure(collectMessage(runtime.chat(say('hi'))));
  expect(error).toMatchObject({ code: 'connection-failed', connection: 'refused' });
  expect(error.message).toContain(url);
  expect(error.message).toMatch(/refused/);
  expect(describeFailure(error)).toContain('ollama serve');
});

test('says how to fetch a model that the server does not have', async () => {
  const simulator = await startSimulator();
  const runtime = startRuntime({ config: primary('ollama/mistral'), env: env(simulator.url) });
  const error = await failure(collectMessage(runtime.chat(say('hi'))));
  expect(error).toMatchObject({ code: 'model-not-found' });
  expect(describeFailure(error)).toContain('ollama pull mistral');
});

test('never turns a name into another model', async () => {
  const simulator = await startSimulator();
  const runtime = startRuntime({ config: primary('ollama/llama3.3'), env: env(simulator.url) });
  const error = await failure(collectMessage(runtime.chat({ ...say('hi'), model: 'gpt-4' })));
  expect(error.code).toBe('model-not-found');
  expect(simulator.journal.of(CHAT_PATH)).toEqual([]);
});

test('takes a bare name that one server alone has', async () => {
  const simulator = await startSimulator();
  const runtime = startRuntime({ config: primary('ollama/llama3.3'), env: env(simulator.url) });
  expect((await collectMessage(runtime.chat({ ...say('hi'), model: 'gpt-oss:20b' }))).model).toBe('ollama/gpt-oss:20b');
});

test('skips a model without tools for a request with tools', async () => {
  const simulator = await startSimulator({
    models: [{ name: 'gemma3:4b', capabilities: ['completion'] }, 'llama3.3'],
    reply: () => [{ toolCall: { name: 'get_weather', arguments: { city: 'Oslo' } } }],
  });
  const runtime = startRuntime({ config: primary('ollama/gemma3:4b', ['ollama/llama3.3']), env: env(simulator.url) });
  const message = await collectMessage(runtime.chat({ ...say('weather?'), tools }));
  expect(message).toMatchObject({ model: 'ollama/llama3.3:latest', toolCalls: [{ name: 'get_weather' }] });
});

test('asks once more for a tool call that is required and missing', async () => {
  const simulator = await startSimulator();
  simulator.enqueue('It is sunny.', [{ toolCall: { name: 'get_weather', arguments: { city: 'Oslo' } } }]);
  const runtime = startRuntime({ config: primary('ollama/llama3.3'), env: env(simulator.url) });
  const message = await collectMessage(runtime.chat({ ...say('weather?'), tools, toolChoice: 'required' }));
  expect(message).toMatchObject({ text: '', toolCalls: [{ name: 'get_weather' }] });
  expect(simulator.journal.of(CHAT_PATH)).toHaveLength(2);
});

test('uses a named model without tools for a request without tools', async () => {
  const simulator = await startSimulator({ models: [{ name: 'gemma3:4b', capabilities: ['completion'] }] });
  const runtime = startRuntime({ env: { ...env(simulator.url), OLLAMA_API_KEY: 'x' } });
  expect((await collectMessage(runtime.chat({ ...say('hi'), model: 'ollama/gemma3:4b' }))).model).toBe(
    'ollama/gemma3:4b',
  );
  const error = await failure(collectMessage(runtime.chat({ ...say('hi'), model: 'ollama/gemma3:4b', tools })));
  expect(error).toMatchObject({ code: 'unsupported', capability: 'tools' });
});

test('gives images to a model that sees', async () => {
  const simulator = await startSimulator({
    models: ['llama3.3', { name: 'llava', capabilities: ['completion', 'tools', 'vision'] }],
  });
  const config = { agents: { defaults: { model: 'ollama/llama3.3', imageModel: 'ollama/llava' } } };
  const runtime = startRuntime({ config, env: env(simulator.url) });
  const content = [{ type: 'image' as const, url: 'data:image/png;base64,iVBORw0KGgo=' }];
  const message = await collectMessage(runtime.chat({ messages: [{ role: 'user', content }] }));
  expect(message.model).toBe('ollama/llava:latest');
});

describe('an image in the result of a tool', () => {
  const image = { type: 'image' as const, url: 'data:image/png;base64,iVBORw0KGgo=' };
  const messages = [
    { role: 'user' as const, content: 'Look.' },
    { role: 'assistant' as const, content: '', toolCalls: [{ id: 'c', name: 'f', argumentsText: '{}' }] },
    { role: 'tool' as const, toolCallId: 'c', content: [{ type: 'text' as const, text: 'dot.png' }, image] },
  ];
  const models = ['llama3.3', { name: 'llava', capabilities: ['completion', 'tools', 'vision'] }];

  test('goes to a model that sees, if one is configured', async () => {
    const simulator = await startSimulator({ models });
    const config = { agents: { defaults: { model: 'ollama/llama3.3', imageModel: 'ollama/llava' } } };
    const runtime = startRuntime({ config, env: env(simulator.url) });
    expect((await collectMessage(runtime.chat({ messages }))).model).toBe('ollama/llava:latest');
  });

  test('is a note for a model that does not see, whose other requests are as before', async () => {
    const simulator = await startSimulator({ models });
    const config = { agents: { defaults: { model: 'ollama/llama3.3' } } };
    const runtime = startRuntime({ config, env: env(simulator.url) });
    expect((await collectMessage(runtime.chat({ messages }))).model).toBe('ollama/llama3.3:latest');
    expect(simulator.journal.of('/v1/chat/completions')[0]?.body).toMatchObject({
      messages: [{}, {}, { role: 'tool', content: 'dot.png\n[Here was an image. This model cannot see images.]' }],
    });
    const error = await failure(collectMessage(runtime.chat({ messages: [{ role: 'user', content: [image] }] })));
    expect(error).toMatchObject({ code: 'unsupported', capability: 'images' });
  });
});

test('says that no model is configured when there is no local one', async () => {
  const error = await failure(collectMessage(startRuntime().chat(say('hi'))));
  expect(error).toMatchObject({ code: 'invalid-request', message: expect.stringMatching(/No model is configured/) });
});

test('says what keeps a server from being asked when no model was ever chosen', async () => {
  const url = deadUrl();
  const runtime = startRuntime({ env: { ...env(url), OLLAMA_API_KEY: 'x' } });
  const { message } = await failure(collectMessage(runtime.chat(say('hi'))));
  expect(message).toContain('No model is configured');
  expect(message).toContain(`${url} (connection refused)`);
  expect(message).toContain('ollama serve');
});

test('does not use a cloud model when none is configured', async () => {
  const simulator = await startSimulator({
    models: [{ name: 'big:cloud', remoteHost: 'https://ollama.com:443' }, 'llama3.3'],
  });
  const runtime = startRuntime({ env: { ...env(simulator.url), OLLAMA_API_KEY: 'x' } });
  expect((await collectMessage(runtime.chat(say('hi')))).model).toBe('ollama/llama3.3:latest');
});

test('says why a provider is switched off, and goes on to the next model', async () => {
  const simulator = await startSimulator();
  const config = {
    ...providers({ acme: { baseUrl: 'http://acme/v1', apiKey: '${ACME_KEY}' } }),
    ...primary('acme/x', ['ollama/llama3.3']),
  };
  const runtime = startRuntime({ config, env: env(simulator.url) });
  const events = await eventsOf(runtime.chat(say('hi')));
  expect(events[0]).toMatchObject({
    type: 'fallback',
    failed: { model: 'acme/x', message: expect.stringMatching(/ACME_KEY/) },
  });
  expect(events.at(-1)).toMatchObject({ type: 'finish' });
});

test('repairs what the model sends by mistake, unless repair is off', async () => {
  const said = '<tool_call>{"name": "get_weather", "arguments": {"city": "Oslo"}}</tool_call>';
  const simulator = await startSimulator({ reply: () => said });
  const models = { 'ollama/gpt-oss:20b': { repair: false } };
  const runtime = startRuntime({ config: { agents: { defaults: { models } } }, env: env(simulator.url) });
  const ask = (model: string) => collectMessage(runtime.chat({ ...say('weather?'), model, tools }));
  expect((await ask('ollama/llama3.3')).toolCalls).toMatchObject([{ name: 'get_weather' }]);
  expect(await ask('ollama/gpt-oss:20b')).toMatchObject({ toolCalls: [], text: said });
});

test('explains who would be asked, and why', async () => {
  const simulator = await startSimulator();
  const runtime = startRuntime({ config: primary('ollama/llama3.3', ['ollama/nope']), env: env(simulator.url) });
  const { candidates, leftOut } = await runtime.explain({});
  expect(candidates.map(({ model, reason }) => [model.ref, reason.code])).toEqual([
    ['ollama/llama3.3:latest', 'primary'],
  ]);
  expect(leftOut).toMatchObject([{ name: 'ollama/nope', reason: { code: 'unknown' } }]);
  expect(simulator.journal.of(CHAT_PATH)).toEqual([]);
});

test('explains that an unconfigured model was used', async () => {
  const simulator = await startSimulator();
  const { candidates } = await startRuntime({ env: { ...env(simulator.url), OLLAMA_API_KEY: 'x' } }).explain({});
  expect(candidates).toMatchObject([{ reason: { text: expect.stringMatching(/^no model is configured/) } }]);
});

test('asks the model of the agent that a request names', async () => {
  const simulator = await startSimulator();
  const config = {
    agents: { defaults: { model: 'ollama/llama3.3' }, list: [{ id: 'coder', model: 'ollama/gpt-oss:20b' }] },
  };
  const runtime = startRuntime({ config, env: env(simulator.url) });
  const models = ['openclaw', 'openclaw/coder', 'agent:coder'].map(
    async (model) => (await collectMessage(runtime.chat({ ...say('hi'), model }))).model,
  );
  expect(await Promise.all(models)).toEqual(['ollama/gpt-oss:20b', 'ollama/gpt-oss:20b', 'ollama/gpt-oss:20b']);
});

test('keeps a plan for requests that ask for the same, until something else is known', async () => {
  const models = [{ id: 'a' }, { id: 'b', compat: { supportsTools: false } }];
  const config = providers({ box: { baseUrl: 'http://127.0.0.1:1/v1', models } });
  const runtime = startRuntime({ config, now: () => 0 });
  const plan = await runtime.explain({ model: 'box/a' });

  expect((await runtime.explain({ model: 'box/a' })).candidates).toBe(plan.candidates);
  expect((await runtime.explain({ model: 'box/b' })).candidates).toMatchObject([{ model: { ref: 'box/b' } }]);
  await expect(runtime.explain({ model: 'box/b', needsTools: true })).rejects.toMatchObject({ code: 'no-tool-model' });

  await failure(collectMessage(runtime.chat({ ...say('hi'), model: 'box/a' })));
  expect((await runtime.explain({ model: 'box/a' })).candidates).toMatchObject([{ reason: { code: 'circuit-open' } }]);

  runtime.reload(loadedConfig({ config: providers({ box: { baseUrl: 'http://127.0.0.1:2/v1', models } }) }));
  expect((await runtime.explain({ model: 'box/a' })).candidates).toMatchObject([
    { model: { endpoint: 'http://127.0.0.1:2/v1' }, reason: { code: 'requested' } },
  ]);
});

const hasIPv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));

test.runIf(hasIPv6)('finds and asks models of a server that listens on IPv6 alone', async () => {
  const simulator = await startSimulator({ host: '::1', reply: () => 'Here.' });
  const config = {
    ...providers({ ollama: { baseUrl: simulator.url, discover: true } }),
    ...primary('ollama/llama3.3'),
  };
  const runtime = startRuntime({ config });
  expect((await runtime.inventory()).problems).toEqual([]);
  expect(await collectMessage(runtime.chat(say('hi')))).toMatchObject({
    model: 'ollama/llama3.3:latest',
    text: 'Here.',
  });
});
