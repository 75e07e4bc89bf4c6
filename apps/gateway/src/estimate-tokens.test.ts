import { expect, test } from 'vitest';
import { estimateTokens } from './estimate-tokens.ts';

const user = (content: string) => ({ role: 'user' as const, content });

test('is at least 1, and grows with the text', () => {
  expect(estimateTokens({ messages: [] })).toBe(1);
  expect(estimateTokens({ messages: [user('x'.repeat(35))] })).toBe(14);
});

test('counts bytes, as scripts other than Latin have more tokens for each character', () => {
  expect(estimateTokens({ messages: [user('語'.repeat(35))] })).toBe(34);
});

test('counts reasoning, calls, images and tools', () => {
  const message = { role: 'assistant' as const, content: '' };
  const empty = estimateTokens({ messages: [message] });
  const more = [
    { messages: [{ ...message, reasoning: 'Let me think.' }] },
    { messages: [{ ...message, toolCalls: [{ id: 'c', name: 'f', argumentsText: '{"a":1}' }] }] },
    { messages: [message], tools: [{ name: 'f', description: 'A function', parameters: { type: 'object' } }] },
    { messages: [{ role: 'user' as const, content: [{ type: 'image' as const, url: 'data:image/png;base64,AA==' }] }] },
  ];
  for (const request of more) expect(estimateTokens(request)).toBeGreaterThan(empty);
});
