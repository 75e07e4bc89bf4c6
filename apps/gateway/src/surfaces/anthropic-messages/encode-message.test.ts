import type { CollectedMessage } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { encodeMessage } from './encode-message.ts';

const message: CollectedMessage = {
  model: 'ollama/m',
  text: 'Hello',
  reasoning: '',
  toolCalls: [],
  finishReason: 'stop',
  usage: { inputTokens: 12, outputTokens: 5, totalTokens: 17 },
  repairs: [],
  warnings: [],
  attempts: [],
};

const encode = (more: Partial<CollectedMessage>): unknown =>
  JSON.parse(encodeMessage({ ...message, ...more }, { unique: 'u', estimateInputTokens: () => 7 }));

test('writes a message with every key that strict clients want', () => {
  expect(encode({})).toEqual({
    id: 'msg_u',
    type: 'message',
    role: 'assistant',
    model: 'ollama/m',
    content: [{ type: 'text', text: 'Hello', citations: null }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    stop_details: null,
    container: null,
    diagnostics: null,
    usage: {
      input_tokens: 12,
      output_tokens: 5,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: null,
      output_tokens_details: null,
      server_tool_use: null,
      inference_geo: null,
      service_tier: null,
      speed: null,
    },
  });
});

test('writes thinking, text and calls, in this order', () => {
  const toolCalls = [{ id: 'call_0', name: 'f', argumentsText: '{"a":1}' }];
  expect(encode({ reasoning: 'Hm.', toolCalls, finishReason: 'tool-calls' })).toMatchObject({
    content: [
      { type: 'thinking', thinking: 'Hm.', signature: expect.stringMatching(/./) },
      { type: 'text', text: 'Hello' },
      { type: 'tool_use', id: 'toolu_u_0', name: 'f', input: { a: 1 }, caller: { type: 'direct' } },
    ],
    stop_reason: 'tool_use',
  });
});

test('has no content for an empty answer', () => {
  expect(encode({ text: '' })).toMatchObject({ content: [], stop_reason: 'end_turn' });
});

test.each([
  ['length', [], 'max_tokens'],
  ['tool-calls', [{ type: 'tool_use', input: { arguments: '{"a":' } }], 'tool_use'],
] as const)('with broken arguments and the end %s writes %j', (finishReason, content, stopReason) => {
  const toolCalls = [{ id: 'c', name: 'f', argumentsText: '{"a":' }];
  expect(encode({ text: '', toolCalls, finishReason })).toMatchObject({ content, stop_reason: stopReason });
});

test('estimates both counts when the server gives none', () => {
  const { usage: _usage, ...uncounted } = message;
  const encoded = JSON.parse(encodeMessage(uncounted, { unique: 'u', estimateInputTokens: () => 7 })) as unknown;
  expect(encoded).toMatchObject({ usage: { input_tokens: 7, output_tokens: 2 } });
});

test.each<[Partial<CollectedMessage>, string, string | null]>([
  [{ stopSequence: 'END' }, 'stop_sequence', 'END'],
  [{}, 'end_turn', null],
  [{ stopSequence: 'END', finishReason: 'length' }, 'max_tokens', null],
  [{ stopSequence: 'END', toolCalls: [{ id: 'a', name: 'f', argumentsText: '{}' }] }, 'tool_use', null],
])('an answer with %j stops with %s', (more, reason, sequence) => {
  expect(encode(more)).toMatchObject({ stop_reason: reason, stop_sequence: sequence });
});
