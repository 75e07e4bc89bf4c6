import { collectMessage, ProviderError } from '@openclaw/provider';
import type { ResponseFormat, StreamEvent } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { enforceResponseFormat } from './enforce-response-format.ts';
import type { RuntimeChatRequest } from './runtime.ts';
import { eventsOf } from '../test/start-runtime.ts';

const OLLAMA = 'ollama/qwen3:8b';
const SCHEMA: ResponseFormat = {
  type: 'json-schema',
  name: 'city',
  schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

function answer(text: string, { model = OLLAMA, reason = 'stop' as const } = {}): StreamEvent[] {
  return [
    { type: 'start', model, attempts: [{ model, endpoint: 'http://127.0.0.1', outcome: 'ok', durationMs: 1 }] },
    { type: 'text-delta', text },
    { type: 'finish', reason },
  ];
}

function enforce(responseFormat: ResponseFormat, answers: StreamEvent[][]) {
  const asked: RuntimeChatRequest[] = [];
  const events = enforceResponseFormat(
    { messages: [{ role: 'user', content: 'Hi' }], responseFormat },
    {
      mayIgnoreFormat: (model) => model.startsWith('ollama/'),
      async *ask(request) {
        asked.push(request);
        yield* answers[asked.length - 1] ?? [];
      },
    },
  );
  return { events, asked };
}

test('passes a matching answer on as it is', async () => {
  const { events, asked } = enforce(SCHEMA, [answer('{"city":"Oslo"}')]);
  expect(await eventsOf(events)).toEqual(answer('{"city":"Oslo"}'));
  expect(asked).toHaveLength(1);
});

test.each([
  ['prose', SCHEMA, 'Hello from the tape.'],
  ['an object without a required key', SCHEMA, '{"town":"Oslo"}'],
  ['a value of the wrong type', SCHEMA, '{"city":7}'],
  ['prose where any JSON would do', { type: 'json' } as const, 'Sure!'],
])('asks once more without reasoning after %s', async (_, format, text) => {
  const { events, asked } = enforce(format, [answer(text), answer('{"city":"Oslo"}')]);
  const message = await collectMessage(events);
  expect(message.text).toBe('{"city":"Oslo"}');
  expect(message.attempts.map(({ outcome }) => outcome)).toEqual(['invalid-response', 'ok']);
  expect(asked.map(({ reasoningEffort }) => reasoningEffort)).toEqual([undefined, 'none']);
});

test('fails after the second answer that does not match, and says why', async () => {
  const { events, asked } = enforce(SCHEMA, [answer('Hello.'), answer('Hello again.')]);
  await expect(collectMessage(events)).rejects.toMatchObject({
    code: 'invalid-response',
    message: expect.stringContaining(`${OLLAMA} was asked twice`),
  });
  expect(asked).toHaveLength(2);
});

test('does not hold back the answers of servers that apply the format', async () => {
  const { events, asked } = enforce(SCHEMA, [answer('{"ci', { model: 'openai/gpt' })]);
  const iterator = events[Symbol.asyncIterator]();
  expect((await iterator.next()).value).toMatchObject({ type: 'start' });
  expect((await iterator.next()).value).toMatchObject({ type: 'text-delta', text: '{"ci' });
  expect(asked).toHaveLength(1);
});

test('leaves alone answers that were cut, calls, and requests for text', async () => {
  const cut: StreamEvent[] = [...answer('{"city":"Os').slice(0, 2), { type: 'finish', reason: 'length' }];
  expect(await eventsOf(enforce(SCHEMA, [cut]).events)).toEqual(cut);
  const call: StreamEvent[] = [
    ...answer('').slice(0, 1),
    { type: 'tool-call-start', id: 'c', name: 'f' },
    { type: 'tool-call-end', id: 'c', name: 'f', argumentsText: '' },
    { type: 'finish', reason: 'tool-calls' },
  ];
  expect(await eventsOf(enforce(SCHEMA, [call]).events)).toEqual(call);
  expect(await eventsOf(enforce({ type: 'text' }, [answer('Hi.')]).events)).toEqual(answer('Hi.'));
});

test('passes on an answer that fails', async () => {
  const failed: StreamEvent[] = [
    ...answer('{"ci').slice(0, 2),
    { type: 'error', error: new ProviderError('server-error', 'Failed.') },
  ];
  expect(await eventsOf(enforce(SCHEMA, [failed]).events)).toEqual(failed);
});
