import type { ChatMessage, ProviderRequest } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { encodeChat } from './encode-chat.ts';

const MESSAGES: ChatMessage[] = [{ role: 'user', content: 'Hi' }];
/** What every request has. */
const ALWAYS = { model: 'm', stream: false, truncate: false, shift: false };

function encode(request: Partial<ProviderRequest>): unknown {
  return JSON.parse(encodeChat({ model: 'm', messages: MESSAGES, ...request }));
}

const encodeMessages = (messages: readonly ChatMessage[]): unknown => encode({ messages });

test('a plain request says that nothing may be cut in silence', () => {
  expect(encode({})).toEqual({ ...ALWAYS, messages: MESSAGES, options: {} });
});

test('a stream is asked for', () => {
  expect(encode({ streaming: true })).toMatchObject({ stream: true });
});

test('sampling, limits and the context length are options', () => {
  const request = {
    contextLength: 32_768,
    maxTokens: 100,
    temperature: 0.5,
    topK: 20,
    topP: 0.9,
    frequencyPenalty: 0.1,
    presencePenalty: 0.2,
    seed: 7,
    stop: ['END'],
  };

  expect(encode(request)).toMatchObject({
    options: {
      num_ctx: 32_768,
      num_predict: 100,
      temperature: 0.5,
      top_k: 20,
      top_p: 0.9,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      seed: 7,
      stop: ['END'],
    },
  });
  expect(encode({ stop: [] })).toMatchObject({ options: {} });
});

test.each([[300], ['5m'], [-1], [0]])('keeps the model loaded for %s', (keepAlive) => {
  expect(encode({ keepAlive })).toMatchObject({ keep_alive: keepAlive });
});

test.each([
  ['none', false],
  ['minimal', 'low'],
  ['low', 'low'],
  ['medium', 'medium'],
  ['high', 'high'],
  ['xhigh', 'high'],
  ['max', 'max'],
])('the reasoning effort %s is think %s', (reasoningEffort, think) => {
  expect(encode({ reasoningEffort })).toMatchObject({ think });
});

test('a format is JSON, or a schema', () => {
  const schema = { type: 'object', properties: { city: { type: 'string' } } };

  expect(encode({ responseFormat: { type: 'json' } })).toMatchObject({ format: 'json' });
  expect(encode({ responseFormat: { type: 'json-schema', name: 'place', schema } })).toMatchObject({ format: schema });
  expect(encode({ responseFormat: { type: 'text' } })).not.toHaveProperty('format');
});

const TOOLS = ['look', 'list'].map((name) => ({
  name,
  description: 'd',
  parameters: { type: 'object' },
  strict: true,
}));

test('tools have the form of the API', () => {
  const [tool] = TOOLS;

  expect(encode({ tools: TOOLS.slice(0, 1), parallelToolCalls: false })).toMatchObject({
    tools: [{ type: 'function', function: { name: 'look', description: 'd', parameters: tool?.parameters } }],
  });
});

test.each([
  ['none' as const, undefined],
  ['auto' as const, ['look', 'list']],
  ['required' as const, ['look', 'list']],
  [{ name: 'list' }, ['list']],
])('the choice %j offers only the tools that may be called', (toolChoice, names) => {
  const { tools } = encode({ tools: TOOLS, toolChoice }) as { tools?: { function: { name: string } }[] };

  expect(tools?.map((tool) => tool.function.name)).toEqual(names);
});

test('a turn with tools keeps its thoughts, its calls and the names of the results', () => {
  const messages = encodeMessages([
    {
      role: 'system',
      content: [
        { type: 'text', text: 'Be' },
        { type: 'text', text: 'brief.' },
      ],
    },
    { role: 'user', content: 'Weather?' },
    {
      role: 'assistant',
      content: 'Wait.',
      reasoning: 'Look it up.',
      toolCalls: [
        { id: 'a', name: 'look', argumentsText: '{"city":"Oslo"}' },
        { id: 'b', name: 'list', argumentsText: '' },
        { id: 'c', name: 'list', argumentsText: '{"broken' },
      ],
    },
    { role: 'tool', toolCallId: 'b', content: 'none' },
    { role: 'tool', toolCallId: 'a', content: [{ type: 'text', text: 'rain' }] },
    { role: 'tool', toolCallId: 'unknown', content: '' },
  ]);

  expect(messages).toMatchObject({
    messages: [
      { role: 'system', content: 'Be\nbrief.' },
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: 'Wait.',
        thinking: 'Look it up.',
        tool_calls: [
          { id: 'a', function: { name: 'look', arguments: { city: 'Oslo' } } },
          { id: 'b', function: { name: 'list', arguments: {} } },
          { id: 'c', function: { name: 'list', arguments: { arguments: '{"broken' } } },
        ],
      },
      { role: 'tool', content: 'none', tool_name: 'list', tool_call_id: 'b' },
      { role: 'tool', content: 'rain', tool_name: 'look', tool_call_id: 'a' },
      { role: 'tool', content: '', tool_call_id: 'unknown' },
    ],
  });
});

test('an id that is used again belongs to the latest call', () => {
  const turn = (name: string): ChatMessage[] => [
    { role: 'assistant', content: '', toolCalls: [{ id: 'call_0', name, argumentsText: '{}' }] },
    { role: 'tool', toolCallId: 'call_0', content: '' },
  ];

  expect(encodeMessages([...turn('look'), ...turn('list')])).toMatchObject({
    messages: [{}, { tool_name: 'look' }, {}, { tool_name: 'list' }],
  });
});

test.each([
  ['a data URL', 'data:image/png;base64,AAAA', 'AAAA'],
  ['a data URL with parameters', 'data:image/png;name=a;base64,AAAA', 'AAAA'],
  ['percent-encoded base64', 'data:;base64,AA%2BA', 'AA+A'],
  ['broken percent-encoding', 'data:;base64,AA%A', 'AA%A'],
  ['a data URL without base64', 'data:image/svg+xml,%3Csvg/%3E', btoa('<svg/>')],
  ['base64 without a URL', 'AAAA', 'AAAA'],
])('%s becomes base64', (_title, url, image) => {
  const content = [
    { type: 'text' as const, text: 'What is this?' },
    { type: 'image' as const, url },
  ];

  expect(
    encodeMessages([
      { role: 'user', content },
      { role: 'tool', toolCallId: 'a', content },
    ]),
  ).toMatchObject({
    messages: [
      { content: 'What is this?', images: [image] },
      { content: 'What is this?', images: [image] },
    ],
  });
});

test('raw values of the native API add keys and change none', () => {
  const raw = {
    dialect: 'ollama',
    value: { truncate: true, think: true, options: { seed: 1, min_p: 0.1 }, future: 1 },
  };
  const message = {
    role: 'user' as const,
    content: 'Hi',
    raw: { dialect: 'ollama', value: { content: 'x', extra: 1 } },
  };

  expect(encode({ seed: 7, raw, messages: [message] })).toEqual({
    ...ALWAYS,
    messages: [{ role: 'user', content: 'Hi', extra: 1 }],
    think: true,
    options: { seed: 7, min_p: 0.1 },
    future: 1,
  });
});

test('of raw values of chat completions those are sent that have an equal', () => {
  const value = {
    min_p: 0.1,
    repetition_penalty: 1.1,
    options: { num_gpu: 1, repeat_penalty: 1.2 },
    keep_alive: '1h',
    think: 'high',
    format: 'json',
    logprobs: true,
    top_logprobs: 2,
    n: 2,
    user: 'me',
    truncate: true,
  };

  expect(encode({ temperature: 0, raw: { dialect: 'openai-chat', value } })).toEqual({
    ...ALWAYS,
    messages: MESSAGES,
    options: { temperature: 0, min_p: 0.1, repeat_penalty: 1.2, num_gpu: 1 },
    keep_alive: '1h',
    think: 'high',
    format: 'json',
    logprobs: true,
    top_logprobs: 2,
  });
});

test('fields of the request win over raw values', () => {
  const raw = { dialect: 'openai-chat', value: { keep_alive: '1h', think: true, options: { num_ctx: 512 } } };

  expect(encode({ contextLength: 8_192, keepAlive: 0, reasoningEffort: 'none', raw })).toMatchObject({
    keep_alive: 0,
    think: false,
    options: { num_ctx: 8_192 },
  });
});

test('configured keys stand under those of the client, whatever words it uses', () => {
  const rawDefaults = { dialect: 'openai-chat', value: { keep_alive: '1h', min_p: 0.4, num_ctx: 512 } };
  const raw = { dialect: 'ollama', value: { keep_alive: '5m', options: { min_p: 0.1 } } };
  expect(encode({ raw, rawDefaults })).toMatchObject({ keep_alive: '5m', options: { min_p: 0.1, num_ctx: 512 } });
});
