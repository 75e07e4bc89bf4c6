import type { JsonValue } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { parseChatRequest } from './parse-chat-request.ts';

const messages = [{ role: 'user', content: 'Hi' }];
const raw = (value: object) => ({ dialect: 'openai-chat', value });
const parse = (body: object) => parseChatRequest({ messages, ...body } as unknown as JsonValue);

test('reads every field that OpenAI names', () => {
  const { request, stream, includeUsage } = parse({
    model: 'ollama/gpt-oss:20b',
    stream: true,
    stream_options: { include_usage: true },
    n: 1,
    temperature: 0.5,
    top_p: 0.9,
    frequency_penalty: 1,
    presence_penalty: -1,
    max_tokens: 10,
    max_completion_tokens: 20,
    stop: 'END',
    seed: 7,
    reasoning_effort: 'low',
    parallel_tool_calls: false,
    tools: [
      { type: 'function', function: { name: 'f', description: 'd', parameters: { type: 'object' }, strict: true } },
    ],
    tool_choice: { type: 'function', function: { name: 'f' } },
    response_format: { type: 'json_schema', json_schema: { name: 's', schema: { type: 'object' } } },
  });
  expect({ stream, includeUsage }).toEqual({ stream: true, includeUsage: true });
  expect(request).toEqual({
    model: 'ollama/gpt-oss:20b',
    messages,
    temperature: 0.5,
    topP: 0.9,
    frequencyPenalty: 1,
    presencePenalty: -1,
    maxTokens: 20,
    stop: ['END'],
    seed: 7,
    reasoningEffort: 'low',
    parallelToolCalls: false,
    tools: [{ name: 'f', description: 'd', parameters: { type: 'object' }, strict: true }],
    toolChoice: { name: 'f' },
    responseFormat: { type: 'json-schema', name: 's', schema: { type: 'object' } },
  });
});

test('passes on what it does not know, even under a dangerous name', () => {
  const body = JSON.parse(
    '{"messages":[{"role":"user","content":"Hi","name":"Ann"}],"keep_alive":"5m","__proto__":{"x":1}}',
  );
  const { request } = parseChatRequest(body);
  expect(JSON.stringify(request.raw)).toBe('{"dialect":"openai-chat","value":{"keep_alive":"5m","__proto__":{"x":1}}}');
  expect(request.messages[0]?.raw).toEqual(raw({ name: 'Ann' }));
  expect(({} as { x?: number }).x).toBeUndefined();
});

test.each([
  ['the body', (fields: object) => ({ ...fields })],
  ['a message', (fields: object) => ({ messages: [{ role: 'user', content: 'Hi', ...fields }] })],
])('passes on a thousand fields of %s that it does not know, and refuses more', (_name, bodyWith) => {
  const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 0]));
  const { request } = parse(bodyWith(fields(1_000)));
  expect(request.raw ?? request.messages[0]?.raw).toEqual(raw(fields(1_000)));
  expect(() => parse(bodyWith(fields(1_001)))).toThrow(expect.objectContaining({ code: 'invalid-request' }));
});

test('takes null for a field that was left out', () => {
  const { request } = parse({ tools: null, tool_choice: null, stop: null, temperature: null, n: null, stream: null });
  expect(request).toEqual({ messages });
});

test('reads the kinds of messages and of content that clients send', () => {
  const { request } = parse({
    messages: [
      {
        role: 'developer',
        content: [
          { type: 'text', text: 'Be' },
          { type: 'text', text: 'brief.' },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } },
          { type: 'image_url', image_url: 'data:image/png;base64,BBBB' },
          { type: 'input_audio', input_audio: { data: 'x' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        reasoning_content: 'hm',
        refusal: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: '42' },
    ],
  });
  expect(request.messages).toEqual([
    { role: 'system', content: 'Be\nbrief.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is it?' },
        { type: 'image', url: 'data:image/png;base64,AAAA', detail: 'low' },
        { type: 'image', url: 'data:image/png;base64,BBBB' },
        { type: 'raw', ...raw({ type: 'input_audio', input_audio: { data: 'x' } }) },
      ],
    },
    {
      role: 'assistant',
      content: '',
      reasoning: 'hm',
      toolCalls: [{ id: 'c1', name: 'f', argumentsText: '{"a":1}' }],
      raw: raw({ refusal: null }),
    },
    { role: 'tool', toolCallId: 'c1', content: '42' },
  ]);
});

test('keeps what the contract has no fields for, beside the fields and never instead of them', () => {
  const cache = { cache_control: { type: 'ephemeral' } };
  const cached = { type: 'text', text: 'Be brief.', ...cache };
  const image = { type: 'image_url', image_url: { url: 'data:,', format: 'png' }, ...cache };
  const call = {
    id: 'c1',
    type: 'function',
    function: { name: 'f', arguments: '{}', kind: 1 },
    extra_content: { signature: 's' },
  };
  const { request } = parse({
    messages: [
      { role: 'system', content: [cached] },
      { role: 'user', content: [cached, image] },
      { role: 'assistant', content: [cached, { type: 'refusal', refusal: 'No.' }], tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: [cached] },
    ],
    tools: [{ type: 'function', function: { name: 'f', examples: [] }, ...cache }],
    response_format: { type: 'json_object', whitespace: 'none' },
  });
  const part = { type: 'text', text: 'Be brief.', raw: raw(cache) };
  expect(request.messages).toEqual([
    { role: 'system', content: [part] },
    {
      role: 'user',
      content: [part, { type: 'image', url: 'data:,', raw: raw({ image_url: { format: 'png' }, ...cache }) }],
    },
    {
      role: 'assistant',
      content: [part, { type: 'text', text: 'No.', refusal: true }],
      toolCalls: [
        {
          id: 'c1',
          name: 'f',
          argumentsText: '{}',
          raw: raw({ function: { kind: 1 }, extra_content: { signature: 's' } }),
        },
      ],
    },
    { role: 'tool', toolCallId: 'c1', content: [part] },
  ]);
  expect(request.tools).toEqual([{ name: 'f', raw: raw({ function: { examples: [] }, ...cache }) }]);
  expect(request.responseFormat).toEqual({ type: 'json', raw: raw({ whitespace: 'none' }) });
  expect(request).not.toHaveProperty('raw');
});

test('keeps a kind of format that only one server knows whole', () => {
  const grammar = { type: 'grammar', grammar: 'root ::= "x"' };
  expect(parse({ response_format: grammar }).request.responseFormat).toEqual({ type: 'raw', ...raw(grammar) });
});

test('takes -1 for no limit, as servers for local models do', () => {
  expect(parse({ max_tokens: -1 }).request).not.toHaveProperty('maxTokens');
  expect(parse({ max_tokens: 5, max_completion_tokens: -1 }).request.maxTokens).toBe(5);
});

test.each<[string, object, string]>([
  ['no messages', { messages: undefined }, '`messages` must be an array of messages, and is missing.'],
  ['empty messages', { messages: [] }, '`messages` must hold at least one message, and is empty.'],
  [
    'an unknown role',
    { messages: [{ role: 'bot' }] },
    '`messages[0].role` must be "system", "developer", "user", "assistant" or "tool", and is "bot".',
  ],
  [
    'content of a wrong type',
    { messages: [{ role: 'user', content: 7 }] },
    '`messages[0].content` must be a string or an array of content parts, and is 7.',
  ],
  [
    'an image that is no URL',
    { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: '/etc/passwd' } }] }] },
    '`messages[0].content[0].image_url.url` must be a data: URL (or an http(s) URL, where the server fetches images itself), and is "/etc/passwd".',
  ],
  [
    'a tool result without its call',
    { messages: [{ role: 'tool', content: 'x' }] },
    '`messages[0].tool_call_id` must be the id of the call that this answers, and is missing.',
  ],
  ['a wrong temperature', { temperature: 'hot' }, '`temperature` must be a number, and is "hot".'],
  ['more than one answer', { n: 2 }, '`n` must be 1: one request gets one answer.'],
  ['a wrong limit', { max_tokens: 0 }, '`max_tokens` must be a whole number above 0, and is 0.'],
  ['a wrong model', { model: [] }, '`model` must be the name of a model, and is an empty array.'],
  [
    'a tool that is no function',
    { tools: [{ type: 'custom' }] },
    '`tools[0].type` must be "function", and is "custom".',
  ],
  [
    'a choice without tools',
    { tool_choice: 'required' },
    '`tool_choice` asks for a tool call, and `tools` offers none.',
  ],
  [
    'a choice of an unknown tool',
    {
      tools: [{ type: 'function', function: { name: 'f' } }],
      tool_choice: { type: 'function', function: { name: 'g' } },
    },
    '`tool_choice` names the function "g", and `tools` offers only: f.',
  ],
  [
    'a schema that is none',
    { response_format: { type: 'json_schema', json_schema: { name: 's' } } },
    '`response_format.json_schema.schema` must be a JSON Schema, and is missing.',
  ],
  ['a stop that is none', { stop: ['a', 1] }, '`stop[1]` must be a string, and is 1.'],
  ['stream in words', { stream: 'yes' }, '`stream` must be true or false, and is "yes".'],
])('refuses %s in words that name the field', (_name, body, message) => {
  expect(() => parse(body)).toThrow(expect.objectContaining({ code: 'invalid-request', message }));
});

test('does not repeat long or nested values in its messages', () => {
  expect(() => parse({ model: { secret: 'hunter2' } })).toThrow(/and is an object\.$/);
  expect(() => parse({ temperature: 'x'.repeat(1000) })).toThrow(/and is a long string\.$/);
});

test('accepts images in the result of a tool', () => {
  const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } };
  const content = [{ type: 'text', text: 'A shot:' }, image];
  const { request } = parseChatRequest({ messages: [{ role: 'tool', tool_call_id: 'c1', content }] });

  expect(request.messages).toEqual([
    {
      role: 'tool',
      toolCallId: 'c1',
      content: [
        { type: 'text', text: 'A shot:' },
        { type: 'image', url: 'data:image/png;base64,AA==' },
      ],
    },
  ]);
});
