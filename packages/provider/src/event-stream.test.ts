import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createEventStream, openEventStream } from './event-stream.ts';
import type { StreamEvent } from './stream-event.ts';

const text = (said: string): StreamEvent => ({ type: 'text-delta', text: said });
const finish: StreamEvent = { type: 'finish', reason: 'stop' };

/** A stream that gives these lists, one a pull, and says what became of it. */
function start(...lists: readonly (readonly StreamEvent[])[]) {
  const log: string[] = [];
  const left = [...lists];
  const stream = createEventStream({
    async pull() {
      log.push('pull');
      await setImmediate();
      return left.shift() ?? [];
    },
    close() {
      log.push('close');
    },
  });
  return { stream, log };
}

test('gives what came together in one pull', async () => {
  const { stream, log } = start([text('a'), text('b')], [text('c'), finish]);

  expect(log).toEqual([]);
  expect(await stream.pull()).toEqual([text('a'), text('b')]);
  expect(await stream.pull()).toEqual([text('c'), finish]);
  expect(await stream.pull()).toEqual([]);
  expect(log).toEqual(['pull', 'pull', 'close']);
});

test('gives events one by one to a loop, and is closed when the last has come', async () => {
  const { stream, log } = start([text('a'), text('b')], [text('c'), finish]);
  const seen: StreamEvent[] = [];

  for await (const event of stream) seen.push(event);

  expect(seen).toEqual([text('a'), text('b'), text('c'), finish]);
  expect(log).toEqual(['pull', 'pull', 'close']);
});

test('gives the rest of a list that a loop has begun', async () => {
  const { stream } = start([text('a'), text('b'), text('c')], [finish]);

  expect((await stream.next()).value).toEqual(text('a'));
  expect(await stream.pull()).toEqual([text('b'), text('c')]);
  expect((await stream.next()).value).toEqual(finish);
});

test('keeps the order for whoever asks again before the answer came', async () => {
  const { stream } = start([text('a'), text('b')], [text('c')], [finish]);

  const results = await Promise.all(Array.from({ length: 6 }, () => stream.next()));

  expect(results.map(({ value }) => value ?? 'end')).toEqual([text('a'), text('b'), text('c'), finish, 'end', 'end']);
});

test('ends at an empty list', async () => {
  const { stream, log } = start([text('a')], []);
  const seen: StreamEvent[] = [];

  for await (const event of stream) seen.push(event);

  expect(seen).toEqual([text('a')]);
  expect(log).toEqual(['pull', 'pull', 'close']);
});

test('is closed at once when the consumer leaves in the middle of a pull', async () => {
  const waiting = Promise.withResolvers<readonly StreamEvent[]>();
  const stream = createEventStream({ pull: () => waiting.promise, close: () => waiting.resolve([finish]) });
  const pending = stream.next();

  await stream.return();

  expect((await pending).value).toEqual(finish);
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});

test('is closed once, and never pulled, when the consumer leaves before it begins', async () => {
  const { stream, log } = start([finish]);

  await stream.return();
  await stream.return();

  expect(await stream.pull()).toEqual([]);
  expect(log).toEqual(['close']);
});

test('lets a bug through, and is closed then', async () => {
  const bug = new TypeError('a bug');
  let closed = false;
  const stream = createEventStream({
    pull: async () => Promise.reject(bug),
    close() {
      closed = true;
    },
  });

  await expect(stream.pull()).rejects.toBe(bug);
  expect(closed).toBe(true);
  expect(await stream.pull()).toEqual([]);
});

test('waits for a source that takes its time to close', async () => {
  let closed = false;
  const stream = createEventStream({
    pull: async () => [finish],
    async close() {
      await setImmediate();
      closed = true;
    },
  });

  await stream.pull();

  expect(closed).toBe(true);
});

test('is closed by disposing of it', async () => {
  const { stream, log } = start([text('a')]);
  {
    await using events = stream;
    await events.next();
  }

  expect(log).toEqual(['pull', 'close']);
});

test('opens any events, and closes them when the last has come or the consumer leaves', async () => {
  const log: string[] = [];
  async function* play(): AsyncGenerator<StreamEvent> {
    try {
      yield text('a');
      yield finish;
      log.push('asked on');
    } finally {
      log.push('closed');
    }
  }

  const whole = openEventStream(play());
  expect([await whole.pull(), await whole.pull(), await whole.pull()]).toEqual([[text('a')], [finish], []]);
  for await (const event of openEventStream(play())) if (event.type === 'text-delta') break;

  expect(log).toEqual(['closed', 'closed']);
});

test('does not wait for a generator that is in the middle of something', async () => {
  async function* silent(): AsyncGenerator<StreamEvent> {
    await new Promise(() => undefined);
    yield finish;
  }
  const stream = openEventStream(silent());
  void stream.pull();

  expect(await stream.return()).toEqual({ done: true, value: undefined });
});

test('hands back a stream that is one already', () => {
  const { stream } = start([finish]);

  expect(openEventStream(stream)).toBe(stream);
});
