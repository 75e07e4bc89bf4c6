import type { JsonObject, JsonValue } from '@openclaw/provider';
import { describe, expect, test } from 'vitest';
import { encodeOpaqueReasoning } from './opaque-reasoning.ts';
import { parseResponseRequest } from './parse-response-request.ts';
import { createResponseStore } from './response-store.ts';

function parse(body: JsonObject, store = createResponseStore()) {
  return parseResponseRequest(
    { model: 'm', ...body },
    { origin: { unique: 'a-b', client: 'owner', now: 7_900, elapsedMs: () => 0 }, store },
  );
}

const parseInput = (input: JsonValue, more: JsonObject = {}) => parse({ input, ...more }).request.messages;
const user = { role: 'user', content: 'Hi' };
const call = { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{"a":1}' };
const output = { type: 'function_call_output', call_id: 'c1', output: 'ok' };
const tool = (name: string) => ({ type: 'function', name, parameters: { type: 'object' } });

test('a text is a user message, and the defaults of the API are repeated', () => {
  const { request, stream, reply, leftOut } = parse({ input: 'Hi' });
  expect(request).toEqual({ model: 'm', messages: [user] });
  expect({ stream, leftOut }).toEqual({ stream: false, leftOut: [] });
  expect(reply).toMatchObject({ id: 'resp_ab', created: 7, model: 'm', opaqueReasoning: false });
  expect(JSON.parse(`{${reply.echo}}`)).toMatchObject({
    tools: [],
    tool_choice: 'auto',
    parallel_tool_calls: true,
    truncation: 'disabled',
    text: { format: { type: 'text' } },
    reasoning: { effort: null, summary: null },
    metadata: {},
    store: true,
    previous_response_id: null,
  });
});

test('settings reach the model, and are repeated', () => {
  const schema = { type: 'object' };
  const { request, stream, reply } = parse({
    model: 'openclaw:coder',
    input: 'Hi',
    stream: true,
    instructions: 'Be brief.',
    temperature: 0.5,
    top_p: 0.9,
    max_output_tokens: 9,
    parallel_tool_calls: false,
    reasoning: { effort: 'high', summary: 'auto' },
    text: { format: { type: 'json_schema', name: 'place', schema, strict: true }, verbosity: 'low' },
    metadata: { run: '7' },
    truncation: 'auto',
    store: false,
    top_logprobs: 2,
    user: null,
  });
  expect(request).toEqual({
    model: 'openclaw/coder',
    messages: [{ role: 'system', content: 'Be brief.' }, user],
    temperature: 0.5,
    topP: 0.9,
    maxTokens: 9,
    parallelToolCalls: false,
    reasoningEffort: 'high',
    responseFormat: { type: 'json-schema', name: 'place', schema, strict: true },
    raw: { dialect: 'openai-chat', value: { logprobs: true, top_logprobs: 2 } },
  });
  expect(stream).toBe(true);
  // A client that keeps the state itself needs the reasoning to send it back.
  expect(reply).toMatchObject({ opaqueReasoning: true });
  expect(reply.kept).toBeUndefined();
  expect(JSON.parse(`{${reply.echo}}`)).toMatchObject({
    instructions: 'Be brief.',
    max_output_tokens: 9,
    metadata: { run: '7' },
    truncation: 'auto',
    store: false,
    text: { verbosity: 'low', format: { type: 'json_schema', description: null } },
  });
});

describe('input items', () => {
  test('instructions and the messages at the head are one system message, later ones stay in their place', () => {
    const messages = parseInput(
      [
        { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'Rules.' }] },
        { role: 'system', content: 'Skills.' },
        { role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
        { role: 'developer', content: 'Late.' },
      ],
      { instructions: 'Be brief.' },
    );
    expect(messages).toMatchObject([
      { role: 'system', content: 'Be brief.\n\nRules.\n\nSkills.' },
      { role: 'user', content: [{ text: 'Hi' }, { text: expect.stringContaining('Late.') }] },
    ]);
  });

  test('what the assistant said between two messages of others is one message, in any order', () => {
    const messages = parseInput([
      user,
      { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm.' }], content: null },
      call,
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'I will look.', annotations: [] }] },
      { ...call, call_id: 'c2' },
      { ...output, call_id: 'c2' },
      output,
      { role: 'assistant', content: 'Done.' },
    ]);
    expect(messages).toEqual([
      user,
      {
        role: 'assistant',
        content: 'I will look.',
        reasoning: 'Hm.',
        toolCalls: [
          { id: 'c1', name: 'f', argumentsText: '{"a":1}' },
          { id: 'c2', name: 'f', argumentsText: '{"a":1}' },
        ],
      },
      { role: 'tool', toolCallId: 'c2', content: 'ok' },
      { role: 'tool', toolCallId: 'c1', content: 'ok' },
      { role: 'assistant', content: 'Done.' },
    ]);
  });

  test('nothing comes between a call and its output', () => {
    expect(parseInput([user, call, { role: 'user', content: 'Wait' }, output])).toMatchObject([
      user,
      { role: 'assistant' },
      { role: 'tool', content: 'ok' },
      { role: 'user', content: 'Wait' },
    ]);
  });

  test('ids that come again in later turns find their own calls', () => {
    expect(parseInput([user, call, output, call, { ...output, output: 'again' }])).toMatchObject([
      user,
      { role: 'assistant' },
      { role: 'tool', content: 'ok' },
      { role: 'assistant' },
      { role: 'tool', content: 'again' },
    ]);
  });

  test('an output may have images', () => {
    const image = { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'high' };
    const [, , result] = parseInput([user, call, { ...output, output: [image] }]);
    expect(result).toEqual({
      role: 'tool',
      toolCallId: 'c1',
      content: [{ type: 'image', url: 'data:image/png;base64,AAAA', detail: 'high' }],
    });
  });

  test('reasoning is read from what the client has of it', () => {
    const opaque = encodeOpaqueReasoning('Größe?');
    const read = (item: JsonObject) =>
      parseInput([user, { type: 'reasoning', ...item }, { role: 'assistant', content: 'Yes' }])[1];
    const summary = [{ type: 'summary_text', text: 'Short.' }];
    const content = [{ type: 'reasoning_text', text: 'Raw.' }];
    expect(read({ summary: [], encrypted_content: opaque })).toMatchObject({ reasoning: 'Größe?' });
    expect(read({ summary, encrypted_content: opaque })).toMatchObject({ reasoning: 'Größe?' });
    expect(read({ summary, encrypted_content: 'gAAAAAB of another server' })).toMatchObject({ reasoning: 'Short.' });
    expect(read({ summary, content, encrypted_content: null })).toMatchObject({ reasoning: 'Raw.' });
    expect(read({ summary: [], encrypted_content: 'gAAAAAB' })).toEqual({ role: 'assistant', content: 'Yes' });
  });

  test('calls of every form become calls of the function that stands for their tool', () => {
    const messages = parseInput([
      user,
      { ...call, call_id: 'c1', namespace: 'mcp__demo', name: 'alpha' },
      { type: 'custom_tool_call', call_id: 'c2', name: 'apply_patch', input: '*** Begin' },
      { type: 'local_shell_call', call_id: 'c3', id: 'lsh_1', action: { type: 'exec', command: ['ls'] } },
      { type: 'shell_call', call_id: 'c4', action: { commands: ['ls'] } },
      { type: 'apply_patch_call', call_id: 'c5', operation: { type: 'delete_file', path: 'a' } },
      { ...output, call_id: 'c1' },
      { type: 'custom_tool_call_output', call_id: 'c2', output: 'patched' },
      { type: 'local_shell_call_output', id: 'c3', output: 'files' },
      {
        type: 'shell_call_output',
        call_id: 'c4',
        output: [{ stdout: 'a', stderr: '', outcome: { type: 'exit', exit_code: 1 } }],
      },
      { type: 'apply_patch_call_output', call_id: 'c5', status: 'failed', output: 'no such file' },
    ]);
    expect(messages[1]).toMatchObject({
      toolCalls: [
        { name: 'mcp__demo__alpha' },
        { name: 'apply_patch', argumentsText: '{"input":"*** Begin"}' },
        { name: 'local_shell', argumentsText: '{"command":["ls"]}' },
        { name: 'shell', argumentsText: '{"commands":["ls"]}' },
        { name: 'apply_patch', argumentsText: '{"type":"delete_file","path":"a"}' },
      ],
    });
    expect(messages.slice(2).map(({ content }) => content)).toEqual([
      'ok',
      'patched',
      'files',
      'a\nexit code 1',
      'failed: no such file',
    ]);
  });

  test('a text file is text', () => {
    const file = { type: 'input_file', filename: 'a.md', file_data: `data:text/markdown;base64,${btoa('# Hi')}` };
    expect(parseInput([{ role: 'user', content: [file] }])).toEqual([{ role: 'user', content: 'a.md:\n# Hi' }]);
  });

  test('items that mean nothing to a local model are left out', () => {
    const { request, leftOut } = parse({
      input: [user, { type: 'web_search_call', id: 'ws_1', status: 'completed' }, { type: 'compaction', id: 'x' }],
    });
    expect(request.messages).toEqual([user]);
    expect(leftOut).toEqual(['the item type "web_search_call"', 'the item type "compaction"']);
  });

  test('an empty input, which clients send as a probe, is an empty message', () => {
    expect(parseInput([])).toEqual([{ role: 'user', content: '' }]);
  });
});

describe('tools', () => {
  test('are functions for the model, whatever they are to the client', () => {
    const { request, reply, leftOut } = parse({
      input: 'Hi',
      tools: [
        { ...tool('exec_command'), description: 'Runs it', strict: false },
        { type: 'function', name: 'bare', parameters: null },
        { type: 'namespace', name: 'mcp__demo', description: 'Demo', tools: [tool('alpha')] },
        {
          type: 'custom',
          name: 'apply_patch',
          description: 'Patches',
          format: { type: 'grammar', syntax: 'lark', definition: 'start: "x"' },
        },
        { type: 'local_shell' },
        { type: 'shell', environment: { type: 'container_auto' } },
        { type: 'web_search', external_web_access: false },
        tool('exec_command'),
      ],
    });
    expect(request.tools).toMatchObject([
      { name: 'exec_command', description: 'Runs it', parameters: { type: 'object' }, strict: false },
      { name: 'bare', parameters: { type: 'object', properties: {} } },
      { name: 'mcp__demo__alpha' },
      {
        name: 'apply_patch',
        description: expect.stringMatching(/^Patches[^]*grammar \(lark\):\nstart: "x"$/),
        parameters: { required: ['input'] },
      },
      { name: 'local_shell', parameters: { required: ['command'] } },
    ]);
    expect(reply.forms.get('mcp__demo__alpha')).toEqual({ type: 'function', namespace: 'mcp__demo', name: 'alpha' });
    expect(reply.forms.get('apply_patch')).toMatchObject({ type: 'custom' });
    expect(leftOut).toEqual(['the tool type "shell"', 'the tool type "web_search"', 'a second tool "exec_command"']);
  });

  test('a name that is too long for a function, or has other characters, ends with a hash', () => {
    const names = ['a'.repeat(80), `${'a'.repeat(79)}b`, 'with.dot', 'with dot'];
    const tools = [{ type: 'namespace', name: 'ns', description: '', tools: names.map(tool) }];
    const given = (parse({ input: 'Hi', tools }).request.tools ?? []).map(({ name }) => name);
    expect(new Set(given).size).toBe(4);
    for (const name of given) expect(name).toMatch(/^[\w-]{1,64}$/);
    // The history of a later request has the same names.
    const history = names.map((name, index) => ({ ...call, name, namespace: 'ns', call_id: `c${index}` }));
    expect(parseInput([user, ...history])[1]).toMatchObject({ toolCalls: given.map((name) => ({ name })) });
  });

  test('items of the input may bring more', () => {
    const { request } = parse({ input: [user, { type: 'tool_search_output', call_id: null, tools: [tool('late')] }] });
    expect(request.tools).toMatchObject([{ name: 'late' }]);
  });

  const tools = [tool('f'), tool('g'), { type: 'namespace', name: 'ns', description: '', tools: [tool('h')] }];

  test.each([
    ['auto', undefined, ['f', 'g', 'ns__h']],
    ['none', 'none', ['f', 'g', 'ns__h']],
    ['required', 'required', ['f', 'g', 'ns__h']],
    [{ type: 'function', name: 'f' }, { name: 'f' }, ['f', 'g', 'ns__h']],
    [{ type: 'function', name: 'h', namespace: 'ns' }, { name: 'ns__h' }, ['f', 'g', 'ns__h']],
    [{ type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'g' }] }, undefined, ['g']],
    [{ type: 'allowed_tools', mode: 'required', tools: [{ type: 'namespace', name: 'ns' }] }, 'required', ['ns__h']],
  ])('a choice %j', (choice, toolChoice, offered) => {
    const { request } = parse({ input: 'Hi', tools, tool_choice: choice });
    expect(request.toolChoice).toEqual(toolChoice);
    expect(request.tools?.map(({ name }) => name)).toEqual(offered);
  });

  test.each([
    [{ type: 'function', name: 'unknown' }],
    [{ type: 'web_search_preview' }],
    [{ type: 'allowed_tools', mode: 'required', tools: [{ type: 'web_search' }] }],
    ['any'],
    [7],
  ])('a choice that no model could follow is refused: %j', (choice) => {
    expect(() => parse({ input: 'Hi', tools, tool_choice: choice })).toThrow(
      expect.objectContaining({ code: 'invalid-request', param: expect.stringMatching(/^tool_choice/) }),
    );
  });

  test('a choice without a tool that is left is refused', () => {
    expect(() => parse({ input: 'Hi', tools: [{ type: 'web_search' }], tool_choice: 'required' })).toThrow('tool call');
  });
});

describe('what is kept', () => {
  const item = (id: string, value: JsonObject) => ({ id, text: JSON.stringify({ id, ...value }) });
  const store = createResponseStore();
  const reply = item('msg_1', {
    type: 'message',
    role: 'assistant',
    content: [{ type: 'output_text', text: 'Hello' }],
  });
  store.add({ id: 'resp_1', previousId: undefined, body: '{}', input: [item('in_1', user)], output: [reply] });
  store.add({
    id: 'resp_2',
    previousId: 'resp_1',
    body: '{}',
    input: [item('in_2', { role: 'user', content: 'More' })],
    output: [],
  });

  test('a request goes on from a response and all before it, with its own instructions', () => {
    const { request } = parse({ previous_response_id: 'resp_2', input: 'And?', instructions: 'New.' }, store);
    expect(request.messages).toMatchObject([
      { role: 'system', content: 'New.' },
      user,
      { role: 'assistant', content: 'Hello' },
      { role: 'user', content: 'More' },
      { role: 'user', content: 'And?' },
    ]);
  });

  test('a reference to an item is the item', () => {
    const { request, reply: made } = parse({ input: [user, { type: 'item_reference', id: 'msg_1' }] }, store);
    expect(request.messages).toEqual([user, { role: 'assistant', content: 'Hello' }]);
    expect(made.kept?.input.map(({ id }) => id)).toEqual(['msg_abi0', 'msg_1']);
  });

  test.each([
    [{ previous_response_id: 'resp_9', input: 'Hi' }, 'previous_response_id'],
    [{ input: [user, { type: 'item_reference', id: 'msg_9' }] }, 'input[1].id'],
  ])('what is not kept is named: %j', (body, param) => {
    expect(() => parse(body, store)).toThrow(expect.objectContaining({ code: 'not-found', param }));
  });

  test('an error in an item names its place in this request', () => {
    expect(() => parse({ previous_response_id: 'resp_2', input: [user, { type: 7 }] }, store)).toThrow(
      '`input[1].type`',
    );
  });
});

test.each([
  [{ input: 'Hi', conversation: 'conv_1' }, 'unsupported', 'conversation'],
  [{ input: 'Hi', background: true }, 'unsupported', 'background'],
  [{ input: 'Hi', prompt: { id: 'pmpt_1' } }, 'unsupported', 'prompt'],
  [{}, 'invalid-request', 'input'],
  [{ input: [user, output] }, 'invalid-request', 'input[1].call_id'],
  [{ input: [{ role: 'robot', content: 'Hi' }] }, 'invalid-request', 'input[0].role'],
  [{ input: [{ role: 'user', content: [{ type: 'input_audio' }] }] }, 'invalid-request', 'input[0].content[0].type'],
  [
    { input: [{ role: 'user', content: [{ type: 'input_image', file_id: 'file_1' }] }] },
    'invalid-request',
    'input[0].content[0].file_id',
  ],
  [
    { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'file:///etc/passwd' }] }] },
    'invalid-request',
    'input[0].content[0].image_url',
  ],
  [
    { input: [{ role: 'user', content: [{ type: 'input_file', file_data: 'data:application/pdf;base64,AA' }] }] },
    'invalid-request',
    'input[0].content[0].file_data',
  ],
  [{ input: 'Hi', text: { format: { type: 'json_schema', name: 'x' } } }, 'invalid-request', 'text.format.schema'],
  [{ input: 'Hi', truncation: 'some' }, 'invalid-request', 'truncation'],
  [{ input: 'Hi', metadata: { a: 1 } }, 'invalid-request', 'metadata.a'],
])('refuses %j', (body: JsonObject, code, param) => {
  expect(() => parse(body)).toThrow(expect.objectContaining({ code, param }));
});
