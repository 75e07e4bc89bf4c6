import type { ChatMessage } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { affinityKey } from './affinity-key.ts';

const system: ChatMessage = { role: 'system', content: 'You are a tester.' };
const question: ChatMessage = { role: 'user', content: 'What is the secret of Bergen?' };
const later: readonly ChatMessage[] = [
  { role: 'assistant', content: 'Fish.' },
  { role: 'user', content: 'And of Oslo?' },
];
const model = 'ollama/qwen3:8b';

test('is the same for every turn of a conversation', () => {
  const first = affinityKey({ messages: [system, question] }, { model });
  expect(affinityKey({ messages: [system, question, ...later] }, { model })).toBe(first);
});

test.each([
  ['another question', { messages: [system, { ...question, content: 'Another?' }] }, { model }],
  ['another system message', { messages: [{ ...system, content: 'Be brief.' }, question] }, { model }],
  ['other tools', { messages: [system, question], tools: [{ name: 'read_file' }] }, { model }],
  ['another model', { messages: [system, question] }, { model: 'ollama/llama3.3:latest' }],
  ['a session', { messages: [system, question] }, { model, session: '1' }],
] as const)('differs for %s', (_what, chat, query) => {
  expect(affinityKey(chat, query)).not.toBe(affinityKey({ messages: [system, question] }, { model }));
});

test('is that of the session, whatever the prompt', () => {
  const key = affinityKey({ messages: [question] }, { model, session: 'b7c1' });
  expect(affinityKey({ messages: later, tools: [{ name: 'bash' }] }, { model, session: 'b7c1' })).toBe(key);
  expect(affinityKey({ messages: [question] }, { model, session: 'b7c2' })).not.toBe(key);
});

test('shows neither the prompt nor the session', () => {
  expect(affinityKey({ messages: [question] }, { model, session: 'b7c1' })).toMatch(/^[\w-]{43}$/);
  expect(affinityKey({ messages: [] }, { model })).toMatch(/^[\w-]{43}$/);
});
