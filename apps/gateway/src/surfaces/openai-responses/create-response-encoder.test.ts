import { ProviderError } from '@openclaw/provider';
import type { FinishReason, StreamEvent } from '@openclaw/provider';
import type { ResponseStreamEvent } from 'openai/resources/responses/responses';
import { expect, test } from 'vitest';
import { toFailure } from '../../http/to-failure.ts';
import { createResponseEncoder } from './create-response-encoder.ts';
import type { StoredItem } from './response-reply.ts';
import type { ToolForm } from './tool-form.ts';

const usage = { inputTokens: 12, outputTokens: 5, totalTokens: 17, cachedInputTokens: 3, reasoningTokens: 2 };
const start: StreamEvent = { type: 'start', model: 'ollama/gpt-oss:20b' };
const text = (value: string): StreamEvent => ({ type: 'text-delta', text: value });
const think = (value: string): StreamEvent => ({ type: 'reasoning-delta', text: value });
const finish = (reason: FinishReason = 'stop'): StreamEvent => ({ type: 'finish', reason, usage });
const call = (name: string, argumentsText: string): StreamEvent[] => [
  { type: 'tool-call-start', id: 'call_0', name },
  { type: 'tool-call-delta', id: 'call_0', argumentsText },
  { type: 'tool-call-end', id: 'call_0', name, argumentsText },
];

interface Options {
  readonly forms?: readonly [string, ToolForm][];
  readonly opaqueReasoning?: boolean;
  readonly maxCharacters?: number;
}

function createEncoder({ forms = [], opaqueReasoning = false, maxCharacters }: Options = {}) {
  const kept: { body: string; output: readonly StoredItem[] }[] = [];
  const encoder = createResponseEncoder(
    {
      id: 'resp_u',
      unique: 'u',
      client: 'owner',
      created: 7,
      model: 'openclaw',
      echo: '"tools":[]',
      forms: new Map(forms),
      opaqueReasoning,
    },
    { onEnd: (body, output) => kept.push({ body, output }), maxCharacters },
  );
  return { encoder, kept };
}

function encodeAll(events: readonly StreamEvent[], options?: Options) {
  const { encoder } = createEncoder(options);
  return parseEvents(events.map((event) => encoder.encode(event)).join(''));
}

/** The events, each of which has its type twice. */
function parseEvents(body: string): ResponseStreamEvent[] {
  return body
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const [, name, data = ''] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
      const event = JSON.parse(data) as ResponseStreamEvent;
      expect(event.type).toBe(name);
      return event;
    });
}

const types = (events: readonly ResponseStreamEvent[]) => events.map(({ type }) => type.replace('response.', ''));
const itemsOf = (events: readonly ResponseStreamEvent[]) =>
  events.flatMap((event) => (event.type === 'response.output_item.done' ? [event.item] : []));

test('a text is created, grows, and is done', () => {
  const [created, inProgress, ...events] = encodeAll([start, text('Hel'), text('lo'), finish()]);
  const response = {
    id: 'resp_u',
    object: 'response',
    created_at: 7,
    completed_at: null,
    status: 'in_progress',
    error: null,
    incomplete_details: null,
    model: 'ollama/gpt-oss:20b',
    output: [],
    usage: null,
    tools: [],
  };
  expect(created).toEqual({ type: 'response.created', sequence_number: 0, response });
  expect(inProgress).toEqual({ type: 'response.in_progress', sequence_number: 1, response });
  const place = { item_id: 'msg_u00', output_index: 0, content_index: 0 };
  const empty = { type: 'message' as const, id: 'msg_u00', role: 'assistant' as const, content: [] };
  const part = { type: 'output_text' as const, text: 'Hello', annotations: [], logprobs: [] };
  const item = { ...empty, status: 'completed' as const, content: [part] };
  expect(events.slice(0, -1)).toEqual([
    {
      type: 'response.output_item.added',
      sequence_number: 2,
      output_index: 0,
      item: { ...empty, status: 'in_progress' },
    },
    { type: 'response.content_part.added', sequence_number: 3, ...place, part: { ...part, text: '' } },
    { type: 'response.output_text.delta', sequence_number: 4, ...place, delta: 'Hel', logprobs: [] },
    { type: 'response.output_text.delta', sequence_number: 5, ...place, delta: 'lo', logprobs: [] },
    { type: 'response.output_text.done', sequence_number: 6, ...place, text: 'Hello', logprobs: [] },
    { type: 'response.content_part.done', sequence_number: 7, ...place, part },
    { type: 'response.output_item.done', sequence_number: 8, output_index: 0, item },
  ] satisfies ResponseStreamEvent[]);
  expect(events.at(-1)).toEqual({
    type: 'response.completed',
    sequence_number: 9,
    response: {
      ...response,
      status: 'completed',
      output: [item],
      usage: {
        input_tokens: 12,
        input_tokens_details: { cached_tokens: 3, cache_write_tokens: 0 },
        output_tokens: 5,
        output_tokens_details: { reasoning_tokens: 2 },
        total_tokens: 17,
      },
    },
  });
});

test('reasoning is an item with a summary, and carries its text for clients that keep the state', () => {
  const events = encodeAll([start, think('Hm'), think('.'), text('Yes.'), finish()], { opaqueReasoning: true });
  const place = { item_id: 'rs_u00', output_index: 0, summary_index: 0 };
  expect(events.slice(3, 8)).toEqual([
    {
      type: 'response.reasoning_summary_part.added',
      sequence_number: 3,
      ...place,
      part: { type: 'summary_text', text: '' },
    },
    { type: 'response.reasoning_summary_text.delta', sequence_number: 4, ...place, delta: 'Hm' },
    { type: 'response.reasoning_summary_text.delta', sequence_number: 5, ...place, delta: '.' },
    { type: 'response.reasoning_summary_text.done', sequence_number: 6, ...place, text: 'Hm.' },
    {
      type: 'response.reasoning_summary_part.done',
      sequence_number: 7,
      ...place,
      part: { type: 'summary_text', text: 'Hm.' },
    },
  ] satisfies ResponseStreamEvent[]);
  expect(itemsOf(events)).toMatchObject([
    { type: 'reasoning', encrypted_content: expect.stringMatching(/^openclaw\.1\./) },
    { type: 'message' },
  ]);
});

test('text, reasoning and text are three items', () => {
  const events = encodeAll([start, text('One.'), think('Hm.'), text('Two.'), finish()]);
  expect(itemsOf(events).map(({ type }) => type)).toEqual(['message', 'reasoning', 'message']);
  const indexes = events.flatMap((event) => (event.type === 'response.output_item.added' ? [event.output_index] : []));
  expect(indexes).toEqual([0, 1, 2]);
});

test('calls come whole, with the end of the answer, and with ids of their own', () => {
  const { encoder } = createEncoder();
  const before = [start, text('I will look.'), ...call('f', '{"a":1}')].map((event) => encoder.encode(event)).join('');
  expect(before).not.toContain('function_call');
  const events = parseEvents(encoder.encode(finish('tool-calls')));
  expect(types(events)).toEqual([
    'output_text.done',
    'content_part.done',
    'output_item.done',
    'output_item.added',
    'function_call_arguments.delta',
    'function_call_arguments.done',
    'output_item.done',
    'completed',
  ]);
  expect(events[3]).toMatchObject({ output_index: 1, item: { type: 'function_call', arguments: '', name: 'f' } });
  expect(events[5]).toMatchObject({ item_id: 'fc_u02', arguments: '{"a":1}', name: 'f' });
  expect(itemsOf(events)[1]).toEqual({
    type: 'function_call',
    id: 'fc_u02',
    call_id: 'call_u01',
    name: 'f',
    arguments: '{"a":1}',
    status: 'completed',
  });
});

test('a call is written in the form of its tool', () => {
  const forms: [string, ToolForm][] = [
    ['mcp__demo__alpha', { type: 'function', namespace: 'mcp__demo', name: 'alpha' }],
    ['patch', { type: 'custom', name: 'patch' }],
    ['local_shell', { type: 'local_shell' }],
    ['shell', { type: 'shell' }],
    ['apply_patch', { type: 'apply_patch' }],
  ];
  const events = encodeAll(
    [
      start,
      ...call('mcp__demo__alpha', ''),
      ...call('patch', '{"input":"*** Begin Patch"}'),
      ...call('patch', '*** Begin Patch'),
      ...call('local_shell', '{"command":["ls"],"timeout_ms":5}'),
      ...call('shell', '{"commands":["ls"]}'),
      ...call('apply_patch', '{"type":"create_file","path":"a","diff":"+x"}'),
      ...call('apply_patch', '{"type":"create_file"}'),
      finish('tool-calls'),
    ],
    { forms },
  );
  expect(itemsOf(events)).toMatchObject([
    { type: 'function_call', namespace: 'mcp__demo', name: 'alpha', arguments: '{}' },
    { type: 'custom_tool_call', name: 'patch', input: '*** Begin Patch' },
    { type: 'custom_tool_call', name: 'patch', input: '*** Begin Patch' },
    { type: 'local_shell_call', action: { type: 'exec', command: ['ls'], env: {}, timeout_ms: 5 } },
    { type: 'shell_call', action: { commands: ['ls'], timeout_ms: null } },
    { type: 'apply_patch_call', operation: { type: 'create_file', path: 'a', diff: '+x' } },
    // What does not fit the form stays a function call, so that the model learns of its mistake.
    { type: 'function_call', name: 'apply_patch', arguments: '{"type":"create_file"}' },
  ]);
  expect(types(events)).toContain('custom_tool_call_input.done');
  for (const [index, event] of events.entries()) expect(event).toHaveProperty('sequence_number', index);
});

test.each([
  ['length', 'max_output_tokens'],
  ['content-filter', 'content_filter'],
] as const)('an answer that ends with %s is incomplete, and a call that it cut off is not sent', (reason, words) => {
  const events = encodeAll([start, text('One'), ...call('f', '{"a":1}'), ...call('f', '{"a":'), finish(reason)]);
  expect(events.at(-1)).toMatchObject({
    type: 'response.incomplete',
    response: { status: 'incomplete', incomplete_details: { reason: words }, usage: { total_tokens: 17 } },
  });
  expect(itemsOf(events)).toMatchObject([
    { type: 'message', status: 'incomplete' },
    { type: 'function_call', arguments: '{"a":1}' },
  ]);
});

const failure = toFailure(new ProviderError('connection-failed', 'The server hung up.'));

test('a failure in the answer ends the stream with what there was, and without calls', () => {
  const { encoder } = createEncoder();
  const before = [start, think('Hm.'), text('Hel'), ...call('f', '{}')].map((event) => encoder.encode(event)).join('');
  const events = parseEvents(before + encoder.fail(failure));
  expect(types(events).filter((type) => /^(completed|failed|incomplete)$/.test(type))).toEqual(['failed']);
  expect(events.at(-1)).toMatchObject({
    response: {
      id: 'resp_u',
      status: 'failed',
      error: { code: 'server_error', message: 'The server hung up.' },
      output: [{ type: 'reasoning' }, { type: 'message', status: 'incomplete', content: [{ text: 'Hel' }] }],
      usage: null,
    },
  });
});

test('a silence before the first event, and a failure after it, have the event that creates the response before them', () => {
  const { encoder } = createEncoder();
  const silence = encoder.keepAlive() + encoder.keepAlive();
  expect(types(parseEvents(silence + encoder.fail(failure)))).toEqual([
    'created',
    'in_progress',
    'keepalive',
    'keepalive',
    'failed',
  ]);
});

test('a silence counts in the sequence', () => {
  const { encoder } = createEncoder();
  const parts = [encoder.keepAlive(), encoder.encode(start), encoder.encode(text('Hi')), encoder.keepAlive()];
  const events = parseEvents(parts.join('') + encoder.encode(finish()));
  expect(events.filter(({ type }) => type === 'response.created')).toHaveLength(1);
  for (const [index, event] of events.entries()) expect(event).toHaveProperty('sequence_number', index);
});

test.each([
  ['context-length-exceeded', 'context_length_exceeded'],
  ['rate-limited', 'rate_limit_exceeded'],
  ['unsupported', 'invalid_prompt'],
  ['overloaded', 'server_error'],
] as const)('%s is reported as %s, which says whether to try again', (code, words) => {
  const { encoder } = createEncoder();
  const events = parseEvents(encoder.encode(start) + encoder.fail(toFailure(new ProviderError(code, 'No.'))));
  expect(events.at(-1)).toHaveProperty('response.error.code', words);
});

test('log probabilities stay with their text', () => {
  const token = { token: 'Hi', logprob: -0.1, bytes: null, top_logprobs: [] };
  const events = encodeAll([start, { type: 'text-delta', text: 'Hi', logprobs: [token] }, finish()]);
  expect(events[4]).toMatchObject({ type: 'response.output_text.delta', logprobs: [token] });
  expect(itemsOf(events)).toMatchObject([{ content: [{ logprobs: [token] }] }]);
});

test('what is kept is what was sent', () => {
  const { encoder, kept } = createEncoder();
  const body = [start, text('Hi'), finish()].map((event) => encoder.encode(event)).join('');
  const last = parseEvents(body).at(-1);
  expect(JSON.parse(kept[0]?.body ?? '')).toEqual(last?.type === 'response.completed' && last.response);
  expect(kept[0]?.output.map(({ id }) => id)).toEqual(['msg_u00']);
});

test('an answer longer than the limit fails', () => {
  const { encoder } = createEncoder({ maxCharacters: 5 });
  encoder.encode(start);
  encoder.encode(text('Hello'));
  expect(() => encoder.encode(text('!'))).toThrow('longer than 5 characters');
});
