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

test('returns events that arrived together in one pull', async () => {
  const { stream, log } = start([text('a'), text('b')], [text('c'), finish]);

  expect(log).toEqual([]);
  expect(await stream.pull()).toEqual([text('a'), text('b')]);
  expect(await stream.pull()).toEqual([text('c'), finish]);
  expect(await stream.pull()).toEqual([]);
  expect(log).toEqual(['pull', 'pull', 'close']);
});

test('gives events one by one to a loop, and closes after the last', async () => {
  const { stream, log } = start([text('a'), text('b')], [text('c'), finish]);
  const seen: StreamEvent[] = [];

  for await (const event of stream) seen.push(event);

  expect(seen).toEqual([text('a'), text('b'), text('c'), finish]);
  expect(log).toEqual(['pull', 'pull', 'close']);
});

test('returns the rest of a batch that a loop has started', async () => {
  const { stream } = start([text('a'), text('b'), text('c')], [finish]);

  expect((await stream.next()).value).toEqual(text('a'));
  expect(await stream.pull()).toEqual([text('b'), text('c')]);
  expect((await stream.next()).value).toEqual(finish);
});

test('keeps the order of concurrent pulls', async () => {
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

test('closes at once when the consumer leaves during a pull', async () => {
  const waiting = Promise.withResolvers<readonly StreamEvent[]>();
  const stream = createEventStream({ pull: () => waiting.promise, close: () => waiting.resolve([finish]) });
  const pending = stream.next();

  await stream.return();

  expect((await pending).value).toEqual(finish);
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});

test('closes once, and never pulls, when the consumer leaves before the first pull', async () => {
  const { stream, log } = start([finish]);

  await stream.return();
  await stream.return();

  expect(await stream.pull()).toEqual([]);
  expect(log).toEqual(['close']);
});

test('rethrows a bug, and closes', async () => {
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

test('waits for a source that closes asynchronously', async () => {
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

test('closes on disposal', async () => {
  const { stream, log } = start([text('a')]);
  {
    await using events = stream;
    await events.next();
  }

  expect(log).toEqual(['pull', 'close']);
});

test('opens any events, and closes them after the last or when the consumer leaves', async () => {
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

test('does not wait for a generator during a pull', async () => {
  async function* silent(): AsyncGenerator<StreamEvent> {
    await new Promise(() => undefined);
    yield finish;
  }
  const stream = openEventStream(silent());
  void stream.pull();

  expect(await stream.return()).toEqual({ done: true, value: undefined });
});

test('returns an event stream unchanged', () => {
  const { stream } = start([finish]);

  expect(openEventStream(stream)).toBe(stream);
});
