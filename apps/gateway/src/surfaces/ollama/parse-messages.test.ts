import { expect, test } from 'vitest';
import { parseMessages } from './parse-messages.ts';

const call = (name: string, more: object = {}) => ({ function: { name, arguments: {} }, ...more });
const result = (content: string, more: object = {}) => ({ role: 'tool', content, ...more });

function resultIds(...messages: object[]): (string | undefined)[] {
  return parseMessages(JSON.parse(JSON.stringify(messages))).map((message) =>
    message.role === 'tool' ? message.toolCallId : undefined,
  );
}

test('reads every role, thinking and tool calls', () => {
  expect(
    parseMessages([
      { role: 'System', content: 'Be short.' },
      { role: 'user', content: 'Hi', images: null },
      {
        role: 'assistant',
        thinking: 'Hm.',
        tool_calls: [
          { id: 'a', function: { index: 0, name: 'f', arguments: { x: 1 } } },
          { id: 'b', function: { name: 'g', arguments: '{"y":2}' } },
        ],
      },
      { role: 'tool', content: 'done', tool_call_id: 'a' },
    ]),
  ).toEqual([
    { role: 'system', content: 'Be short.' },
    { role: 'user', content: 'Hi' },
    {
      role: 'assistant',
      content: '',
      reasoning: 'Hm.',
      toolCalls: [
        { id: 'a', name: 'f', argumentsText: '{"x":1}' },
        { id: 'b', name: 'g', argumentsText: '{"y":2}' },
      ],
    },
    { role: 'tool', content: 'done', toolCallId: 'a' },
  ]);
});

test('pairs results without ids with calls by their order', () => {
  const calls = { role: 'assistant', content: '', tool_calls: [call('f'), call('f')] };
  expect(resultIds(calls, result('1'), result('2'))).toEqual([undefined, 'call_0', 'call_1']);
});

test('pairs results without ids with calls of their tool, in any order', () => {
  const calls = { role: 'assistant', content: '', tool_calls: [call('f'), call('g'), call('f')] };
  const results = [result('1', { tool_name: 'g' }), result('2', { tool_name: 'f' }), result('3', { tool_name: 'f' })];
  expect(resultIds(calls, ...results)).toEqual([undefined, 'call_1', 'call_0', 'call_2']);
});

test('keeps the ids that a client gives, and never uses one twice over several turns', () => {
  const turn = (id?: string) => ({
    role: 'assistant',
    content: '',
    tool_calls: [call('f', id === undefined ? {} : { id })],
  });
  const messages = [turn('mine'), result('1', { tool_call_id: 'mine' }), turn(), result('2'), turn(), result('3')];
  expect(resultIds(...messages).filter((id) => id !== undefined)).toEqual(['mine', 'call_0', 'call_1']);
});

test('keeps a result without a call', () => {
  expect(resultIds(result('1', { tool_name: 'f' }))).toEqual(['call_0']);
});

test('reads images of users and of tool results', () => {
  const image = { type: 'image', url: 'data:image/jpeg;base64,/9j/4AAQ' };
  expect(
    parseMessages([
      { role: 'user', content: 'See', images: ['/9j/4AAQ'] },
      { role: 'tool', content: '', images: ['/9j/\n4AAQ'], tool_call_id: 'x' },
    ]),
  ).toEqual([
    { role: 'user', content: [{ type: 'text', text: 'See' }, image] },
    { role: 'tool', toolCallId: 'x', content: [image] },
  ]);
});

test.each([
  ['messages', 'x'],
  ['messages[0]', ['x']],
  ['messages[0].role', [{ content: 'x' }]],
  ['messages[0].role', [{ role: 'constructor', content: 'x' }]],
  ['messages[0].content', [{ role: 'user', content: [{ type: 'text', text: 'x' }] }]],
  ['messages[0].images', [{ role: 'assistant', images: ['/9j/4AAQ'] }]],
  ['messages[0].images[0]', [{ role: 'user', images: ['http://example.com/x.png'] }]],
  ['messages[0].images[0]', [{ role: 'user', images: [''] }]],
  ['messages[0].tool_calls[0].function', [{ role: 'assistant', tool_calls: [{}] }]],
  [
    'messages[0].tool_calls[0].function.arguments',
    [{ role: 'assistant', tool_calls: [{ function: { name: 'f', arguments: 1 } }] }],
  ],
])('names the field %s that is wrong', (param, messages) => {
  expect(() => parseMessages(messages)).toThrow(expect.objectContaining({ code: 'invalid-request', param }));
});
