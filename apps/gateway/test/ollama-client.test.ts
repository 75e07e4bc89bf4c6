import { Ollama } from 'ollama';
import type { ChatResponse } from 'ollama';
import { describe, expect, test } from 'vitest';
import { say, startStack, STREAMING, WEATHER } from './start-stack.ts';
import type { Stack, StackOptions } from './start-stack.ts';

async function start(options: StackOptions = {}): Promise<Stack & { readonly ollama: Ollama }> {
  const stack = await startStack(options);
  const headers = options.token === undefined ? {} : { Authorization: `Bearer ${options.token}` };
  return { ...stack, ollama: new Ollama({ host: stack.gateway.url, headers }) };
}

const call = { toolCall: { name: 'get_weather', arguments: { city: 'Paris' } } };
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==';

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const parts: T[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

/** The server is asked for one body, or for a stream; no client may be able to tell. */
describe.each([
  ['whole', {}],
  ['streamed', STREAMING],
])('with an upstream that answers %s', (_name, config) => {
  test('chats, with thinking and counts', async () => {
    const usage = { promptTokens: 11, completionTokens: 7 };
    const steps = [{ reasoning: 'Let me think.' }, { text: 'Hello.' }];
    const { ollama } = await start({ config, simulator: { reply: () => ({ steps, usage }) } });
    const answer = await ollama.chat({ model: 'openclaw', messages: say('Hi') });
    expect(answer).toMatchObject({
      model: 'ollama/gpt-oss:20b',
      message: { role: 'assistant', content: 'Hello.', thinking: 'Let me think.' },
      done: true,
      done_reason: 'stop',
      prompt_eval_count: 11,
      eval_count: 7,
    });
    expect(answer.created_at.toString()).toMatch(/^\d{4}-\d\d-\d\dT/);
    for (const duration of [answer.total_duration, answer.prompt_eval_duration, answer.eval_duration])
      expect(duration).toBeGreaterThan(0);
  });

  test('streams a chat', async () => {
    const { ollama } = await start({
      config,
      simulator: { reply: () => [{ reasoning: 'Hm.' }, { text: 'Hel' }, { text: 'lo.' }] },
    });
    const parts = await collect(await ollama.chat({ model: 'gpt-oss:20b', messages: say('Hi'), stream: true }));
    expect(parts.map(({ message }) => message.thinking ?? '').join('')).toBe('Hm.');
    expect(parts.map(({ message }) => message.content).join('')).toBe('Hello.');
    expect(parts.map(({ done }) => done)).toEqual([...parts.slice(1).map(() => false), true]);
    expect(parts.at(-1)).toMatchObject({ done_reason: 'stop', eval_count: expect.any(Number) });
  });

  test('runs a tool to the end, although calls and results have no ids', async () => {
    const { ollama, simulator } = await start({ config });
    simulator.enqueue([{ text: 'I will look. ' }, call], 'It is sunny.');
    const ask = { model: 'GPT-OSS:20b', tools: [WEATHER] };
    const first = await collect(await ollama.chat({ ...ask, messages: say('Weather?'), stream: true }));
    const calls = first.flatMap(({ message }) => message.tool_calls ?? []);
    expect(calls).toMatchObject([{ function: { name: 'get_weather', arguments: { city: 'Paris' } } }]);
    const second = await ollama.chat({
      ...ask,
      messages: [
        ...say('Weather?'),
        { role: 'assistant', content: '', tool_calls: calls.map(({ function: called }) => ({ function: called })) },
        { role: 'tool', content: 'sunny', tool_name: 'get_weather' },
      ],
    });
    expect(second.message.content).toBe('It is sunny.');
    const [, asked] = simulator.journal.of('/v1/chat/completions');
    expect(asked?.body).toMatchObject({
      messages: [
        { role: 'user' },
        { role: 'assistant', tool_calls: [{ id: 'call_0', function: { arguments: '{"city":"Paris"}' } }] },
        { role: 'tool', tool_call_id: 'call_0', content: 'sunny' },
      ],
    });
  });

  test('fails with the reason when the upstream breaks', async () => {
    const { ollama, simulator } = await start({
      config: { agents: { defaults: { ...agentsOf(config), retry: { maxRetries: 0 } } } },
      simulator: { reply: () => [{ text: 'One' }, { cut: true }] },
    });
    const broken = ollama.chat({ model: 'gpt-oss:20b', messages: say('Hi'), stream: true });
    await expect(broken.then(collect)).rejects.toThrow(/before the answer was complete|broke off/);
    await simulator.journal.waitUntilIdle();
  });
});

function agentsOf(config: object): object {
  return (config as typeof STREAMING).agents?.defaults ?? { model: 'ollama/gpt-oss:20b' };
}

test('hands on options, a schema and images, and switches thinking off', async () => {
  const seeing = { name: 'llava:7b', capabilities: ['completion', 'tools', 'thinking', 'vision'] };
  const { ollama, simulator } = await start({ simulator: { models: [seeing] } });
  const schema = { type: 'object', properties: { city: { type: 'string' } } };
  simulator.enqueue('{"city":"Paris"}');
  await ollama.chat({
    model: 'llava:7b',
    messages: [{ role: 'user', content: 'Which city?', images: [PNG] }],
    format: schema,
    think: false,
    options: { temperature: 0.5, num_predict: 100, stop: ['END'], seed: 7, num_ctx: 4096 },
  });
  expect(simulator.journal.of('/v1/chat/completions')[0]?.body).toMatchObject({
    messages: [
      { content: [{ type: 'text' }, { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } }] },
    ],
    response_format: { type: 'json_schema', json_schema: { schema } },
    reasoning_effort: 'none',
    temperature: 0.5,
    max_tokens: 100,
    stop: ['END'],
    seed: 7,
  });
});

test('generates, whole and streamed', async () => {
  const { ollama, simulator } = await start({
    simulator: { reply: () => [{ reasoning: 'Hm.' }, { text: 'Hello.' }] },
  });
  const ask = { model: 'gpt-oss:20b', prompt: 'Hi', system: 'Be short.' };
  const whole = await ollama.generate({ ...ask, stream: false });
  expect(whole).toMatchObject({ response: 'Hello.', thinking: 'Hm.', done: true, done_reason: 'stop' });
  const parts = await collect(await ollama.generate({ ...ask, stream: true }));
  expect(parts.map(({ response }) => response).join('')).toBe('Hello.');
  expect(parts.at(-1)).toMatchObject({ done: true });
  expect(simulator.journal.of('/v1/chat/completions')[0]?.body).toMatchObject({
    messages: [
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'Hi' },
    ],
  });
});

test('embeds, and continues text, as the server itself would', async () => {
  const { ollama, simulator } = await start();
  const { embeddings } = await ollama.embed({ model: 'nomic-embed-text', input: ['one', 'two'], truncate: false });
  expect(embeddings).toHaveLength(2);
  const { embedding } = await ollama.embeddings({ model: 'nomic-embed-text', prompt: 'one' });
  expect(embedding.length).toBeGreaterThan(0);
  simulator.enqueue('world');
  const parts = await collect(
    await ollama.generate({ model: 'gpt-oss:20b', prompt: 'Hello ', raw: true, stream: true }),
  );
  expect(parts.map(({ response }) => response).join('')).toBe('world');
  expect(simulator.journal.of('/api/generate')[0]?.body).toMatchObject({ model: 'gpt-oss:20b', raw: true });
});

test('loads and unloads a model', async () => {
  const { ollama } = await start();
  const running = async () => (await ollama.ps()).models.map(({ name }) => name);
  expect(await ollama.chat({ model: 'qwen3:8b', messages: [] })).toMatchObject({ done_reason: 'load' });
  expect(await running()).toEqual(['qwen3:8b']);
  expect(await ollama.generate({ model: 'qwen3:8b', prompt: '', keep_alive: 0 })).toMatchObject({
    done_reason: 'unload',
  });
  expect(await running()).toEqual([]);
});

test('lists models under the names of their server, and shows one', async () => {
  const { ollama } = await start();
  const { models } = await ollama.list();
  const names = models.map(({ name }) => name);
  expect(names).toEqual(['openclaw:latest', 'gpt-oss:20b', 'qwen3:8b', 'nomic-embed-text:latest']);
  for (const model of models) {
    expect(model).toMatchObject({
      model: model.name,
      size: expect.any(Number),
      digest: expect.stringMatching(/^\w{64}$/),
      details: { family: expect.any(String), families: expect.any(Array) },
    });
    expect(Date.parse(String(model.modified_at))).toBeGreaterThan(0);
  }
  const shown = await ollama.show({ model: 'nomic-embed-text' });
  expect(shown.capabilities).toEqual(['embedding']);
  const info = new Map(Object.entries(shown.model_info));
  expect(info.get(`${info.get('general.architecture')}.context_length`)).toBeGreaterThan(0);
  expect((await ollama.show({ model: 'openclaw:latest' })).capabilities).toContain('tools');
});

test('lists the models in memory', async () => {
  const { ollama, simulator } = await start();
  expect(await ollama.ps()).toEqual({ models: [] });
  simulator.load('qwen3:8b');
  expect(await ollama.ps()).toMatchObject({ models: [{ name: 'qwen3:8b', model: 'qwen3:8b' }] });
});

test('cancels the upstream request when the client aborts', async () => {
  const { ollama, simulator } = await start({
    config: STREAMING,
    simulator: { reply: () => [{ text: 'One' }, { stall: true }] },
  });
  const stream = await ollama.chat({ model: 'gpt-oss:20b', messages: say('Hi'), stream: true });
  const parts: ChatResponse[] = [];
  const read = async () => {
    for await (const part of stream) {
      parts.push(part);
      stream.abort();
    }
  };
  await expect(read()).rejects.toThrow(/abort/i);
  expect(parts).toMatchObject([{ message: { content: 'One' } }]);
  await simulator.journal.waitForClientLeft(() => true);
});

test('gives the reason of a failure as a text', async () => {
  const { ollama } = await start();
  await expect(ollama.chat({ model: 'nope', messages: say('Hi') })).rejects.toThrow(/nope/);
  await expect(ollama.show({ model: 'nope' })).rejects.toThrow(/nope/);
  await expect(ollama.pull({ model: 'nope' })).rejects.toThrow('gateway.ollama.manage');
});

test('takes the token like every client', async () => {
  const { ollama, gateway } = await start({ token: 'a-long-token' });
  expect((await ollama.list()).models.length).toBeGreaterThan(0);
  await expect(new Ollama({ host: gateway.url }).list()).rejects.toThrow(/token/);
});
