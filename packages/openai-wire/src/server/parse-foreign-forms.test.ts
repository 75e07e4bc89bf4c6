import { expect, test } from 'vitest';
import { parseChatRequest } from './parse-chat-request.ts';

const messages = [{ role: 'user', content: 'Hi' }];
const parse = (more: object) => parseChatRequest(JSON.parse(JSON.stringify({ messages, ...more }))).request;

test('reads the calls and results of functions as those of tools', () => {
  const history = [
    { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"x":1}' } },
    { role: 'function', name: 'f', content: 'done' },
  ];
  expect(parse({ messages: history }).messages).toEqual([
    { role: 'assistant', content: '', toolCalls: [{ id: 'call_f', name: 'f', argumentsText: '{"x":1}' }] },
    { role: 'tool', toolCallId: 'call_f', content: 'done' },
  ]);
});

test('names `tools` to a client that still sends `functions`', () => {
  expect(() => parse({ functions: [{ name: 'f' }] })).toThrow(
    expect.objectContaining({
      code: 'invalid-request',
      param: 'functions',
      message: expect.stringContaining('`tools`'),
    }),
  );
  expect(parse({ functions: [], function_call: 'auto' })).toEqual({ messages });
  expect(parse({ functions: null, function_call: null })).toEqual({ messages });
});

test('reads thinking that stands among the parts of an answer', () => {
  const content = [
    { type: 'thinking', thinking: 'One.', signature: 's' },
    {
      type: 'thinking',
      thinking: [
        { type: 'text', text: 'T' },
        { type: 'text', text: 'wo.' },
      ],
    },
    { type: 'redacted_thinking', data: 'x' },
    { type: 'text', text: 'Hello' },
  ];
  expect(parse({ messages: [{ role: 'assistant', content }] }).messages).toEqual([
    { role: 'assistant', content: 'Hello', reasoning: 'One.\nTwo.' },
  ]);
  expect(parse({ messages: [{ role: 'assistant', content: content.slice(2) }] }).messages).toEqual([
    { role: 'assistant', content: 'Hello' },
  ]);
});

test('prefers reasoning in a field of its own', () => {
  const content = [{ type: 'thinking', thinking: 'part' }];
  expect(parse({ messages: [{ role: 'assistant', content, reasoning: 'field' }] }).messages).toEqual([
    { role: 'assistant', content: '', reasoning: 'field' },
  ]);
});

test('reads the result of a tool that is an object', () => {
  const [message] = parse({ messages: [{ role: 'tool', tool_call_id: 'x', content: { ok: true } }] }).messages;
  expect(message).toEqual({ role: 'tool', toolCallId: 'x', content: '{"ok":true}' });
});

test('reads `any` as a choice that requires a tool', () => {
  const tools = [{ type: 'function', function: { name: 'f' } }];
  expect(parse({ tools, tool_choice: 'any' }).toolChoice).toBe('required');
});

test('reads a JSON object with a schema as a schema', () => {
  const schema = { type: 'object', properties: { x: {} } };
  expect(parse({ response_format: { type: 'json_object', schema } }).responseFormat).toEqual({
    type: 'json-schema',
    name: 'answer',
    schema,
  });
  expect(parse({ response_format: { type: 'json_object', schema: null } }).responseFormat).toEqual({ type: 'json' });
  expect(() => parse({ response_format: { type: 'json_object', schema: 'x' } })).toThrow(
    expect.objectContaining({ param: 'response_format.schema' }),
  );
});
