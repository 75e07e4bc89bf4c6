import { createEventStream, ProviderError } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { collectEvents, createManualClock } from '@openclaw/test-support';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { catalogModel } from '../test/catalog-model.ts';

import { answering, askWhole, failing, scriptModels } from '../test/scripted-models.ts';
import type { Act } from '../test/scripted-models.ts';
import { createModelCatalog } from './model-catalog.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { FallbackSelection } from './fallback-selection.ts';
import { planCandidates } from './plan-candidates.ts';
import { streamWithFallback } from './stream-with-fallback.ts';
import type { FallbackOptions } from './stream-with-fallback.ts';

const models = ['a/1', 'b/2'].map((ref) => catalogModel(ref));
const plan = planCandidates({ catalog: createModelCatalog(models), primary: 'a/1', fallbacks: ['b/2'] });
const silent: readonly Act[] = [{ type: 'start', model: 'm' }, { hold: true }];
const chatty: readonly Act[] = [...answering.slice(0, 2), { hold: true }];

function start(
  scripts: Parameters<typeof scriptModels>[0],
  selection: Partial<FallbackSelection> = {},
  options: FallbackOptions = {},
) {
  const caller = new AbortController();
  const scripted = scriptModels(scripts);
  const stream = streamWithFallback({ plan, ask: scripted.ask, ...selection }, { signal: caller.signal, ...options });
  const listeners = (): number => getEventListeners(caller.signal, 'abort').length;
  return { caller, stream, listeners, ...scripted };
}

function raise(error: Error): never {
  throw error;
}

describe('a caller who aborts', () => {
  test.each([
    ['before the first word', silent],
    ['in the middle of an answer', chatty],
  ])('%s gets an end, and no other candidate is tried', async (_, script) => {
    const { caller, stream, asked, open, listeners } = start({ 'a/1': [script], 'b/2': [answering] });
    const events = collectEvents(stream);
    await setImmediate();
    expect(open()).toEqual(['a/1']);

    caller.abort();

    expect((await events).at(-1)).toMatchObject({ type: 'error', error: { code: 'aborted' } });
    expect(asked).toEqual(['a/1']);
    expect(open()).toEqual([]);
    expect(listeners()).toBe(0);
  });

  test('before the first pull sends no request', async () => {
    const { caller, stream, asked } = start({ 'a/1': [answering] });
    caller.abort();

    expect(await collectEvents(stream)).toMatchObject([{ type: 'error', error: { code: 'aborted' } }]);
    expect(asked).toEqual([]);
  });

  test('does not wait for a model that ignores the signal', async () => {
    const caller = new AbortController();
    async function* ask(): AsyncGenerator<StreamEvent> {
      yield { type: 'text-delta', text: 'Hi' };
      await new Promise(() => undefined);
    }
    const events = collectEvents(streamWithFallback({ plan, ask }, { signal: caller.signal }));
    await setImmediate();

    caller.abort();

    expect((await events).map(({ type }) => type)).toEqual(['start', 'text-delta', 'error']);
  });

  test('at the moment when the answer starts gets its own reason', async () => {
    const caller = new AbortController();
    const reason = new Error('Enough.');
    const pulled = Promise.resolve<readonly StreamEvent[]>([{ type: 'text-delta', text: 'Hi' }]);
    const answer = createEventStream({ pull: () => pulled, close: () => undefined });
    const pull = answer.pull.bind(answer);
    answer.pull = () => {
      const events = pull();
      // Runs behind the continuation that the caller of `pull` adds.
      queueMicrotask(() => void events.then(() => caller.abort(reason)));
      return events;
    };

    const events = await collectEvents(streamWithFallback({ plan, ask: () => answer }, { signal: caller.signal }));

    expect(events.map(({ type }) => type)).toEqual(['start', 'text-delta', 'error']);
    expect(events.at(-1)).toMatchObject({ error: { code: 'aborted', cause: reason } });
  });
});

describe('a caller that ends the loop', () => {
  test('in the middle of an answer closes the connection', async () => {
    const { stream, open, listeners } = start({ 'a/1': [chatty] });

    for await (const event of stream) if (event.type === 'text-delta') break;

    expect(open()).toEqual([]);
    expect(listeners()).toBe(0);
  });

  test('waits until the source has cleaned up, and does not abort it once it is done', async () => {
    const log: string[] = [];
    async function* ask(_: unknown, { signal }: { signal: AbortSignal }): AsyncGenerator<StreamEvent> {
      signal.addEventListener('abort', () => log.push('aborted'));
      try {
        yield { type: 'text-delta', text: 'Hi' };
        yield { type: 'finish', reason: 'stop' };
      } finally {
        await setImmediate();
        log.push('cleaned up');
      }
    }

    for await (const event of streamWithFallback({ plan, ask })) if (event.type === 'finish') break;
    expect(log).toEqual(['cleaned up']);
    for await (const event of streamWithFallback({ plan, ask })) if (event.type === 'start') break;
    expect(log).toEqual(['cleaned up', 'aborted', 'cleaned up']);
  });

  test('at a fallback sends no further request', async () => {
    const { stream, asked } = start({ 'a/1': [failing('server-error')], 'b/2': [answering] });

    for await (const event of stream) if (event.type === 'fallback') break;

    expect(asked).toEqual(['a/1']);
  });

  test('while the first word is awaited is not kept waiting', async () => {
    const { stream, open, asked } = start({ 'a/1': [silent], 'b/2': [answering] });
    const pending = stream.next();
    await setImmediate();

    await stream.return();

    expect((await pending).value).toMatchObject({ type: 'error', error: { code: 'aborted' } });
    expect(open()).toEqual([]);
    expect(asked).toEqual(['a/1']);
  });

  test('while an answer in one piece is awaited aborts its request and is not kept waiting', async () => {
    const asked = scriptModels({ 'a/1': [silent], 'b/2': [answering] });
    const stream = streamWithFallback({ plan, ask: askWhole(asked.ask) });
    const pending = stream.next();
    await setImmediate();
    expect(asked.open()).toEqual(['a/1']);

    await stream.return();
    await setImmediate();

    expect((await pending).value).toMatchObject({ type: 'error', error: { code: 'aborted' } });
    expect(asked.open()).toEqual([]);
    expect(asked.asked).toEqual(['a/1']);
  });

  test('before the first pull sends no request', async () => {
    const { stream, asked, listeners } = start({ 'a/1': [answering] });

    await stream.return();

    expect(asked).toEqual([]);
    expect(listeners()).toBe(0);
  });

  test('by disposing of the stream closes the connection', async () => {
    const { stream, open } = start({ 'a/1': [chatty] });
    {
      await using events = stream;
      await events.next();
    }

    expect(open()).toEqual([]);
  });
});

describe('a selection that is made at the first pull', () => {
  const ask = scriptModels({ 'a/1': [answering] }).ask;

  test.each([
    ['at once', () => ({ plan, ask })],
    ['later', async () => ({ plan, ask })],
  ])('is used when it is %s, and onEnd is called once', async (_, select) => {
    const onEnd = vi.fn<() => void>();
    const selecting = vi.fn<() => FallbackSelection | Promise<FallbackSelection>>(select);
    const stream = streamWithFallback(selecting, { onEnd });
    expect(selecting).not.toHaveBeenCalled();

    const events = await collectEvents(stream);
    await stream.return();

    expect(events.map(({ type }) => type)).toEqual(['start', 'text-delta', 'finish']);
    expect(selecting).toHaveBeenCalledOnce();
    expect(onEnd).toHaveBeenCalledOnce();
  });

  test.each([
    ['thrown', () => raise(new ProviderError('model-not-found', 'There is no model.'))],
    ['promised', async () => raise(new ProviderError('model-not-found', 'There is no model.'))],
  ])('ends the answer when it fails (%s)', async (_, select) => {
    expect(await collectEvents(streamWithFallback(select))).toMatchObject([
      { type: 'error', error: { code: 'model-not-found' } },
    ]);
  });

  test.each([
    ['thrown', () => raise(new TypeError('a bug'))],
    ['promised', async () => raise(new TypeError('a bug'))],
  ])('hides no bug (%s)', async (_, select) => {
    await expect(collectEvents(streamWithFallback(select))).rejects.toThrow('a bug');
  });

  test('does not delay a caller who aborts, and a late one sends no request', async () => {
    const caller = new AbortController();
    const { promise, resolve } = Promise.withResolvers<FallbackSelection>();
    const asked = scriptModels({ 'a/1': [answering] });
    const onEnd = vi.fn<() => void>();
    const stream = streamWithFallback(() => promise, { signal: caller.signal, onEnd });
    const events = collectEvents(stream);

    caller.abort();

    expect(await events).toMatchObject([{ type: 'error', error: { code: 'aborted' } }]);
    resolve({ plan, ask: asked.ask });
    await setImmediate();
    expect(asked.asked).toEqual([]);
    expect(onEnd).toHaveBeenCalledOnce();
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
  });

  test('sends no request if the caller leaves at the moment when it resolves', async () => {
    const { promise, resolve } = Promise.withResolvers<FallbackSelection>();
    const asked = scriptModels({ 'a/1': [answering] });
    const stream = streamWithFallback(() => promise);
    const pending = stream.next();

    resolve({ plan, ask: asked.ask });
    await Promise.resolve();
    await stream.return();

    expect((await pending).value).toMatchObject({ type: 'error', error: { code: 'aborted' } });
    expect(asked.asked).toEqual([]);
  });
});

describe('the timeout for all attempts', () => {
  test.each([
    ['before the first word', silent],
    ['in the middle of an answer', chatty],
  ])('ends an answer %s, the next is not tried, and no circuit opens', async (_, script) => {
    const circuits = createCircuitBreaker();
    const { stream, asked, open } = start({ 'a/1': [script], 'b/2': [answering] }, { circuits }, { totalLimitMs: 20 });

    expect((await collectEvents(stream)).at(-1)).toMatchObject({
      type: 'error',
      error: { code: 'timeout', clock: 'total', message: expect.stringContaining('not complete after 0.02 s') },
    });
    expect(asked).toEqual(['a/1']);
    expect(open()).toEqual([]);
    expect(circuits.status()).toEqual([]);
  });

  test('includes the selection', async () => {
    const stream = streamWithFallback(() => new Promise(() => undefined), { totalLimitMs: 20 });
    expect(await collectEvents(stream)).toMatchObject([{ type: 'error', error: { code: 'timeout', clock: 'total' } }]);
  });

  test('leaves no timer behind when it was enough', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { stream } = start({ 'a/1': [answering] }, {}, { totalLimitMs: 20 });
    await collectEvents(stream);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('an answer that ended leaves nothing behind', async () => {
  const clock = createManualClock();
  const { stream, open, listeners } = start(
    { 'a/1': [failing('server-error')], 'b/2': [answering] },
    { now: clock.now, schedule: clock.schedule, firstEventLimitMs: () => 1000, isLoading: async () => false },
  );

  await collectEvents(stream);

  expect({ open: open(), timers: clock.pending(), listeners: listeners() }).toEqual({
    open: [],
    timers: 0,
    listeners: 0,
  });
});
