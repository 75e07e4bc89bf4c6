import type { ChatMessage, JsonObject, ProviderRequest } from '@openclaw/provider';
import { describe, expect, test } from 'vitest';
import { encodeRequest } from './encode-request.ts';
import { SERVER_QUIRKS } from './server-quirks.ts';
import type { ServerKind } from '@openclaw/upstream-errors';

const MESSAGES: readonly ChatMessage[] = [{ role: 'user', content: 'Hello?' }];
const TOOLS = [{ name: 'f', description: 'F.', parameters: { type: 'object' } }, { name: 'g' }];

test('has every field of the request, and nothing that was not asked for', () => {
  const body = encode('unknown', {
    tools: TOOLS,
    toolChoice: { name: 'f' },
    parallelToolCalls: false,
    responseFormat: { type: 'json-schema', name: 's', schema: { type: 'object' }, strict: true },
    temperature: 0,
    topP: 0.9,
    topK: 40,
    frequencyPenalty: 0.1,
    presencePenalty: 0.2,
    maxTokens: 9,
    stop: ['\n'],
    seed: 7,
    reasoningEffort: 'low',
  });

  expect(body).toEqual({
    model: 'm',
    messages: [{ role: 'user', content: 'Hello?' }],
    stream: true,
    stream_options: { include_usage: true },
    tools: [
      { type: 'function', function: { name: 'f', description: 'F.', parameters: { type: 'object' } } },
      { type: 'function', function: { name: 'g' } },
    ],
    tool_choice: { type: 'function', function: { name: 'f' } },
    parallel_tool_calls: false,
    response_format: { type: 'json_schema', json_schema: { name: 's', schema: { type: 'object' }, strict: true } },
    temperature: 0,
    top_p: 0.9,
    top_k: 40,
    frequency_penalty: 0.1,
    presence_penalty: 0.2,
    max_tokens: 9,
    stop: ['\n'],
    seed: 7,
    reasoning_effort: 'low',
  });
  expect(encode('unknown', { streaming: false })).toEqual({
    model: 'm',
    messages: [{ role: 'user', content: 'Hello?' }],
    stream: false,
  });
});

describe('raw values', () => {
  const raw = (value: JsonObject, dialect = 'openai-chat') => ({ raw: { dialect, value } });
  const cached = raw({ cache_control: { type: 'ephemeral' } });

  test('add keys that the request has no field for, untouched', () => {
    const value = JSON.parse(
      '{"options":{"num_ctx":8192},"keep_alive":-1,"nested":{"deep":[null]},"__proto__":{"a":1}}',
    );

    const body = encodeRequest(request(raw(value)), { quirks: SERVER_QUIRKS.ollama });

    expect(body.endsWith(`,${JSON.stringify(value).slice(1)}`)).toBe(true);
  });

  test('never change what the encoder wrote, and add to the objects that it wrote', () => {
    const value = { seed: 1, temperature: 'hot', chat_template_kwargs: { enable_thinking: true, other: 1 } };

    expect(encode('vllm', { seed: 7, reasoningEffort: 'none', ...raw(value) })).toMatchObject({
      seed: 7,
      temperature: 'hot',
      chat_template_kwargs: { enable_thinking: false, other: 1 },
    });
  });

  test('of another API are not sent', () => {
    const foreign = raw({ cache_control: 1 }, 'another');
    const body = encode('openrouter', {
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'S', ...foreign }], ...foreign },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'U', ...foreign },
            { type: 'raw', dialect: 'another', value: { type: 'document' } },
          ],
        },
      ],
      tools: [{ name: 'f', ...foreign }],
      responseFormat: { type: 'raw', dialect: 'another', value: { type: 'grammar' } },
      ...foreign,
    });

    expect(body).toEqual({
      model: 'm',
      messages: [
        { role: 'system', content: 'S' },
        { role: 'user', content: [{ type: 'text', text: 'U' }] },
      ],
      stream: true,
      stream_options: { include_usage: true },
      tools: [{ type: 'function', function: { name: 'f' } }],
    });
  });

  test('of parts, calls, tools and formats are sent where the server takes those as they are', () => {
    const body = encode('openrouter', {
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'S', ...cached }] },
        { role: 'user', content: [{ type: 'image', url: 'data:,', ...raw({ image_url: { format: 'png' }, id: 1 }) }] },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'A', ...cached },
            { type: 'text', text: 'No.', refusal: true },
          ],
          toolCalls: [{ id: 'c', name: 'f', argumentsText: '{}', ...raw({ extra_content: 's', function: { x: 1 } }) }],
        },
      ],
      tools: [{ name: 'f', ...raw({ cache_control: {}, function: { y: 2 } }) }],
      responseFormat: { type: 'json-schema', name: 's', schema: {}, ...raw({ json_schema: { z: 3 } }) },
    });

    expect(body).toMatchObject({
      messages: [
        { content: [{ type: 'text', text: 'S', cache_control: { type: 'ephemeral' } }] },
        { content: [{ type: 'image_url', image_url: { url: 'data:,', format: 'png' }, id: 1 }] },
        {
          content: [
            { type: 'text', text: 'A', cache_control: { type: 'ephemeral' } },
            { type: 'refusal', refusal: 'No.' },
          ],
          tool_calls: [{ id: 'c', extra_content: 's', function: { name: 'f', arguments: '{}', x: 1 } }],
        },
      ],
      tools: [{ type: 'function', cache_control: {}, function: { name: 'f', y: 2 } }],
      response_format: { type: 'json_schema', json_schema: { name: 's', schema: {}, z: 3 } },
    });
  });

  test('do not undo what a server needs', () => {
    const messages: ChatMessage[] = [
      { role: 'system', content: [{ type: 'text', text: 'S', ...cached }] },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'a', ...cached },
          { type: 'text', text: 'b' },
        ],
      },
      {
        role: 'assistant',
        content: [{ type: 'text', text: 'Let me look.', ...cached }],
        toolCalls: [{ id: 'c', name: 'f', argumentsText: '[1]', ...raw({ extra_content: 's' }) }],
        ...raw({ refusal: null }),
      },
      { role: 'tool', toolCallId: 'c', content: [{ type: 'text', text: 'ok', ...cached }] },
    ];

    expect(encode('ollama', { messages })['messages']).toEqual([
      { role: 'system', content: 'S' },
      { role: 'user', content: 'a\nb' },
      { role: 'assistant', content: 'Let me look.' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'c', type: 'function', function: { name: 'f', arguments: '{"arguments":"[1]"}' }, extra_content: 's' },
        ],
        refusal: null,
      },
      { role: 'tool', tool_call_id: 'c', content: 'ok' },
    ]);
    expect(encode('lm-studio', { responseFormat: { type: 'json', ...raw({ strict: true }) } })).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { name: 'object', schema: { type: 'object' } } },
    });
    expect(encode('vllm', { responseFormat: { type: 'json', ...raw({ strict: true }) } })).toMatchObject({
      response_format: { type: 'json_object', strict: true },
    });
  });
});

test.each<[ServerKind, Partial<ProviderRequest>, object]>([
  ['openai', { maxTokens: 5 }, { max_completion_tokens: 5 }],
  ['ollama', { maxTokens: 5 }, { max_tokens: 5 }],
  ['openai', { messages: [{ role: 'system', content: 'S' }] }, { messages: [{ role: 'developer', content: 'S' }] }],
  ['ollama', { reasoningEffort: 'minimal' }, { reasoning_effort: 'low' }],
  ['ollama', { reasoningEffort: 'xhigh' }, { reasoning_effort: 'high' }],
  ['ollama', { reasoningEffort: 'none' }, { reasoning_effort: 'none' }],
  ['vllm', { reasoningEffort: 'none' }, { chat_template_kwargs: { enable_thinking: false } }],
  [
    'lm-studio',
    { responseFormat: { type: 'json' } },
    { response_format: { type: 'json_schema', json_schema: { name: 'object', schema: { type: 'object' } } } },
  ],
  ['ollama', { responseFormat: { type: 'json' } }, { response_format: { type: 'json_object' } }],
  [
    'lm-studio',
    { tools: TOOLS, toolChoice: { name: 'g' } },
    { tool_choice: 'required', tools: [{ function: { name: 'g' } }] },
  ],
  ['ollama', { tools: TOOLS, toolChoice: { name: 'g' } }, { tools: [{ function: { name: 'g' } }] }],
  ['ollama', { tools: TOOLS, toolChoice: 'required' }, { tool_choice: 'required', tools: [{}, {}] }],
])('follows the ways of %s: %j', (server, request, expected) => {
  expect(encode(server, request)).toMatchObject(expected);
});

test('offers Ollama, which ignores the choice, no tools when none may be called', () => {
  expect(encode('ollama', { tools: TOOLS, toolChoice: 'none' })).not.toHaveProperty('tools');
  expect(encode('unknown', { tools: TOOLS, toolChoice: 'none' })).toMatchObject({
    tools: [{}, {}],
    tool_choice: 'none',
  });
});

describe('sampling', () => {
  const own = { temperature: 0.6, topP: 0.95 };

  test("is the model's own where the server would override it, unless the caller says otherwise", () => {
    expect(
      JSON.parse(encodeRequest(request({ temperature: 0 }), { quirks: SERVER_QUIRKS.ollama, modelDefaults: own })),
    ).toMatchObject({ temperature: 0, top_p: 0.95 });
  });

  test('is left to servers that leave it to the model', () => {
    const body: unknown = JSON.parse(encodeRequest(request({}), { quirks: SERVER_QUIRKS.vllm, modelDefaults: own }));

    expect(body).not.toHaveProperty('temperature');
    expect(body).not.toHaveProperty('top_p');
  });
});

describe('messages', () => {
  const call = { id: 'a', name: 'f', argumentsText: '{"x":1}' };
  const wireCall = { id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } };

  test('keep everything in its order', () => {
    const messages: ChatMessage[] = [
      { role: 'system', content: 'S' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image', url: 'data:image/png;base64,AA==', detail: 'low' },
          { type: 'raw', dialect: 'openai-chat', value: { type: 'input_audio' } },
        ],
        raw: { dialect: 'openai-chat', value: { name: 'ann' } },
      },
      { role: 'assistant', content: '', toolCalls: [call] },
      { role: 'tool', toolCallId: 'a', content: 'Rain.' },
      { role: 'assistant', content: 'Rain.' },
    ];

    expect(encode('unknown', { messages })['messages']).toEqual([
      { role: 'system', content: 'S' },
      {
        role: 'user',
        name: 'ann',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==', detail: 'low' } },
          { type: 'input_audio' },
        ],
      },
      { role: 'assistant', content: null, tool_calls: [wireCall] },
      { role: 'tool', tool_call_id: 'a', content: 'Rain.' },
      { role: 'assistant', content: 'Rain.' },
    ]);
  });

  test('carry the images of tool results in a user message behind the last result', () => {
    const url = 'data:image/png;base64,AA==';
    const messages: ChatMessage[] = [
      {
        role: 'tool',
        toolCallId: 'a',
        content: [
          { type: 'text', text: 'A shot:' },
          { type: 'image', url },
        ],
      },
      { role: 'tool', toolCallId: 'b', content: 'Rain.' },
      { role: 'user', content: 'So?' },
    ];

    expect(encode('unknown', { messages })['messages']).toEqual([
      { role: 'tool', tool_call_id: 'a', content: 'A shot:' },
      { role: 'tool', tool_call_id: 'b', content: 'Rain.' },
      { role: 'user', content: [{ type: 'image_url', image_url: { url } }] },
      { role: 'user', content: 'So?' },
    ]);
    expect(encode('unknown', { messages: messages.slice(0, 1) })['messages']).toHaveLength(2);
  });

  test('with a text beside calls become two for Ollama, so that old releases lose neither', () => {
    const messages: ChatMessage[] = [
      { role: 'assistant', content: 'Let me look.', reasoning: 'Hm.', toolCalls: [call] },
    ];

    expect(encode('ollama', { messages })['messages']).toEqual([
      { role: 'assistant', content: 'Let me look.', reasoning: 'Hm.' },
      { role: 'assistant', content: null, tool_calls: [wireCall] },
    ]);
    expect(encode('llama-cpp', { messages })['messages']).toEqual([
      { role: 'assistant', content: 'Let me look.', reasoning_content: 'Hm.', tool_calls: [wireCall] },
    ]);
    expect(encode('openai', { messages })['messages']).toEqual([
      { role: 'assistant', content: 'Let me look.', tool_calls: [wireCall] },
    ]);
  });

  test('of nothing but texts are one text for Ollama, which would make a message of each', () => {
    const messages: ChatMessage[] = [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
    ];

    expect(encode('ollama', { messages })['messages']).toEqual([{ role: 'user', content: 'a\nb' }]);
  });

  test.each([
    ['', '{}'],
    ['{"a":', '{"arguments":"{\\"a\\":"}'],
    ['[1]', '{"arguments":"[1]"}'],
    ['{"a": 1}', '{"a": 1}'],
  ])('with arguments that are no object do not make every later request fail: %j', (argumentsText, sent) => {
    const messages: ChatMessage[] = [{ role: 'assistant', content: '', toolCalls: [{ ...call, argumentsText }] }];

    expect(encode('ollama', { messages })).toMatchObject({
      messages: [{ tool_calls: [{ function: { arguments: sent } }] }],
    });
  });
});

test('adds configured keys under those of the client, whatever words the client uses', () => {
  const rawDefaults = { dialect: 'openai-chat', value: { min_p: 0.4, nested: { a: 1, b: 1 }, model: 'other' } };
  const own = { min_p: 0.1, nested: { a: 2 } };
  expect(encode('openai', { raw: { dialect: 'openai-chat', value: own }, rawDefaults })).toMatchObject({
    model: 'm',
    min_p: 0.1,
    nested: { a: 2, b: 1 },
  });
  expect(encode('openai', { raw: { dialect: 'ollama', value: own }, rawDefaults })).toMatchObject({
    min_p: 0.4,
    nested: { a: 1, b: 1 },
  });
});

function request(more: Partial<ProviderRequest>): ProviderRequest {
  return { model: 'm', messages: MESSAGES, ...more };
}

/** As it is sent: keys without a value are gone. */
function encode(server: ServerKind, more: Partial<ProviderRequest>): Record<string, unknown> {
  return JSON.parse(encodeRequest(request(more), { quirks: SERVER_QUIRKS[server] })) as Record<string, unknown>;
}
