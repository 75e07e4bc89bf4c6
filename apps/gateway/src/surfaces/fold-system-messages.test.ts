import { expect, test } from 'vitest';
import { foldSystemMessages } from './fold-system-messages.ts';

const system = (content: string) => ({ role: 'system' as const, content });
const user = (content: string) => ({ role: 'user' as const, content });
const reminder = (text: string) => ({ type: 'text', text: `<system-reminder>\n${text}\n</system-reminder>` });

test('system messages at the head are one', () => {
  expect(foldSystemMessages([system('Be brief.'), system('Be kind.'), user('Hi')])).toEqual([
    system('Be brief.\n\nBe kind.'),
    user('Hi'),
  ]);
});

test('a later one joins the user message or the tool output before it', () => {
  const call = { id: 'c', name: 'f', argumentsText: '{}' };
  const assistant = { role: 'assistant' as const, content: '', toolCalls: [call] };
  const output = { role: 'tool' as const, toolCallId: 'c', content: 'ok' };
  expect(foldSystemMessages([user('Hi'), system('Now French.'), assistant, output, system('Now Dutch.')])).toEqual([
    { role: 'user', content: [{ type: 'text', text: 'Hi' }, reminder('Now French.')] },
    assistant,
    { ...output, content: [{ type: 'text', text: 'ok' }, reminder('Now Dutch.')] },
  ]);
});

test('one behind an assistant message joins the next user message, or is one of its own', () => {
  const assistant = { role: 'assistant' as const, content: 'Hello.' };
  expect(foldSystemMessages([user('Hi'), assistant, system('Now French.'), user('And?')])).toEqual([
    user('Hi'),
    assistant,
    { role: 'user', content: [reminder('Now French.'), { type: 'text', text: 'And?' }] },
  ]);
  expect(foldSystemMessages([user('Hi'), assistant, system('Now French.')]).at(-1)).toEqual({
    role: 'user',
    content: [reminder('Now French.')],
  });
});

test('a conversation without later ones is unchanged', () => {
  const messages = [system('Be brief.'), user('Hi'), { role: 'assistant' as const, content: 'Hello.' }];
  expect(foldSystemMessages(messages)).toEqual(messages);
  expect(foldSystemMessages([])).toEqual([]);
});
