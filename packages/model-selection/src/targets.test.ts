import { collectEvents } from '@openclaw/test-support';
import { ProviderError } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import { describe, expect, test } from 'vitest';
import { catalogModel } from '../test/catalog-model.ts';
import { answering, breakingOff, failing, scriptModels } from '../test/scripted-models.ts';
import type { CatalogModel, Target } from './catalog-model.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createModelCatalog } from './model-catalog.ts';
import type { FallbackSelection } from './fallback-selection.ts';
import { planCandidates } from './plan-candidates.ts';
import { streamWithFallback } from './stream-with-fallback.ts';

const target = (name: string, changes: Partial<CatalogModel> = {}): Target => ({
  ...catalogModel('lab/m', { endpoint: `http://${name}/v1`, ...changes }),
  endpointName: name,
});

function modelAt(targets: readonly Target[]): CatalogModel {
  const [first] = targets;
  return { ...catalogModel('lab/m'), ...first, targets };
}

const [one, two, three] = [target('one'), target('two'), target('three')];
const other = catalogModel('other/x');
const catalogOf = (targets: readonly Target[]) => createModelCatalog([modelAt(targets), other]);
const planOf = (targets: readonly Target[], circuits = createCircuitBreaker()) =>
  planCandidates({
    catalog: catalogOf(targets),
    primary: 'lab/m',
    fallbacks: ['other/x'],
    circuits: circuits.status(),
  });

/** The endpoints play scripts by name, and models without endpoints by reference. */
function scriptEndpoints(scripts: Parameters<typeof scriptModels>[0]) {
  const models = scriptModels(scripts);
  const ask: FallbackSelection['ask'] = (model, options) =>
    models.ask({ ...model, ref: model.endpointName ?? model.ref }, options);
  return { ask, asked: models.asked };
}

const refused = failing('connection-failed', { connection: 'refused' });
const last = (targets: readonly Target[]): Target | undefined => targets.at(-1);

function answerOf(events: readonly StreamEvent[]) {
  const start = events.find(({ type }) => type === 'start');
  return start?.type === 'start' ? start.attempts : undefined;
}

describe('a model at several endpoints', () => {
  test('is asked at the chosen one, which its attempt names', async () => {
    const { ask, asked } = scriptEndpoints({ two: [answering] });
    const chosen: string[][] = [];
    const chooseTarget = (targets: readonly Target[]): Target | undefined => {
      chosen.push(targets.map(({ endpointName }) => endpointName));
      return targets[1];
    };
    const events = await collectEvents(
      streamWithFallback({ plan: planOf([one, two, three]), ask, chooseTarget, now: () => 0 }),
    );
    expect(asked).toEqual(['two']);
    expect(chosen).toEqual([['one', 'two', 'three']]);
    expect(answerOf(events)).toEqual([
      { model: 'lab/m', endpoint: 'http://two/v1', endpointName: 'two', outcome: 'ok', durationMs: 0 },
    ]);
  });

  test('is asked at the first one without a choice', async () => {
    const { ask, asked } = scriptEndpoints({ one: [answering] });
    await collectEvents(streamWithFallback({ plan: planOf([one, two]), ask }));
    expect(asked).toEqual(['one']);
  });

  test('is asked at its next endpoint after a failure, and then the next model is', async () => {
    const { ask, asked } = scriptEndpoints({
      one: [failing('server-error')],
      two: [refused],
      three: [failing('model-not-found')],
      'other/x': [answering],
    });
    const events = await collectEvents(
      streamWithFallback({ plan: planOf([one, two, three]), ask, chooseTarget: last }),
    );
    expect(asked).toEqual(['three', 'two', 'one', 'other/x']);
    expect(events.slice(0, 3)).toMatchObject([
      { type: 'fallback', failed: { endpointName: 'three' }, next: 'lab/m', nextEndpointName: 'two' },
      { type: 'fallback', failed: { endpointName: 'two' }, next: 'lab/m', nextEndpointName: 'one' },
      { type: 'fallback', failed: { endpointName: 'one' }, next: 'other/x' },
    ]);
    expect(events[2]).not.toHaveProperty('nextEndpointName');
    expect(answerOf(events)?.map(({ endpointName, outcome }) => [endpointName, outcome])).toEqual([
      ['three', 'model-not-found'],
      ['two', 'connection-failed'],
      ['one', 'server-error'],
      [undefined, 'ok'],
    ]);
  });

  test('names every endpoint if all fail', async () => {
    const { ask } = scriptEndpoints({ one: [refused], two: [refused], 'other/x': [refused] });
    const events = await collectEvents(streamWithFallback({ plan: planOf([one, two]), ask }));
    const endpoints = ['http://one/v1', 'http://two/v1', 'http://other.test/v1'];
    expect(events.at(-1)).toMatchObject({
      type: 'error',
      error: { code: 'connection-failed', attempts: endpoints.map((endpoint) => ({ endpoint })) },
    });
    for (const endpoint of endpoints)
      expect(events.at(-1)).toMatchObject({ error: { message: expect.stringContaining(endpoint) } });
  });

  test('is not asked at another endpoint once its answer has started', async () => {
    const { ask, asked } = scriptEndpoints({ one: [breakingOff('connection-failed')], two: [answering] });
    const events = await collectEvents(streamWithFallback({ plan: planOf([one, two]), ask }));
    expect(asked).toEqual(['one']);
    expect(events.at(-1)).toMatchObject({ type: 'error', error: { code: 'connection-failed' } });
  });

  test('is asked elsewhere after a context error only where its window is larger', async () => {
    const small = target('small', { contextWindow: 1000 });
    const large = target('large', { contextWindow: 9000 });
    const { ask, asked } = scriptEndpoints({
      one: [failing('context-length-exceeded', { contextTokens: 8192 })],
      large: [answering],
    });
    await collectEvents(streamWithFallback({ plan: planOf([one, small, large]), ask }));
    expect(asked).toEqual(['one', 'large']);
  });

  test('is asked nowhere else after an error of the request', async () => {
    const { ask, asked } = scriptEndpoints({ one: [failing('invalid-request')], two: [answering] });
    await collectEvents(streamWithFallback({ plan: planOf([one, two]), ask }));
    expect(asked).toEqual(['one']);
  });

  test('has a limit for its first content while another endpoint is left', async () => {
    const { ask } = scriptEndpoints({ one: [answering], 'other/x': [answering] });
    const limited: (string | undefined)[] = [];
    const firstEventLimitMs = ({ endpointName }: CatalogModel): undefined => {
      limited.push(endpointName);
    };
    const { candidates, leftOut } = planOf([one, two]);
    const plan = { candidates: candidates.slice(0, 1), leftOut };
    await collectEvents(streamWithFallback({ plan, ask, firstEventLimitMs }));
    expect(limited).toEqual(['one']);
  });
});

describe('the circuits of endpoints', () => {
  const down = new ProviderError('connection-failed', 'Refused.', { connection: 'refused' });
  const broken = new ProviderError('server-error', 'Broken.');

  test('are their own: a failure of one leaves the others first', async () => {
    const circuits = createCircuitBreaker({ now: () => 0 });
    circuits.forceAcquire(one).fail(down);
    const plan = planOf([one, two, three], circuits);
    expect(plan.candidates).toMatchObject([
      { model: { ref: 'lab/m' }, targets: [two, three], deferred: false },
      { model: other, deferred: false },
      { model: one, deferred: true, reason: { code: 'circuit-open' } },
    ]);
    expect(plan.candidates[2]?.reason.text).toContain('http://one/v1 failed (connection-failed)');

    const { ask, asked } = scriptEndpoints({
      two: [refused],
      three: [refused],
      'other/x': [refused],
      one: [answering],
    });
    const events = await collectEvents(streamWithFallback({ plan, ask, circuits }));
    expect(asked).toEqual(['two', 'three', 'other/x', 'one']);
    expect(answerOf(events)?.map(({ endpoint, outcome }) => `${endpoint} ${outcome}`)).toEqual([
      'http://two/v1 connection-failed',
      'http://three/v1 connection-failed',
      'http://one/v1 skipped',
      'http://other.test/v1 connection-failed',
      'http://one/v1 ok',
    ]);
  });

  test('count for the model at its endpoint', () => {
    const circuits = createCircuitBreaker({ now: () => 0 });
    circuits.forceAcquire(two).fail(broken);
    expect(
      planOf([one, two], circuits).candidates.map(({ model, deferred }) => [model.endpointName, deferred]),
    ).toEqual([
      ['one', false],
      [undefined, false],
      ['two', true],
    ]);
  });

  test('defer the model if all are open', () => {
    const circuits = createCircuitBreaker({ now: () => 0 });
    for (const each of [one, two]) circuits.forceAcquire(each).fail(down);
    const { candidates } = planOf([one, two], circuits);
    expect(candidates).toMatchObject([
      { model: other, deferred: false },
      { targets: [one, two], deferred: true },
    ]);
    expect(candidates[1]?.reason.text).toMatch(/http:\/\/one\/v1 failed .*; http:\/\/two\/v1 failed/);
  });

  test('that open between plan and turn send the request on', async () => {
    const circuits = createCircuitBreaker({ now: () => 0 });
    const plan = planOf([one, two], circuits);
    circuits.forceAcquire(one).fail(down);
    const { ask, asked } = scriptEndpoints({ one: [answering], two: [refused], 'other/x': [refused] });
    const events = await collectEvents(streamWithFallback({ plan, ask, circuits }));
    expect(asked).toEqual(['two', 'other/x', 'one']);
    expect(answerOf(events)?.map(({ endpointName, outcome }) => [endpointName, outcome])).toEqual([
      ['two', 'connection-failed'],
      ['one', 'skipped'],
      [undefined, 'connection-failed'],
      ['one', 'ok'],
    ]);
  });

  test('report the endpoints that were skipped before another model', async () => {
    const circuits = createCircuitBreaker({ now: () => 0 });
    circuits.forceAcquire(one).fail(down);
    const { ask } = scriptEndpoints({ two: [refused], 'other/x': [answering] });
    const events = await collectEvents(streamWithFallback({ plan: planOf([one, two], circuits), ask, circuits }));
    expect(answerOf(events)?.map(({ endpoint, outcome }) => `${endpoint} ${outcome}`)).toEqual([
      'http://two/v1 connection-failed',
      'http://one/v1 skipped',
      'http://other.test/v1 ok',
    ]);
  });

  test('let one request probe an endpoint, and close after its success', async () => {
    let time = 0;
    const circuits = createCircuitBreaker({ now: () => time });
    circuits.forceAcquire(one).fail(down);
    time = 30_000;
    const plan = planOf([one, two], circuits);
    expect(plan.candidates[0]).toMatchObject({ targets: [one, two], deferred: false });
    const { ask, asked } = scriptEndpoints({ one: [answering] });
    await collectEvents(streamWithFallback({ plan, ask, circuits }));
    expect(asked).toEqual(['one']);
    expect(circuits.status()).toEqual([]);
  });
});
