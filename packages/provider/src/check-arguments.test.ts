import { expect, test } from 'vitest';
import type { ChatRequest } from './chat-request.ts';
import { checkChatRequest, checkEvents, checkTools } from './check-arguments.ts';

const user = { role: 'user', content: 'Hello' };

test.each<[unknown, string]>([
  [undefined, 'chat: `request` is missing. Expected an object with `messages`.'],
  ['Hello', 'chat: `request` is "Hello". Expected an object with `messages`.'],
  [{}, 'chat: `request.messages` is missing. Expected an array'],
  [{ messages: 'Hello' }, 'chat: `request.messages` is "Hello". Expected an array'],
  [{ messages: [user, 'Hello'] }, 'chat: `request.messages[1]` is "Hello". Expected a message such as'],
  [{ messages: [{ role: 'bot', content: '' }] }, '`request.messages[0].role` is "bot"'],
  [{ messages: [{ role: 'assistant', content: null }] }, '`request.messages[0].content` is null. Expected a string'],
  [
    { messages: [{ role: 'assistant', content: '', tool_calls: [] }] },
    "`request.messages[0].tool_calls` is a field of OpenAI's messages. Expected `toolCalls`",
  ],
  [
    { messages: [{ role: 'tool', tool_call_id: 'a', content: '' }] },
    '`request.messages[0].toolCallId` is missing. Expected the id of the call',
  ],
  [
    { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] },
    "`request.messages[0].content[0]` is an image in OpenAI's shape. Expected",
  ],
  [{ messages: [user], tools: {} }, '`request.tools` is an object of another shape. Expected an array'],
  [
    { messages: [user], tools: [{ type: 'function', function: { name: 'f' } }] },
    "`request.tools[0]` is a tool in OpenAI's shape. Expected",
  ],
  [{ messages: [user], tools: [{ parameters: {} }] }, '`request.tools[0].name` is missing. Expected a tool such as'],
])('%j is refused', (request, message) => {
  const check = () => checkChatRequest(request, { caller: 'chat' });

  expect(check).toThrow(TypeError);
  expect(check).toThrow(message);
});

test('every request of the contract is taken', () => {
  const request: ChatRequest = {
    messages: [
      { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
      {
        role: 'user',
        content: [
          { type: 'image', url: 'data:,' },
          { type: 'raw', dialect: 'openai-chat', value: {} },
        ],
      },
      { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'f', argumentsText: '{}' }] },
      { role: 'tool', toolCallId: 'a', content: 'ok' },
    ],
    tools: [{ name: 'f' }],
  };

  expect(() => checkChatRequest(request, { caller: 'chat' })).not.toThrow();
  expect(() => checkChatRequest({ messages: [] }, { caller: 'chat' })).not.toThrow();
});

test('events are what `for await` reads', () => {
  const check = (events: unknown) => () => checkEvents(events, { caller: 'repairStream' });

  expect(check((async function* () {})())).not.toThrow();
  expect(check([])).toThrow('repairStream: `events` is an array. Expected an async iterable of events');
  expect(check(Promise.resolve())).toThrow('`events` is a Promise.');
  expect(() => checkTools('x', { caller: 'repairStream' })).toThrow('repairStream: `tools` is "x".');
});
