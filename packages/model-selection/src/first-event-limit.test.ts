import { collectMessage } from '@openclaw/provider';
import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { collectEvents, createManualClock } from '@openclaw/test-support';
import { describe, expect, test } from 'vitest';
import { catalogModel } from '../test/catalog-model.ts';

import { answering, failing, scriptModels } from '../test/scripted-models.ts';
import type { Act } from '../test/scripted-models.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { CircuitStatus } from './circuit-breaker.ts';
import type { FallbackSelection } from './fallback-selection.ts';
import { createModelCatalog } from './model-catalog.ts';
import type { Plan } from './plan.ts';
import { planCandidates } from './plan-candidates.ts';
import { streamWithFallback } from './stream-with-fallback.ts';

const models = ['a/1', 'b/2', 'c/3'].map((ref) => catalogModel(ref));
const hanging: readonly Act[] = [{ type: 'start', model: 'm' }, { hold: true }];

function planOf(fallbacks: readonly string[], circuits: readonly CircuitStatus[] = []): Plan {
  return planCandidates({ catalog: createModelCatalog(models), primary: 'a/1', fallbacks, circuits });
}

function openCircuit(endpoint: string): CircuitStatus {
  const failure = { failures: 1, code: 'server-error' as const, message: 'It broke.' };
  return { scope: 'endpoint', endpoint, state: 'open', ...failure, openedAt: 0, retryInMs: 30_000 };
}

function start(scripts: Parameters<typeof scriptModels>[0], options: Partial<FallbackSelection> = {}) {
  const clock = createManualClock();
  const caller = new AbortController();
  const circuits = createCircuitBreaker({ now: clock.now });
  const plan = planOf(Object.keys(scripts).slice(1));
  const scripted = scriptModels(scripts);
  const stream = streamWithFallback(
    {
      plan,
      ask: scripted.ask,
      circuits,
      firstEventLimitMs: () => 1000,
      now: clock.now,
      schedule: clock.schedule,
      ...options,
    },
    { signal: caller.signal },
  );
  const listeners = (): number => getEventListeners(caller.signal, 'abort').length;
  return { clock, caller, circuits, stream, listeners, ...scripted };
}

/** A model that answers once its load is over. */
function loading() {
  const load = Promise.withResolvers<void>();
  const script: readonly Act[] = [{ hold: load.promise }, ...answering];
  return { script, finish: () => load.resolve(), isLoading: async () => true };
}

describe('a hang', () => {
  test('times out, is closed, and counts as a failure', async () => {
    const { clock, circuits, stream, asked, open } = start({ 'a/1': [hanging], 'b/2': [answering] });
    const collected = collectMessage(stream);

    await clock.advanceAsync(999);
    expect(asked).toEqual(['a/1']);
    await clock.advanceAsync(1);

    expect((await collected).attempts).toMatchObject([
      {
        model: 'a/1',
        outcome: 'timeout',
        durationMs: 1000,
        message: 'a/1 sent no content after 1000 ms, the timeout for its first content.',
      },
      { model: 'b/2', outcome: 'ok' },
    ]);
    expect(open()).toEqual([]);
    expect(circuits.status()).toMatchObject([{ scope: 'model', model: 'a/1', code: 'timeout' }]);
    expect(clock.pending()).toBe(0);
  });

  test('is distinguished from a load by asking the server before the timeout', async () => {
    const { clock, stream, open, circuits } = start(
      { 'a/1': [hanging], 'b/2': [answering] },
      { isLoading: async () => false },
    );
    const collected = collectMessage(stream);
    await clock.advanceAsync(1000);
    await collected;

    expect(open()).toEqual([]);
    expect(circuits.status()).toHaveLength(1);
  });

  test.each([
    ['does not answer', () => new Promise<boolean>(() => undefined)],
    ['fails', () => Promise.reject(new Error('No /api/ps here.'))],
  ])('is assumed when asking %s', async (_, isLoading) => {
    const { clock, stream, open } = start({ 'a/1': [hanging], 'b/2': [answering] }, { isLoading });
    const collected = collectMessage(stream);
    await clock.advanceAsync(1000);

    expect((await collected).model).toBe('b/2');
    expect(open()).toEqual([]);
  });

  test('ends with the first content, although the caller needs the whole answer', async () => {
    const slow = Promise.withResolvers<void>();
    const script: readonly Act[] = [...answering.slice(0, 2), { hold: slow.promise }, ...answering.slice(2)];
    const { clock, stream, asked } = start({ 'a/1': [script], 'b/2': [answering] }, { wholeAnswer: true });
    const collected = collectMessage(stream);

    await clock.advanceAsync(100_000);
    slow.resolve();

    expect((await collected).model).toBe('a/1');
    expect(asked).toEqual(['a/1']);
  });

  test('is waited for if no other candidate is left', async () => {
    const slow = loading();
    const { clock, stream } = start({ 'a/1': [slow.script] });
    const collected = collectMessage(stream);
    await clock.advanceAsync(60_000);
    slow.finish();

    expect((await collected).attempts).toMatchObject([{ model: 'a/1', outcome: 'ok', durationMs: 60_000 }]);
  });

  test('is waited for if the only other candidate has an open circuit', async () => {
    const slow = loading();
    const { clock, stream, asked } = start(
      { 'a/1': [slow.script], 'b/2': [answering] },
      { plan: planOf(['b/2'], [openCircuit('http://b.test/v1')]) },
    );
    const collected = collectMessage(stream);
    await clock.advanceAsync(5000);
    slow.finish();

    expect((await collected).model).toBe('a/1');
    expect(asked).toEqual(['a/1']);
  });
});

describe('a load', () => {
  test('continues while another model answers, and ends when its model is loaded', async () => {
    const slow = loading();
    const { clock, circuits, stream, open, listeners } = start({ 'a/1': [slow.script], 'b/2': [answering] }, slow);
    const collected = collectMessage(stream);
    await clock.advanceAsync(1000);

    const { attempts } = await collected;
    expect(attempts[0]).toMatchObject({ outcome: 'timeout', message: expect.stringContaining('still loading') });
    expect(circuits.status()).toMatchObject([{ model: 'a/1', state: 'probing', failures: 0 }]);
    expect(open()).toEqual(['a/1']);
    slow.finish();
    await setImmediate();

    expect(circuits.status()).toEqual([]);
    expect({ open: open(), timers: clock.pending(), listeners: listeners() }).toEqual({
      open: [],
      timers: 0,
      listeners: 0,
    });
  });

  test('does not delay other requests, either', async () => {
    const slow = loading();
    const { clock, circuits, stream, ask, asked } = start(
      { 'a/1': [slow.script, answering], 'b/2': [answering] },
      slow,
    );
    const collected = collectMessage(stream);
    await clock.advanceAsync(1000);
    await collected;
    const request = () =>
      collectMessage(streamWithFallback({ plan: planOf(['b/2'], circuits.status()), ask, circuits, now: clock.now }));

    expect((await request()).attempts).toMatchObject([
      { model: 'a/1', outcome: 'skipped', message: expect.stringContaining('a/1 is still loading') },
      { model: 'b/2', outcome: 'ok' },
    ]);
    slow.finish();
    await setImmediate();

    expect((await request()).model).toBe('a/1');
    expect(asked).toEqual(['a/1', 'b/2', 'b/2', 'a/1']);
  });

  test('that fails counts as any failure', async () => {
    const load = Promise.withResolvers<void>();
    const { clock, circuits, stream } = start(
      { 'a/1': [[{ hold: load.promise }, ...failing('server-error')]], 'b/2': [answering] },
      { isLoading: async () => true },
    );
    const collected = collectMessage(stream);
    await clock.advanceAsync(1000);
    await collected;
    load.resolve();
    await setImmediate();

    expect(circuits.status()).toMatchObject([{ model: 'a/1', state: 'open', failures: 1, code: 'server-error' }]);
  });

  test('is ended after a limit', async () => {
    const slow = loading();
    const { clock, circuits, stream, open } = start(
      { 'a/1': [slow.script], 'b/2': [answering] },
      { ...slow, keepLoadingMs: 60_000 },
    );
    const collected = collectMessage(stream);
    await clock.advanceAsync(1000);
    await collected;

    await clock.advanceAsync(59_999);
    expect(open()).toEqual(['a/1']);
    await clock.advanceAsync(1);
    expect(open()).toEqual([]);
    expect(circuits.status()).toEqual([]);
  });

  test('is ended when the caller leaves in the middle of the other answer', async () => {
    const slow = loading();
    const { clock, stream, open, listeners } = start(
      { 'a/1': [slow.script], 'b/2': [[...answering.slice(0, 2), { hold: true }]] },
      slow,
    );
    const pending = stream.next();
    await clock.advanceAsync(1000);
    await pending;
    await stream.next();
    expect(open()).toEqual(['a/1', 'b/2']);

    await stream.return();
    await setImmediate();

    expect({ open: open(), timers: clock.pending(), listeners: listeners() }).toEqual({
      open: [],
      timers: 0,
      listeners: 0,
    });
  });

  test('is ended when the caller aborts, even after the other answer', async () => {
    const slow = loading();
    const { clock, caller, stream, open, listeners } = start({ 'a/1': [slow.script], 'b/2': [answering] }, slow);
    const collected = collectMessage(stream);
    await clock.advanceAsync(1000);
    await collected;

    caller.abort();
    await setImmediate();

    expect({ open: open(), timers: clock.pending(), listeners: listeners() }).toEqual({
      open: [],
      timers: 0,
      listeners: 0,
    });
  });

  test('answers after all if all others fail, without a second request', async () => {
    const slow = loading();
    const { clock, stream, asked } = start({ 'a/1': [slow.script], 'b/2': [failing('billing')] }, slow);
    const collected = collectMessage(stream);
    await clock.advanceAsync(1000);
    await clock.advanceAsync(29_000);
    slow.finish();

    expect(
      (await collected).attempts.map(({ model, outcome, durationMs }) => `${model} ${outcome} ${durationMs}`),
    ).toEqual(['a/1 timeout 1000', 'b/2 billing 0', 'a/1 ok 30000']);
    expect(asked).toEqual(['a/1', 'b/2']);
  });

  test('that fails last is reported', async () => {
    const load = Promise.withResolvers<void>();
    const { clock, stream, asked, open } = start(
      { 'a/1': [[{ hold: load.promise }, ...failing('model-not-found')]], 'b/2': [failing('billing')] },
      { isLoading: async () => true },
    );
    const events = collectEvents(stream);
    await clock.advanceAsync(1000);
    load.resolve();

    expect((await events).at(-1)).toMatchObject({
      type: 'error',
      error: { attempts: [{ outcome: 'timeout' }, { outcome: 'billing' }, { outcome: 'model-not-found' }] },
    });
    expect(asked).toEqual(['a/1', 'b/2']);
    expect(open()).toEqual([]);
  });

  test('is ended when the next candidate throws a bug', async () => {
    const slow = loading();
    const { clock, stream, open, ...scripted } = start(
      { 'a/1': [slow.script], 'b/2': [answering] },
      {
        ...slow,
        ask: (model, options) => {
          if (model.ref === 'b/2') throw new TypeError('A bug.');
          return scripted.ask(model, options);
        },
      },
    );
    const events = collectEvents(stream).catch((error: unknown) => error);
    await clock.advanceAsync(1000);

    expect(await events).toBeInstanceOf(TypeError);
    expect(open()).toEqual([]);
  });

  test('of two the one that is ready first answers', async () => {
    const [slow, slower] = [loading(), loading()];
    const { clock, stream } = start(
      { 'a/1': [slower.script], 'b/2': [slow.script], 'c/3': [failing('billing')] },
      slow,
    );
    const collected = collectMessage(stream);
    await clock.advanceAsync(2000);
    slow.finish();

    expect((await collected).model).toBe('b/2');
    slower.finish();
  });

  test('is ended when the caller leaves while it is the only one left', async () => {
    const slow = loading();
    const { clock, caller, stream, open } = start({ 'a/1': [slow.script], 'b/2': [failing('billing')] }, slow);
    const events = collectEvents(stream);
    await clock.advanceAsync(2000);
    caller.abort();

    expect((await events).map(({ type }) => type)).toEqual(['fallback', 'error']);
    expect((await events).at(-1)).toMatchObject({ type: 'error', error: { code: 'aborted' } });
    expect(open()).toEqual([]);
  });
});

test('a limit of 0 is none', async () => {
  const { clock, stream, asked } = start(
    { 'a/1': [loading().script], 'b/2': [answering] },
    { firstEventLimitMs: () => 0 },
  );
  const pending = stream.next();
  await clock.advanceAsync(60_000);
  expect(asked).toEqual(['a/1']);

  await stream.return();
  await pending;
});

test('each model has its own limit', async () => {
  const { clock, stream, asked } = start(
    { 'a/1': [hanging], 'b/2': [hanging], 'c/3': [answering] },
    { firstEventLimitMs: ({ ref }) => (ref === 'a/1' ? 100 : 50) },
  );
  const collected = collectMessage(stream);
  await clock.advanceAsync(149);
  expect(asked).toEqual(['a/1', 'b/2']);
  await clock.advanceAsync(1);

  expect((await collected).model).toBe('c/3');
});
