import type Anthropic from '@anthropic-ai/sdk';
import type { JsonObject, JsonValue } from '@openclaw/provider';
import { describe, expect, test } from 'vitest';
import { parseCountRequest, parseMessagesRequest } from './parse-request.ts';

const hello = [{ role: 'user', content: 'Hi' }];

function parse(body: JsonObject) {
  return parseMessagesRequest({ model: 'm', max_tokens: 5, messages: hello, ...body });
}

const requestOf = (body: JsonObject) => parse(body).request;
const messagesOf = (...messages: JsonValue[]) => requestOf({ messages }).messages;

/** The request that Claude Code sends with the first turn, made shorter. */
const FIRST_TURN = {
  model: 'gpt-oss:20b',
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: '<system-reminder>note</system-reminder>' },
        { type: 'text', text: 'say done' },
      ],
    },
    { role: 'system', content: [{ type: 'text', text: 'environment', cache_control: { type: 'ephemeral' } }] },
  ],
  system: [
    { type: 'text', text: 'x-anthropic-billing-header: cc_version=2.1.0.abc; cc_entrypoint=sdk-cli;' },
    { type: 'text', text: 'You are an agent.', cache_control: { type: 'ephemeral' } },
    { type: 'text', text: 'Main prompt.', cache_control: { type: 'ephemeral' } },
  ],
  tools: [
    {
      name: 'Bash',
      description: 'Runs',
      input_schema: { type: 'object', properties: { command: { type: 'string' } } },
    },
    { name: 'DeferredToolPlaceholder', description: 'none', input_schema: { type: 'object' }, defer_loading: true },
  ],
  metadata: { user_id: '{"device_id":"secret"}' },
  max_tokens: 32_000,
  thinking: { type: 'adaptive', display: 'omitted' },
  context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
  output_config: { effort: 'high' },
  stream: true,
};

test('reads the first turn of Claude Code: no billing block, late instructions in place, no deferred tools', () => {
  expect(parseMessagesRequest(FIRST_TURN)).toEqual({
    stream: true,
    leftOut: [],
    request: {
      model: 'gpt-oss:20b',
      maxTokens: 32_000,
      reasoningEffort: 'high',
      messages: [
        { role: 'system', content: 'You are an agent.\n\nMain prompt.' },
        {
          role: 'user',
          content:
            '<system-reminder>note</system-reminder>\nsay done\n<system-reminder>\nenvironment\n</system-reminder>',
        },
      ],
      tools: [
        {
          name: 'Bash',
          description: 'Runs',
          parameters: { type: 'object', properties: { command: { type: 'string' } } },
        },
      ],
    },
  });
});

test('reads a message in parts as the same message as a string, so that caches of the prompt fit', () => {
  const asString = { ...FIRST_TURN, messages: [FIRST_TURN.messages[0], { role: 'system', content: 'environment' }] };
  expect(parseMessagesRequest(asString as JsonObject)).toEqual(parseMessagesRequest(FIRST_TURN));
  expect(messagesOf({ role: 'user', content: [{ type: 'text', text: 'Hi' }] })).toEqual(messagesOf(...hello));
});

test('reads thinking, text, calls and their results, and puts the results before further text', () => {
  const history = [
    { role: 'user', content: 'Look.' },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' },
        { type: 'redacted_thinking', data: 'x' },
        { type: 'text', text: 'I look.' },
        { type: 'tool_use', id: 'toolu_1', name: 'Bash', input: { command: 'ls' } },
        { type: 'tool_use', id: 'toolu_2', name: 'Read', input: {} },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Go on.' },
        { type: 'tool_result', tool_use_id: 'toolu_1', content: 'a.txt', is_error: false },
        { type: 'tool_result', tool_use_id: 'toolu_2', is_error: true, content: [{ type: 'text', text: 'no file' }] },
      ],
    },
  ] satisfies Anthropic.MessageParam[];
  expect(messagesOf(...(history as unknown as JsonValue[]))).toEqual([
    { role: 'user', content: 'Look.' },
    {
      role: 'assistant',
      content: 'I look.',
      reasoning: 'Hm.',
      toolCalls: [
        { id: 'toolu_1', name: 'Bash', argumentsText: '{"command":"ls"}' },
        { id: 'toolu_2', name: 'Read', argumentsText: '{}' },
      ],
    },
    { role: 'tool', toolCallId: 'toolu_1', content: 'a.txt' },
    { role: 'tool', toolCallId: 'toolu_2', content: 'Error: no file' },
    { role: 'user', content: 'Go on.' },
  ]);
});

const LATE = '<system-reminder>\nLate.\n</system-reminder>';

test.each([
  ['before any message', [{ role: 'system', content: 'Late.' }, ...hello], ['system:Late.', 'user:Hi']],
  ['behind a user message', [...hello, { role: 'system', content: 'Late.' }], [`user:Hi\n${LATE}`]],
  [
    'behind an answer, before the next user message',
    [
      ...hello,
      { role: 'assistant', content: 'Yes?' },
      { role: 'system', content: 'Late.' },
      { role: 'user', content: 'Go.' },
    ],
    ['user:Hi', 'assistant:Yes?', `user:${LATE}\nGo.`],
  ],
  [
    'behind a result',
    [
      ...hello,
      { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'f', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: '1' }] },
      { role: 'system', content: 'Late.' },
    ],
    ['user:Hi', 'assistant:', `tool:1\n${LATE}`],
  ],
])('folds a system message %s', (_where, messages, expected) => {
  expect(messagesOf(...messages).map(({ role, content }) => `${role}:${content as string}`)).toEqual(expected);
});

test('passes images on, in user messages and in results', () => {
  const source = { type: 'base64', media_type: 'image/png', data: 'AAAA' };
  const image = { type: 'image', url: 'data:image/png;base64,AAAA' };
  expect(
    messagesOf(
      { role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://x/y.png' } }] },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'Read', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'image', source }] }] },
    ),
  ).toEqual([
    { role: 'user', content: [{ type: 'image', url: 'https://x/y.png' }] },
    expect.anything(),
    { role: 'tool', toolCallId: 't', content: [image] },
  ]);
});

test('reads documents of text, refuses others in user messages, and notes others in results', () => {
  const document = (source: JsonObject) => ({ type: 'document', title: 'Notes', source });
  const plain = document({ type: 'text', media_type: 'text/plain', data: 'One.' });
  const pdf = document({ type: 'base64', media_type: 'application/pdf', data: 'JVBE' });
  expect(messagesOf({ role: 'user', content: [plain] })).toEqual([{ role: 'user', content: 'Document: Notes\nOne.' }]);
  expect(() => messagesOf({ role: 'user', content: [pdf] })).toThrow(
    '`messages[0].content[0]` is a document that local models cannot read',
  );
  const [result] = messagesOf({ role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: [pdf] }] });
  expect(result).toMatchObject({ role: 'tool', content: expect.stringContaining('cannot read') });
});

test('names blocks that no local model can read, for the log, and drops them', () => {
  const { request, leftOut } = parse({
    messages: [
      {
        role: 'user',
        content: [
          { type: 'container_upload', file_id: 'f' },
          { type: 'text', text: 'Hi' },
        ],
      },
      { role: 'assistant', content: [{ type: 'server_tool_use', id: 's', name: 'web_search', input: {} }] },
      { role: 'user', content: '' },
    ],
  });
  expect(request.messages).toEqual([{ role: 'user', content: 'Hi' }]);
  expect(leftOut).toEqual(['the block type "container_upload"', 'the block type "server_tool_use"']);
});

describe('tools', () => {
  const custom = (name: string, more: JsonObject = {}) => ({ name, input_schema: { properties: {} }, ...more });
  const names = (body: JsonObject) => requestOf(body).tools?.map(({ name }) => name);

  test("of Anthropic's servers are left out, named for the log, and listed for the model", () => {
    const { request, leftOut } = parse({
      tools: [{ type: 'web_search_20250305', name: 'web_search', max_uses: 8 }],
      tool_choice: { type: 'auto' },
    });
    expect(request).not.toHaveProperty('tools');
    expect(request).not.toHaveProperty('toolChoice');
    expect(request.messages[0]).toMatchObject({ role: 'system', content: expect.stringContaining('web_search') });
    expect(leftOut).toEqual(['the tool type "web_search_20250305"']);
  });

  test('that the client runs keep their name and get the schema that Anthropic does not send', () => {
    const tools = [
      { type: 'bash_20250124', name: 'bash' },
      { type: 'text_editor_20250728', name: 'str_replace_based_edit_tool' },
    ] satisfies Anthropic.ToolUnion[];
    expect(requestOf({ tools }).tools).toMatchObject([
      { name: 'bash', parameters: { properties: { command: { type: 'string' } } } },
      { name: 'str_replace_based_edit_tool', parameters: { required: ['command', 'path'] } },
    ]);
  });

  test('that wait to be asked for appear once a result or a system message names them', () => {
    const tools = [custom('A', { defer_loading: true }), custom('B', { defer_loading: true }), custom('C')];
    const reference = { type: 'tool_reference', tool_name: 'A' };
    const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: [reference] }] };
    const changes = {
      role: 'system',
      content: [
        { type: 'tool_addition', tool: { type: 'tool_reference', name: 'B' } },
        { type: 'tool_addition', tool: { type: 'tool_definition', definition: custom('D') } },
        { type: 'tool_removal', tool: { type: 'tool_reference', name: 'C' } },
      ],
    };
    expect(names({ tools })).toEqual(['C']);
    expect(names({ tools, messages: [...hello, result] })).toEqual(['A', 'C']);
    expect(names({ tools, messages: [...hello, changes] })).toEqual(['B', 'D']);
    expect(requestOf({ tools, messages: [result] }).messages).toEqual([
      { role: 'tool', toolCallId: 't', content: 'The tool A is available now.' },
    ]);
  });

  test('get `type: object`, and the first of one name counts', () => {
    const { request, leftOut } = parse({ tools: [custom('A'), custom('A', { description: 'second' })] });
    expect(request.tools).toEqual([{ name: 'A', parameters: { type: 'object', properties: {} } }]);
    expect(leftOut).toEqual(['a second tool "A"']);
  });

  test.each([
    [{ type: 'auto' }, { toolChoice: 'auto' }],
    [{ type: 'any' }, { toolChoice: 'required' }],
    [{ type: 'none' }, { toolChoice: 'none' }],
    [
      { type: 'tool', name: 'A', disable_parallel_tool_use: true },
      { toolChoice: { name: 'A' }, parallelToolCalls: false },
    ],
  ])('%j is understood', (choice, expected) => {
    expect(requestOf({ tools: [custom('A')], tool_choice: choice })).toMatchObject(expected);
  });

  test.each([
    [{ type: 'any' }, [], 'offers none that a local model can call'],
    [{ type: 'tool', name: 'B' }, [custom('A')], '`tools` does not offer it'],
    [
      { type: 'tool', name: 'web_search' },
      [{ type: 'web_search_20250305', name: 'web_search' }],
      "which only Anthropic's servers can run",
    ],
  ])('%j without such a tool is refused', (choice, tools, message) => {
    expect(() => parse({ tools, tool_choice: choice })).toThrow(message);
  });
});

test.each([
  [{ thinking: { type: 'disabled' }, output_config: { effort: 'high' } }, 'none'],
  [{ thinking: { type: 'adaptive' } }, undefined],
  [{ thinking: { type: 'adaptive' }, output_config: { effort: 'max' } }, 'max'],
  [{ thinking: { type: 'enabled', budget_tokens: 4_000 } }, 'low'],
  [{ thinking: { type: 'enabled', budget_tokens: 10_000 } }, 'medium'],
  [{ thinking: { type: 'enabled', budget_tokens: 31_999 } }, 'high'],
  [{ thinking: { type: 'enabled', budget_tokens: 31_999 }, output_config: { effort: 'low' } }, 'low'],
  [{}, undefined],
])('%j asks for the effort %s', (body, effort) => {
  expect(requestOf(body).reasoningEffort).toBe(effort);
});

test('reads the form of the answer, under both names', () => {
  const format = { type: 'json_schema', schema: { type: 'object' } };
  const expected = { type: 'json-schema', name: 'answer', schema: { type: 'object' } };
  expect(requestOf({ output_config: { format } }).responseFormat).toEqual(expected);
  expect(requestOf({ output_format: format }).responseFormat).toEqual(expected);
});

test('reads the sampling and the limits', () => {
  expect(requestOf({ temperature: 0.1, top_p: 0.9, top_k: 40, stop_sequences: ['END'] })).toMatchObject({
    maxTokens: 5,
    temperature: 0.1,
    topP: 0.9,
    topK: 40,
    stop: ['END'],
  });
});

test('counts tokens of a request without `max_tokens`', () => {
  expect(parseCountRequest({ model: 'm', messages: [{ role: 'user', content: 'foo' }], tools: [] })).toEqual({
    model: 'm',
    messages: [{ role: 'user', content: 'foo' }],
  });
});

test.each<[string, JsonObject]>([
  ['max_tokens', { max_tokens: 0 }],
  ['max_tokens', { max_tokens: null }],
  ['model', { model: '' }],
  ['messages', { messages: [] }],
  ['messages', { messages: [{ role: 'user', content: [] }] }],
  ['messages[0].role', { messages: [{ role: 'tool', content: 'x' }] }],
  ['messages[0].content', { messages: [{ role: 'user' }] }],
  ['messages[0].content[0].type', { messages: [{ role: 'user', content: [{}] }] }],
  ['messages[0].content[0].text', { messages: [{ role: 'user', content: [{ type: 'text' }] }] }],
  [
    'messages[0].content[0].source.url',
    { messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'file:///etc/passwd' } }] }] },
  ],
  [
    'messages[0].content[0].source',
    { messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'file', file_id: 'f' } }] }] },
  ],
  ['messages[0].content[0].tool_use_id', { messages: [{ role: 'user', content: [{ type: 'tool_result' }] }] }],
  ['tools[0].name', { tools: [{ input_schema: {} }] }],
  ['tools[0].input_schema', { tools: [{ name: 'f' }] }],
  ['tool_choice.type', { tool_choice: { type: 'required' } }],
  ['thinking.type', { thinking: {} }],
  ['output_config.format.type', { output_config: { format: { type: 'json' } } }],
  ['stop_sequences[0]', { stop_sequences: [1] }],
  ['stream', { stream: 'yes' }],
])('refuses a wrong `%s`', (param, body) => {
  expect(() => parse(body)).toThrow(expect.objectContaining({ code: 'invalid-request', param }));
});
