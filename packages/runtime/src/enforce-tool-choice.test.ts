import type { StreamEvent, ToolChoice } from '@openclaw/provider';
import { collectMessage, ProviderError } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { enforceToolChoice } from './enforce-tool-choice.ts';
import type { RuntimeChatRequest } from './runtime.ts';

const start: StreamEvent = { type: 'start', model: 'ollama/gpt-oss:20b' };
const finish: StreamEvent = { type: 'finish', reason: 'stop' };
const text = (value: string): StreamEvent => ({ type: 'text-delta', text: value });
const answer = (value: string): StreamEvent[] => [start, text(value), finish];

const call = (name: string): StreamEvent[] => [
  start,
  text('I will. '),
  { type: 'tool-call-start', id: 'c', name },
  { type: 'tool-call-delta', id: 'c', argumentsText: '{}' },
  { type: 'tool-call-end', id: 'c', name, argumentsText: '{}' },
  finish,
];

function enforce(toolChoice: ToolChoice, answers: StreamEvent[][]) {
  const asked: RuntimeChatRequest[] = [];
  const events = enforceToolChoice(
    {
      messages: [{ role: 'user', content: 'Hi' }],
      tools: [{ name: 'f' }, { name: 'g' }],
      toolChoice,
    },
    async function* (request) {
      asked.push(request);
      yield* answers[asked.length - 1] ?? [];
    },
  );
  return { events, asked };
}

test('takes the tools away when none may be called', async () => {
  const { events, asked } = enforce('none', [answer('No tools.')]);
  expect((await collectMessage(events)).text).toBe('No tools.');
  expect(asked).toEqual([{ messages: [{ role: 'user', content: 'Hi' }] }]);
});

test('lets an answer with the required call through as it is', async () => {
  const { events, asked } = enforce('required', [call('g')]);
  expect(await collect(events)).toEqual([{ ...start, attempts: [] }, ...call('g').slice(1)]);
  expect(asked).toHaveLength(1);
});

test('offers only the function that is named', async () => {
  const { events, asked } = enforce({ name: 'g' }, [call('g')]);
  await collectMessage(events);
  expect(asked[0]).toMatchObject({ tools: [{ name: 'g' }], toolChoice: { name: 'g' } });
});

test('asks once more, in plain words, and drops the first answer', async () => {
  const { events, asked } = enforce({ name: 'g' }, [call('f'), call('g')]);
  const message = await collectMessage(events);
  expect(message.toolCalls).toEqual([{ id: 'c', name: 'g', argumentsText: '{}' }]);
  expect(message.text).toBe('I will. ');
  expect(asked[1]?.messages.at(-1)?.content).toContain('Call the tool "g" now.');
});

test('counts the attempts of both answers', async () => {
  const attempt = { model: 'ollama/gpt-oss:20b', endpoint: 'http://x', outcome: 'ok' as const, durationMs: 1 };
  const first = answer('no').map((event) => (event.type === 'start' ? { ...event, attempts: [attempt] } : event));
  const second = call('f').map((event) => (event.type === 'start' ? { ...event, attempts: [attempt] } : event));
  const { events } = enforce('required', [first, second]);
  const { attempts } = await collectMessage(events);
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['invalid-response', 'ok']);
});

test('fails clearly when the second answer lacks the call, too, and does not ask a third time', async () => {
  const { events, asked } = enforce('required', [answer('no'), answer('never'), call('f')]);
  await expect(collectMessage(events)).rejects.toMatchObject({
    code: 'invalid-response',
    message: expect.stringContaining('ollama/gpt-oss:20b was asked twice to call a tool'),
  });
  expect(asked).toHaveLength(2);
});

test('does not ask again after a failure', async () => {
  const { events, asked } = enforce('required', [
    [{ type: 'error', error: new ProviderError('timeout', 'Too slow.') }],
    call('f'),
  ]);
  await expect(collectMessage(events)).rejects.toThrow('Too slow.');
  expect(asked).toHaveLength(1);
});

test('holds back no more than so much of an answer', async () => {
  let pulled = 0;
  const endless = async function* (): AsyncGenerator<StreamEvent> {
    yield start;
    for (;;) {
      pulled++;
      yield text('x'.repeat(10_000));
    }
  };
  const events = enforceToolChoice({ messages: [], tools: [{ name: 'f' }], toolChoice: 'required' }, endless);
  await expect(collectMessage(events)).rejects.toMatchObject({ code: 'invalid-response' });
  expect(pulled).toBeLessThan(250);
});

async function collect(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
  const all: StreamEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

test('asks once more when the server dropped a broken call', async () => {
  const dropped = new ProviderError('invalid-response', 'Dropped.', { droppedTokens: 17 });
  const { events, asked } = enforce('required', [[{ type: 'error', error: dropped }], call('g')]);
  expect((await collectMessage(events)).toolCalls).toHaveLength(1);
  expect(asked).toHaveLength(2);

  const again = enforce('required', [[{ type: 'error', error: dropped }], [{ type: 'error', error: dropped }], []]);
  await expect(collectMessage(again.events)).rejects.toBe(dropped);
  expect(again.asked).toHaveLength(2);
});

test('leaves out further calls if the request allows one', async () => {
  const two = [
    ...call('f').slice(0, -1),
    ...call('g')
      .slice(2)
      .map((event) => ('id' in event ? { ...event, id: 'd' } : event)),
  ];
  const request = { messages: [], tools: [{ name: 'f' }, { name: 'g' }], parallelToolCalls: false };
  const events = enforceToolChoice(request, async function* () {
    yield* two;
  });
  expect((await collectMessage(events)).toolCalls.map(({ name }) => name)).toEqual(['f']);
});
