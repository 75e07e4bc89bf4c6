import { collectMessage, ProviderError } from '@openclaw/provider';
import type { ProviderErrorCode, ProviderErrorDetails, StreamEvent } from '@openclaw/provider';
import { collectEvents, createManualClock } from '@openclaw/test-support';
import { describe, expect, test } from 'vitest';
import { catalogModel } from '../test/catalog-model.ts';

import { answering, askWhole, breakingOff, failing, scriptModels } from '../test/scripted-models.ts';
import type { Act } from '../test/scripted-models.ts';
import { AllCandidatesFailedError } from './all-candidates-failed-error.ts';
import type { CatalogModel } from './catalog-model.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createModelCatalog } from './model-catalog.ts';
import type { Plan } from './plan.ts';
import type { PlanInput } from './plan-input.ts';
import { planCandidates } from './plan-candidates.ts';
import { streamWithFallback } from './stream-with-fallback.ts';

function planOf(models: readonly CatalogModel[], input: Partial<PlanInput> = {}): Plan {
  const [primary, ...fallbacks] = models.map(({ ref }) => ref);
  return planCandidates({ catalog: createModelCatalog(models), primary, fallbacks, ...input });
}

const three = planOf(['a/1', 'b/2', 'c/3'].map((ref) => catalogModel(ref)));
const noRetry = { retry: { maxRetries: 0 } };

const typesOf = (events: readonly StreamEvent[]): string => events.map(({ type }) => type).join(' ');

function errorOf(events: readonly StreamEvent[]): AllCandidatesFailedError {
  const last = events.at(-1);
  if (last?.type === 'error' && last.error instanceof AllCandidatesFailedError) return last.error;
  throw new Error(`The stream ended with ${JSON.stringify(last)}.`);
}

test('passes an answer on, under the full reference and with its one attempt', async () => {
  const { ask, asked } = scriptModels({ 'a/1': [answering] });

  const events = await collectEvents(streamWithFallback({ plan: three, ask, now: () => 0 }));

  expect(asked).toEqual(['a/1']);
  expect(events).toEqual([
    {
      type: 'start',
      model: 'a/1',
      attempts: [{ model: 'a/1', endpoint: 'http://a.test/v1', outcome: 'ok', durationMs: 0 }],
    },
    ...answering.slice(1),
  ]);
});

/** Failures that lead to the next candidate. */
const advancing: readonly [ProviderErrorCode, ProviderErrorDetails][] = [
  ['authentication-failed', { status: 401 }],
  ['billing', { status: 402 }],
  ['connection-failed', { connection: 'refused' }],
  ['connection-failed', { connection: 'reset' }],
  ['connection-failed', { connection: 'unreachable' }],
  ['connection-failed', { connection: 'dns' }],
  ['connection-failed', { connection: 'tls' }],
  ['connection-failed', { connection: 'closed' }],
  ['invalid-response', {}],
  ['model-not-found', { status: 404 }],
  ['overloaded', { status: 503 }],
  ['rate-limited', { status: 429, retryAfterMs: 1_800_000 }],
  ['server-error', { status: 500 }],
  ['timeout', { clock: 'connect' }],
  ['timeout', { clock: 'first-event' }],
  ['timeout', { clock: 'idle' }],
  ['unsupported', { capability: 'tools' }],
];

const connectionOf = ({ connection }: ProviderErrorDetails): object => (connection === undefined ? {} : { connection });

describe.each(advancing)('%s %j before the first word', (code, details) => {
  const failure = failing(code, details);

  test('of the first candidate: the second answers at once', async () => {
    const { ask, asked } = scriptModels({ 'a/1': [failure], 'b/2': [answering], 'c/3': [answering] });

    const events = await collectEvents(streamWithFallback({ plan: three, ask, now: () => 0 }));

    expect(asked).toEqual(['a/1', 'b/2']);
    expect(events.slice(0, 2)).toMatchObject([
      {
        type: 'fallback',
        next: 'b/2',
        failed: { model: 'a/1', endpoint: 'http://a.test/v1', outcome: code, ...connectionOf(details) },
      },
      {
        type: 'start',
        model: 'b/2',
        attempts: [
          { model: 'a/1', outcome: code },
          { model: 'b/2', outcome: 'ok' },
        ],
      },
    ]);
  });

  test('of the middle candidate: the third answers at once', async () => {
    const { ask, asked } = scriptModels({ 'a/1': [failing('server-error')], 'b/2': [failure], 'c/3': [answering] });

    const events = await collectEvents(streamWithFallback({ plan: three, ask }));

    expect(asked).toEqual(['a/1', 'b/2', 'c/3']);
    expect(typesOf(events)).toBe('fallback fallback start text-delta finish');
  });

  test('of the last candidate: one error lists all', async () => {
    const { ask, asked } = scriptModels({ 'a/1': [failing('billing')], 'b/2': [failing('billing')], 'c/3': [failure] });

    const events = await collectEvents(streamWithFallback({ plan: three, ask, ...noRetry }));

    expect(asked).toEqual(['a/1', 'b/2', 'c/3']);
    expect(typesOf(events)).toBe('fallback fallback error');
    expect(errorOf(events).attempts.map(({ model, outcome }) => `${model} ${outcome}`)).toEqual([
      'a/1 billing',
      'b/2 billing',
      `c/3 ${code}`,
    ]);
  });
});

test.each(['first', 'last'])(
  'a failure after the first word of the %s candidate ends the answer and keeps what was said',
  async (position) => {
    const broken = breakingOff('connection-failed');
    const scripts =
      position === 'first' ? { 'a/1': [broken], 'b/2': [answering] } : { 'a/1': [failing('billing')], 'b/2': [broken] };
    const models = scriptModels(scripts);

    const events = await collectEvents(
      streamWithFallback({ plan: planOf([catalogModel('a/1'), catalogModel('b/2')]), ask: models.ask }),
    );

    expect(typesOf(events)).toMatch(/^(fallback )?start text-delta error$/);
    expect(events.at(-1)).toEqual(broken.at(-1));
    expect(models.asked).toHaveLength(position === 'first' ? 1 : 2);
  },
);

describe('the first word', () => {
  const start: StreamEvent = { type: 'start', model: 'm' };
  const words: readonly (readonly [string, readonly StreamEvent[]])[] = [
    ['text', [{ type: 'text-delta', text: 'Hi' }]],
    ['reasoning', [{ type: 'reasoning-delta', text: 'Hm' }]],
    ['a tool call', [{ type: 'tool-call-start', id: '1', name: 'look' }]],
    [
      'a repair and what it explains',
      [
        { type: 'repair', repair: 'tool-call-from-text', detail: 'One.' },
        { type: 'tool-call-start', id: '1', name: 'look' },
      ],
    ],
  ];

  test.each(words)('can be %s: there is no fallback after it', async (_, said) => {
    const { ask, asked } = scriptModels({ 'a/1': [[start, ...said, ...failing('server-error')]] });

    const events = await collectEvents(streamWithFallback({ plan: three, ask }));

    expect(asked).toEqual(['a/1']);
    expect(events.slice(1, -1)).toEqual(said);
    expect(typesOf(events)).toMatch(/^start .* error$/);
  });

  test('is not the mere beginning of an answer, nor a repair: the next one is asked', async () => {
    const repair: StreamEvent = { type: 'repair', repair: 'reasoning-from-tags', detail: 'One.' };
    const { ask } = scriptModels({ 'a/1': [[start, repair, ...failing('server-error')]], 'b/2': [answering] });

    const events = await collectEvents(streamWithFallback({ plan: three, ask }));

    expect(typesOf(events)).toBe('fallback start text-delta finish');
  });

  test('may be none in an answer that the model marked as such', async () => {
    const marks: StreamEvent = { type: 'repair', repair: 'answer-marks', detail: 'One.' };
    const { ask, asked } = scriptModels({ 'a/1': [[start, marks, { type: 'finish', reason: 'stop' }]] });

    const events = await collectEvents(streamWithFallback({ plan: three, ask }));

    expect(asked).toEqual(['a/1']);
    expect(typesOf(events)).toBe('start repair finish');
  });

  test.each(['stop', 'tool-calls', 'other'] as const)(
    'that never comes before an end with %s is a failure',
    async (reason) => {
      const { ask } = scriptModels({ 'a/1': [[start, { type: 'finish', reason }]], 'b/2': [answering] });

      const events = await collectEvents(streamWithFallback({ plan: three, ask }));

      expect(events[0]).toMatchObject({
        type: 'fallback',
        failed: { outcome: 'invalid-response', message: expect.stringContaining('without saying anything') },
      });
    },
  );

  test('that the server dropped is a failure that names the cause and is not repeated', async () => {
    const usage = { inputTokens: 100, outputTokens: 17, totalTokens: 117 };
    const { ask, asked } = scriptModels({ 'a/1': [[start, { type: 'finish', reason: 'stop', usage }]] });

    const events = await collectEvents(streamWithFallback({ plan: planOf([catalogModel('a/1')]), ask }));

    expect(asked).toEqual(['a/1']);
    expect(errorOf(events)).toMatchObject({
      code: 'invalid-response',
      droppedTokens: 17,
      message: expect.stringContaining('produced 17 tokens'),
    });
  });

  test.each(['length', 'content-filter'] as const)('may rightly be missing before an end with %s', async (reason) => {
    const { ask, asked } = scriptModels({ 'a/1': [[start, { type: 'finish', reason }]] });

    const events = await collectEvents(streamWithFallback({ plan: three, ask }));

    expect(asked).toEqual(['a/1']);
    expect(typesOf(events)).toBe('start finish');
  });

  test('that never comes since the stream breaks off is a failure, too', async () => {
    const { ask } = scriptModels({ 'a/1': [[start]], 'b/2': [answering] });

    const message = await collectMessage(streamWithFallback({ plan: three, ask }));

    expect(message).toMatchObject({ model: 'b/2', attempts: [{ outcome: 'invalid-response' }, { outcome: 'ok' }] });
  });

  test('followed by silence without an end is an error', async () => {
    const { ask } = scriptModels({ 'a/1': [answering.slice(0, 2)] });

    const events = await collectEvents(streamWithFallback({ plan: three, ask }));

    expect(events.at(-1)).toMatchObject({ type: 'error', error: { code: 'invalid-response' } });
  });
});

describe('a request that is itself at fault', () => {
  test('stops: no other candidate is tried', async () => {
    const { ask, asked } = scriptModels({ 'a/1': [failing('invalid-request', { status: 400 })], 'b/2': [answering] });

    const events = await collectEvents(streamWithFallback({ plan: three, ask }));

    expect(asked).toEqual(['a/1']);
    expect(errorOf(events)).toMatchObject({ code: 'invalid-request', status: 400 });
  });

  test('goes to the next candidate that has the capability which was missing', async () => {
    const models = [catalogModel('a/1'), catalogModel('b/2'), catalogModel('c/3', { input: ['text', 'image'] })];
    const { ask, asked } = scriptModels({
      'a/1': [failing('invalid-request', { capability: 'images' })],
      'c/3': [answering],
    });

    await collectMessage(streamWithFallback({ plan: planOf(models), ask }));

    expect(asked).toEqual(['a/1', 'c/3']);
  });

  test('is too long: goes to the next candidate with a larger window', async () => {
    const models = [8192, 4096, 8192, 32_768].map((contextWindow, index) =>
      catalogModel(`a/${index}`, { contextWindow }),
    );
    const { ask, asked } = scriptModels({ 'a/0': [failing('context-length-exceeded')], 'a/3': [answering] });

    await collectMessage(streamWithFallback({ plan: planOf(models), ask }));

    expect(asked).toEqual(['a/0', 'a/3']);
  });

  test('is too long for what the server has loaded: goes to the next candidate with more than that', async () => {
    const models = [131_072, 4096, 32_768].map((contextWindow, index) => catalogModel(`a/${index}`, { contextWindow }));
    const tooLong = failing('context-length-exceeded', { contextTokens: 4096, neededTokens: 9000 });
    const { ask, asked } = scriptModels({ 'a/0': [tooLong], 'a/2': [answering] });

    await collectMessage(streamWithFallback({ plan: planOf(models), ask }));

    expect(asked).toEqual(['a/0', 'a/2']);
  });

  test('is too long: fails with the numbers', async () => {
    const { ask } = scriptModels({
      'a/1': [failing('context-length-exceeded', { contextTokens: 4096, neededTokens: 9000 })],
    });

    const events = await collectEvents(streamWithFallback({ plan: planOf([catalogModel('a/1')]), ask }));

    expect(errorOf(events)).toMatchObject({ contextTokens: 4096, neededTokens: 9000 });
  });

  test('is too long: goes to a candidate with an unknown window', async () => {
    const models = [catalogModel('a/1', { contextWindow: 40_960 }), catalogModel('b/2', { source: 'assumed' })];
    const { ask, asked } = scriptModels({ 'a/1': [failing('context-length-exceeded')], 'b/2': [answering] });

    await collectMessage(streamWithFallback({ plan: planOf(models), ask }));

    expect(asked).toEqual(['a/1', 'b/2']);
  });

  test('is too long for all candidates: fails with that', async () => {
    const { ask, asked } = scriptModels({ 'a/1': [failing('context-length-exceeded')] });

    const events = await collectEvents(streamWithFallback({ plan: three, ask }));

    expect(asked).toEqual(['a/1']);
    expect(errorOf(events).code).toBe('context-length-exceeded');
  });

  test('was aborted by the model: stops', async () => {
    const { ask, asked } = scriptModels({ 'a/1': [failing('aborted')], 'b/2': [answering] });

    const events = await collectEvents(streamWithFallback({ plan: three, ask }));

    expect(asked).toEqual(['a/1']);
    expect(errorOf(events).code).toBe('aborted');
  });
});

describe('the last candidate', () => {
  const alone = planOf([catalogModel('a/1')]);

  test('is retried after a pause, and each attempt is reported', async () => {
    const clock = createManualClock();
    const { ask, asked } = scriptModels({ 'a/1': [failing('overloaded'), failing('server-error'), answering] });

    const collected = collectMessage(
      streamWithFallback({ plan: alone, ask, now: clock.now, schedule: clock.schedule, random: () => 0 }),
    );
    await clock.advanceAsync(249);
    expect(asked).toHaveLength(1);
    await clock.advanceAsync(1);
    expect(asked).toHaveLength(2);
    await clock.advanceAsync(500);

    expect((await collected).attempts.map(({ outcome }) => outcome)).toEqual(['overloaded', 'server-error', 'ok']);
  });

  test('is retried no more often than allowed', async () => {
    const clock = createManualClock();
    const { ask, asked } = scriptModels({ 'a/1': [failing('overloaded')] });

    const collected = collectEvents(
      streamWithFallback({ plan: alone, ask, now: clock.now, schedule: clock.schedule, retry: { maxRetries: 3 } }),
    );
    await clock.advanceAsync(10_000);

    expect(typesOf(await collected)).toBe('fallback fallback fallback error');
    expect(asked).toHaveLength(4);
  });

  test('is retried when the server says, if that is soon enough', async () => {
    const clock = createManualClock();
    const { ask, asked } = scriptModels({
      'a/1': [failing('rate-limited', { retryAfterMs: 4000 }), failing('rate-limited', { retryAfterMs: 30_000 })],
    });

    const collected = collectEvents(streamWithFallback({ plan: alone, ask, now: clock.now, schedule: clock.schedule }));
    await clock.advanceAsync(3999);
    expect(asked).toHaveLength(1);
    await clock.advanceAsync(1);

    expect(asked).toHaveLength(2);
    expect(errorOf(await collected)).toMatchObject({ code: 'rate-limited', retryAfterMs: 30_000 });
  });

  test.each(['connection-failed', 'model-not-found', 'authentication-failed', 'billing', 'unsupported'] as const)(
    'is not asked again after %s',
    async (code) => {
      const { ask, asked } = scriptModels({ 'a/1': [failing(code)] });

      await collectEvents(streamWithFallback({ plan: alone, ask }));

      expect(asked).toHaveLength(1);
    },
  );

  test('is not retried if the caller leaves during the pause', async () => {
    const clock = createManualClock();
    const caller = new AbortController();
    const { ask, asked } = scriptModels({ 'a/1': [failing('overloaded')] });

    const collected = collectEvents(
      streamWithFallback({ plan: alone, ask, now: clock.now, schedule: clock.schedule }, { signal: caller.signal }),
    );
    await clock.advanceAsync(10);
    caller.abort();

    expect((await collected).at(-1)).toMatchObject({ type: 'error', error: { code: 'aborted' } });
    expect(asked).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });
});

describe('circuits', () => {
  const refused = failing('connection-failed', { connection: 'refused' });

  test('a model whose server just refused a connection is skipped, reported, and used if all others fail', async () => {
    const models = [catalogModel('a/1'), catalogModel('a/2'), catalogModel('b/3')];
    const { ask, asked } = scriptModels({ 'a/1': [refused], 'a/2': [refused], 'b/3': [failing('model-not-found')] });

    const events = await collectEvents(streamWithFallback({ plan: planOf(models), ask }));

    expect(asked).toEqual(['a/1', 'b/3', 'a/2']);
    expect(errorOf(events).attempts.map(({ model, outcome }) => `${model} ${outcome}`)).toEqual([
      'a/1 connection-failed',
      'a/2 skipped',
      'b/3 model-not-found',
      'a/2 connection-failed',
    ]);
  });

  test('a primary that failed is skipped, reported, and used again within one probe', async () => {
    const clock = createManualClock();
    const circuits = createCircuitBreaker({ now: clock.now, random: () => 0 });
    const { ask, asked } = scriptModels({ 'a/1': [refused, refused, answering], 'b/2': [answering] });
    const models = [catalogModel('a/1'), catalogModel('b/2')];
    const request = () =>
      collectMessage(
        streamWithFallback({ plan: planOf(models, { circuits: circuits.status() }), ask, circuits, now: clock.now }),
      );

    expect((await request()).model).toBe('b/2');
    const skipping = await request();
    expect(skipping.attempts).toMatchObject([
      { model: 'a/1', outcome: 'skipped' },
      { model: 'b/2', outcome: 'ok' },
    ]);
    await clock.advanceAsync(2_000);
    expect((await request()).attempts).toMatchObject([{ outcome: 'connection-failed' }, { outcome: 'ok' }]);
    await clock.advanceAsync(3_999);
    expect((await request()).model).toBe('b/2');
    await clock.advanceAsync(1);
    expect((await request()).model).toBe('a/1');
    expect((await request()).model).toBe('a/1');
    expect(asked.filter((ref) => ref === 'a/1')).toHaveLength(4);
    expect(circuits.status()).toEqual([]);
  });

  test('a thousand requests at once send exactly one probe when it is due', async () => {
    const clock = createManualClock();
    const circuits = createCircuitBreaker({ now: clock.now });
    const release = Promise.withResolvers<void>();
    const { ask, asked } = scriptModels({
      'a/1': [refused, [{ hold: release.promise }, ...answering]],
      'b/2': [answering],
    });
    const models = [catalogModel('a/1'), catalogModel('b/2')];
    const request = () =>
      collectMessage(streamWithFallback({ plan: planOf(models, { circuits: circuits.status() }), ask, circuits }));
    await request();
    await clock.advanceAsync(30_000);

    const answers = Array.from({ length: 1000 }, request);
    const others = Promise.all(answers.slice(1));
    expect((await others).every(({ model }) => model === 'b/2')).toBe(true);
    release.resolve();

    expect((await answers[0]!).model).toBe('a/1');
    expect(asked.filter((ref) => ref === 'a/1')).toHaveLength(2);
  });

  test('a probe whose caller left is made by the next request', async () => {
    const clock = createManualClock();
    const circuits = createCircuitBreaker({ now: clock.now });
    const { ask, asked } = scriptModels({ 'a/1': [refused, [{ hold: true }], answering], 'b/2': [answering] });
    const models = [catalogModel('a/1'), catalogModel('b/2')];
    const request = (signal?: AbortSignal) =>
      collectEvents(
        streamWithFallback({ plan: planOf(models, { circuits: circuits.status() }), ask, circuits }, { signal }),
      );
    await request();
    await clock.advanceAsync(30_000);
    const caller = new AbortController();
    const left = request(caller.signal);
    caller.abort();
    await left;

    expect(typesOf(await request())).toBe('start text-delta finish');
    expect(asked).toEqual(['a/1', 'b/2', 'a/1', 'a/1']);
  });

  test('an answer that breaks off opens the circuit of its model', async () => {
    const circuits = createCircuitBreaker();
    const { ask } = scriptModels({ 'a/1': [breakingOff('invalid-response')] });

    await collectEvents(streamWithFallback({ plan: three, ask, circuits }));

    expect(circuits.status()).toMatchObject([{ scope: 'model', model: 'a/1' }]);
  });

  test('an open circuit never leaves a request without an attempt', async () => {
    const circuits = createCircuitBreaker();
    const { ask } = scriptModels({ 'a/1': [failing('model-not-found'), answering] });
    const alone = [catalogModel('a/1')];
    await collectEvents(streamWithFallback({ plan: planOf(alone), ask, circuits }));

    const message = await collectMessage(
      streamWithFallback({ plan: planOf(alone, { circuits: circuits.status() }), ask, circuits }),
    );

    expect(message.attempts).toMatchObject([{ model: 'a/1', outcome: 'ok' }]);
  });
});

test('reports models that were excluded', async () => {
  const catalog = createModelCatalog([catalogModel('a/1', { tools: false }), catalogModel('b/2')]);
  const plan = planCandidates({
    catalog,
    primary: 'a/gone',
    fallbacks: ['a/1', 'b/2', 'b/gone'],
    needs: { tools: true },
  });
  const { ask, asked } = scriptModels({ 'b/2': [answering] });

  const { attempts } = await collectMessage(streamWithFallback({ plan, ask }));

  expect(asked).toEqual(['b/2']);
  expect(attempts.map(({ model, outcome }) => `${model} ${outcome}`)).toEqual([
    'a/gone model-not-found',
    'a/1 unsupported',
    'b/2 ok',
  ]);
});

test('reports each once, however many candidates fail, and all if none answers', async () => {
  const models = ['a/1', 'b/2', 'c/3'].map((ref) => catalogModel(ref));
  const circuits = createCircuitBreaker();
  circuits.forceAcquire(models[0]!).fail(new ProviderError('overloaded', 'Earlier.'));
  const plan = planCandidates({
    catalog: createModelCatalog(models),
    primary: 'a/1',
    fallbacks: ['b/2', 'c/3', 'c/gone'],
    circuits: circuits.status(),
  });
  const { ask } = scriptModels({
    'a/1': [failing('billing')],
    'b/2': [failing('billing')],
    'c/3': [failing('billing')],
  });

  const events = await collectEvents(streamWithFallback({ plan, ask, circuits }));

  expect(errorOf(events).attempts.map(({ model, outcome }) => `${model} ${outcome}`)).toEqual([
    'a/1 skipped',
    'b/2 billing',
    'c/3 billing',
    'a/1 billing',
    'c/gone model-not-found',
  ]);
});

test('tries seventeen candidates of which sixteen fail in different ways', async () => {
  const models = Array.from({ length: 17 }, (_, index) => catalogModel(`p${index}/m`));
  const scripts = Object.fromEntries(
    models.map(({ ref }, index) => {
      const [code, details] = advancing[index] ?? ['server-error', {}];
      return [ref, [index === 16 ? answering : failing(code, details)]];
    }),
  );
  const { ask } = scriptModels(scripts);

  const message = await collectMessage(streamWithFallback({ plan: planOf(models), ask }));

  expect(message.model).toBe('p16/m');
  expect(message.attempts.map(({ outcome }) => outcome)).toEqual([
    ...advancing.slice(0, 16).map(([code]) => code),
    'ok',
  ]);
});

test('a bug in `ask` is thrown, and not treated as a failure', async () => {
  const bug = new TypeError('undefined is not a function');
  async function* ask(): AsyncGenerator<StreamEvent> {
    yield { type: 'start', model: 'm' };
    throw bug;
  }

  await expect(collectEvents(streamWithFallback({ plan: three, ask }))).rejects.toBe(bug);
});

test('measures each attempt from its own start', async () => {
  let time = 0;
  async function* ask({ ref }: CatalogModel): AsyncGenerator<StreamEvent> {
    time += ref === 'a/1' ? 30 : 12.4;
    if (ref === 'a/1') yield { type: 'error', error: new ProviderError('server-error', 'It broke.') };
    else yield { type: 'text-delta', text: 'Hi' };
  }

  const events = await collectEvents(streamWithFallback({ plan: three, ask, now: () => time }));

  expect(events[1]).toMatchObject({ attempts: [{ durationMs: 30 }, { durationMs: 12 }] });
});

test('tries the next model after a truncated whole answer, although it had content', async () => {
  const { ask, asked } = scriptModels({ 'a/1': [breakingOff('invalid-response')], 'b/2': [answering] });

  const message = await collectMessage(streamWithFallback({ plan: three, ask: askWhole(ask) }));

  expect(asked).toEqual(['a/1', 'b/2']);
  expect(message.model).toBe('b/2');
  expect(message.attempts.map(({ outcome }) => outcome)).toEqual(['invalid-response', 'ok']);
});

test('tries the next model after a cut stream if the caller needs the whole answer', async () => {
  const models = { 'a/1': [breakingOff('connection-failed')], 'b/2': [answering] };
  const streamed = scriptModels(models);
  const whole = scriptModels(models);

  const events = await collectEvents(streamWithFallback({ plan: three, ask: streamed.ask }));
  const message = await collectMessage(streamWithFallback({ plan: three, ask: whole.ask, wholeAnswer: true }));

  expect(typesOf(events)).toMatch(/^start text-delta .*error$/);
  expect(streamed.asked).toEqual(['a/1']);
  expect(whole.asked).toEqual(['a/1', 'b/2']);
  expect(message).toMatchObject({ model: 'b/2', text: 'Hello.' });
});

test('delivers any number of events that arrive together', async () => {
  const deltas: readonly Act[] = Array.from({ length: 300_000 }, () => ({ type: 'text-delta', text: '.' }));
  const { ask } = scriptModels({ 'a/1': [[...answering.slice(0, 1), ...deltas, ...answering.slice(-1)]] });

  const events = await collectEvents(streamWithFallback({ plan: three, ask: askWhole(ask) }));

  expect(events).toHaveLength(300_002);
});

test('delivers a whole answer at its end, as one', async () => {
  const { ask } = scriptModels({ 'a/1': [answering] });
  const stream = streamWithFallback({ plan: three, ask, wholeAnswer: true });

  expect(typesOf(await stream.pull())).toBe('start text-delta finish');
  expect(await stream.pull()).toEqual([]);
});

test('treats a whole answer without content, or without an end, as a failure', async () => {
  const silence: readonly Act[] = [
    { type: 'start', model: 'm' },
    { type: 'finish', reason: 'stop' },
  ];
  const { ask, asked } = scriptModels({
    'a/1': [silence],
    'b/2': [breakingOff('connection-failed')],
    'c/3': [answering],
  });

  const message = await collectMessage(streamWithFallback({ plan: three, ask: askWhole(ask) }));

  expect(asked).toEqual(['a/1', 'b/2', 'c/3']);
  expect(message).toMatchObject({ model: 'c/3', text: 'Hello.' });
});
