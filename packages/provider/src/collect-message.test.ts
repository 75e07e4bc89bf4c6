import { expect, test } from 'vitest';
import { collectMessage } from './collect-message.ts';
import { ProviderError } from './provider-error.ts';
import type { StreamEvent } from './stream-event.ts';

async function* play(...events: StreamEvent[]): AsyncGenerator<StreamEvent> {
  yield* events;
}

test('joins the deltas of an answer into one message', async () => {
  const message = await collectMessage(
    play(
      { type: 'start', model: 'm' },
      { type: 'reasoning-delta', text: 'Think' },
      { type: 'reasoning-delta', text: '.' },
      { type: 'text-delta', text: 'Hello' },
      { type: 'tool-call-start', id: 'a', name: 'look' },
      { type: 'tool-call-delta', id: 'a', argumentsText: '{}' },
      { type: 'tool-call-end', id: 'a', name: 'look', argumentsText: '{}' },
      { type: 'text-delta', text: '!' },
      { type: 'finish', reason: 'tool-calls', usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 } },
    ),
  );

  expect(message).toEqual({
    model: 'm',
    text: 'Hello!',
    reasoning: 'Think.',
    toolCalls: [{ id: 'a', name: 'look', argumentsText: '{}' }],
    finishReason: 'tool-calls',
    usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    repairs: [],
    warnings: [],
    attempts: [],
  });
});

test('collects the warnings', async () => {
  const warning = { type: 'warning', warning: 'prompt-truncated', detail: 'Cut.' } as const;
  const message = await collectMessage(
    play({ type: 'start', model: 'm' }, warning, { type: 'finish', reason: 'stop' }),
  );
  expect(message.warnings).toEqual([warning]);
});

test('rejects with the error of a stream that failed, also after content', async () => {
  const error = new ProviderError('server-error', 'The server stopped.', { status: 500 });

  const collected = collectMessage(
    play({ type: 'start', model: 'm' }, { type: 'text-delta', text: 'Hal' }, { type: 'error', error }),
  );

  await expect(collected).rejects.toBe(error);
});

test('rejects a stream that ended without finish or error', async () => {
  const collected = collectMessage(play({ type: 'start', model: 'm' }, { type: 'text-delta', text: 'Hal' }));

  await expect(collected).rejects.toMatchObject({ code: 'invalid-response' });
});

test('joins log probabilities', async () => {
  const message = await collectMessage(
    play(
      { type: 'start', model: 'm' },
      { type: 'text-delta', text: 'Hel', logprobs: [{ token: 'Hel' }] },
      { type: 'text-delta', text: 'lo', logprobs: [{ token: 'lo' }] },
      { type: 'finish', reason: 'stop' },
    ),
  );

  expect(message).toMatchObject({ text: 'Hello', logprobs: [{ token: 'Hel' }, { token: 'lo' }] });
});

test('keeps repairs and attempts', async () => {
  const attempts = [{ model: 'a/b', endpoint: 'http://h', outcome: 'ok' as const, durationMs: 3 }];
  const repair = { type: 'repair' as const, repair: 'reasoning-from-tags' as const, detail: 'one block' };

  const message = await collectMessage(
    play({ type: 'start', model: 'a/b', attempts }, repair, { type: 'finish', reason: 'stop' }),
  );

  expect(message).toMatchObject({ attempts, repairs: [repair] });
});

test('calls onEvent with each event, including the last', async () => {
  const seen: string[] = [];
  const error = new ProviderError('server-error', 'The server stopped.');
  const events = play({ type: 'start', model: 'm' }, { type: 'text-delta', text: 'Hal' }, { type: 'error', error });

  await expect(collectMessage(events, { onEvent: ({ type }) => seen.push(type) })).rejects.toBe(error);

  expect(seen).toEqual(['start', 'text-delta', 'error']);
});

test('closes the stream if onEvent throws', async () => {
  let closed = false;
  async function* events(): AsyncGenerator<StreamEvent> {
    try {
      yield { type: 'start', model: 'm' };
      yield { type: 'finish', reason: 'stop' };
    } finally {
      closed = true;
    }
  }
  const bug = new TypeError('a bug');
  const onEvent = (): never => {
    throw bug;
  };

  await expect(collectMessage(events(), { onEvent })).rejects.toBe(bug);

  expect(closed).toBe(true);
});

test.each<[string, StreamEvent]>([
  ['text', { type: 'text-delta', text: 'x'.repeat(60) }],
  ['reasoning', { type: 'reasoning-delta', text: 'x'.repeat(60) }],
  ['tool calls', { type: 'tool-call-end', id: 'a', name: 'f', argumentsText: 'x'.repeat(60) }],
  ['logprobs', { type: 'text-delta', text: 'x', logprobs: [{ token: 'x' }] }],
])('an endless answer is closed when its %s exceed the limit', async (_title, event) => {
  let left = false;
  async function* endless(): AsyncGenerator<StreamEvent> {
    try {
      yield { type: 'start', model: 'm' };
      for (;;) yield event;
    } finally {
      left = true;
    }
  }

  await expect(collectMessage(endless(), { maxCharacters: 100 })).rejects.toMatchObject({
    code: 'invalid-response',
    message: expect.stringContaining('100 characters'),
  });
  expect(left).toBe(true);
});
