import { collectMessage, createEventStream } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { limitToolCalls } from './limit-tool-calls.ts';

const start: StreamEvent = { type: 'start', model: 'ollama/m' };
const finish: StreamEvent = { type: 'finish', reason: 'tool-calls' };

function call(id: string): [StreamEvent, StreamEvent, StreamEvent] {
  return [
    { type: 'tool-call-start', id, name: 'f' },
    { type: 'tool-call-delta', id, argumentsText: '{}' },
    { type: 'tool-call-end', id, name: 'f', argumentsText: '{}' },
  ];
}

/** Each list is what one pull brings. */
function stream(...pulls: StreamEvent[][]) {
  const left = [...pulls];
  return createEventStream({ pull: () => Promise.resolve(left.shift() ?? []), close: () => {} });
}

test('keeps the first call and everything around it', async () => {
  const text: StreamEvent = { type: 'text-delta', text: 'I call.' };
  const events = stream([start, text, ...call('a'), ...call('b')], [finish]);
  const message = await collectMessage(limitToolCalls(events));
  expect(message).toMatchObject({ text: 'I call.', finishReason: 'tool-calls' });
  expect(message.toolCalls.map(({ id }) => id)).toEqual(['a']);
});

test('keeps the first of calls that run at the same time', async () => {
  const [startA, deltaA, endA] = call('a');
  const [startB, deltaB, endB] = call('b');
  const message = await collectMessage(
    limitToolCalls(stream([start, startA, startB, deltaB, endB, deltaA, endA, finish])),
  );
  expect(message.toolCalls).toEqual([{ id: 'a', name: 'f', argumentsText: '{}' }]);
});

test('goes on after a pull that brought only calls that are left out', async () => {
  const message = await collectMessage(limitToolCalls(stream([start, ...call('a')], call('b'), [finish])));
  expect(message.toolCalls).toHaveLength(1);
});

test('closes its source', async () => {
  let closed = 0;
  const source = createEventStream({ pull: () => Promise.resolve([start]), close: () => void closed++ });
  const limited = limitToolCalls(source);
  await limited.pull();
  await limited.return();
  expect(closed).toBe(1);
});
