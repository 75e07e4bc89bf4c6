import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulatorOptions } from '@openclaw/ollama-simulator';
import OpenAI from 'openai';
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import { expect, onTestFinished, test } from 'vitest';
import { repairChunks } from './repair-chunks.ts';

const tools = [
  {
    type: 'function' as const,
    function: {
      name: 'get_weather',
      parameters: { type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer' } } },
    },
  },
];

type Choice = ChatCompletionChunk['choices'][number];

function chunk(delta: Choice['delta'] & { reasoning?: string }, more: Partial<Choice> = {}): ChatCompletionChunk {
  const choice = { index: 0, delta, finish_reason: null, ...more };
  return { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [choice] };
}

const finish = (reason: Choice['finish_reason'] = 'stop') => chunk({}, { finish_reason: reason });

async function* play(chunks: readonly ChatCompletionChunk[], error?: Error) {
  yield* chunks;
  if (error !== undefined) throw error;
}

async function repair(chunks: readonly ChatCompletionChunk[]): Promise<ChatCompletionChunk[]> {
  const repaired: ChatCompletionChunk[] = [];
  let id = 0;
  for await (const each of repairChunks(play(chunks), { tools, generateId: () => `made_${(id += 1)}` }))
    repaired.push(each);
  return repaired;
}

const choicesOf = (chunks: readonly ChatCompletionChunk[]) => chunks.flatMap(({ choices }) => choices);
const contentOf = (chunks: readonly ChatCompletionChunk[], index = 0) =>
  choicesOf(chunks)
    .map((choice) => (choice.index === index ? (choice.delta.content ?? '') : ''))
    .join('');

test('a call that the model wrote as text is a call, for the stream of the official client', async () => {
  const reply: OllamaSimulatorOptions['reply'] = () => [
    { text: '<think>Ask.</think>{"name": "get_weather", "argu' },
    { text: 'ments": {"city": "Oslo", "days": "3"}}' },
  ];
  const simulator = await startOllamaSimulator({ models: ['qwen3:8b'], reply });
  onTestFinished(() => simulator.close());
  const client = new OpenAI({ baseURL: `${simulator.url}/v1`, apiKey: 'unused', maxRetries: 0 });
  const stream = await client.chat.completions.create({
    model: 'qwen3:8b',
    messages: [{ role: 'user', content: 'Weather in Oslo?' }],
    tools,
    stream: true,
    stream_options: { include_usage: true },
  });
  const repairs: string[] = [];
  const chunks: ChatCompletionChunk[] = [];
  for await (const each of repairChunks(stream, { tools, onRepair: ({ repair: kind }) => repairs.push(kind) }))
    chunks.push(each);
  const calls = choicesOf(chunks).flatMap(({ delta }) => delta.tool_calls ?? []);

  expect(calls[0]).toMatchObject({ index: 0, type: 'function', function: { name: 'get_weather' } });
  expect(calls.map((call) => call.function?.arguments).join('')).toBe('{"city":"Oslo","days":3}');
  expect(contentOf(chunks).trim()).toBe('');
  expect(choicesOf(chunks).at(-1)?.finish_reason).toBe('tool_calls');
  expect(chunks.at(-1)?.usage?.total_tokens).toBeGreaterThan(0);
  expect(repairs).toEqual(['reasoning-from-tags', 'tool-call-from-text', 'arguments-types']);
});

test('chunks that need no repair are passed on unchanged', async () => {
  const chunks = [
    chunk({ role: 'assistant', content: '' }),
    chunk({ reasoning: 'Greet.' }),
    chunk({ content: 'Hello' }),
    chunk({ content: ' there.' }),
    finish(),
    { ...finish(), choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
  ];
  const repaired: ChatCompletionChunk[] = [];
  for await (const each of repairChunks(play(chunks))) repaired.push(each);

  expect(repaired.every((each, index) => each === chunks[index])).toBe(true);
  expect(repaired).toHaveLength(chunks.length);
});

test('broken arguments of a call are repaired, and the role beside held text comes first', async () => {
  const chunks = await repair([
    chunk({ role: 'assistant', content: '<thi' }),
    chunk({ content: 'nk>Ask.</think>' }),
    chunk({
      tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'get_weather', arguments: '{"city":' } }],
    }),
    chunk({ tool_calls: [{ index: 0, function: { arguments: '"Oslo", days: 3}' } }] }),
    finish('tool_calls'),
  ]);
  const calls = choicesOf(chunks).flatMap(({ delta }) => delta.tool_calls ?? []);

  expect(choicesOf(chunks)[0]?.delta).toEqual({ role: 'assistant' });
  expect(choicesOf(chunks)[1]?.delta).toEqual({ reasoning_content: 'Ask.', reasoning: 'Ask.' });
  expect(calls[0]).toMatchObject({ index: 0, id: 'a' });
  expect(JSON.parse(calls.map((call) => call.function?.arguments ?? '').join(''))).toEqual({ city: 'Oslo', days: 3 });
});

test('calls of one index and several ids are several calls', async () => {
  const call = (id: string, city: string) =>
    chunk({
      tool_calls: [
        { index: 0, id, type: 'function', function: { name: 'get_weather', arguments: JSON.stringify({ city }) } },
      ],
    });
  const chunks = await repair([call('a', 'Oslo'), call('b', 'Rome'), finish('tool_calls')]);
  const starts = choicesOf(chunks).flatMap(({ delta }) => delta.tool_calls?.filter(({ id }) => id !== undefined) ?? []);

  expect(starts.map(({ index, id }) => [index, id])).toEqual([
    [0, 'a'],
    [1, 'b'],
  ]);
});

test('repairs each choice by itself', async () => {
  const chunks = await repair([
    chunk({ content: '<think>Hm.</think>One' }),
    chunk({ content: 'Two <think' }, { index: 1 }),
    finish(),
    chunk({}, { index: 1, finish_reason: 'length' }),
  ]);

  expect([contentOf(chunks), contentOf(chunks, 1)]).toEqual(['One', 'Two <think']);
  expect(
    choicesOf(chunks).flatMap(({ index, finish_reason: reason }) => (reason === null ? [] : [[index, reason]])),
  ).toEqual([
    [0, 'stop'],
    [1, 'length'],
  ]);
});

test('text that is held when the stream fails comes before the error', async () => {
  const error = new Error('The connection broke.');
  const repaired: ChatCompletionChunk[] = [];
  const read = async () => {
    for await (const each of repairChunks(play([chunk({ content: 'Half <thi' })], error), { tools }))
      repaired.push(each);
  };

  await expect(read()).rejects.toBe(error);
  expect(contentOf(repaired)).toBe('Half <thi');
});

test('leaving the loop closes the stream', async () => {
  let isClosed = false;
  async function* endless() {
    try {
      for (;;) yield chunk({ content: 'a ' });
    } finally {
      isClosed = true;
    }
  }
  for await (const _ of repairChunks(endless())) break;

  expect(isClosed).toBe(true);
});
