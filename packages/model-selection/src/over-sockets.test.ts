import type { Reply } from '@openclaw/ollama-simulator';
import { collectMessage } from '@openclaw/provider';
import type { ProviderErrorCode, Timeouts } from '@openclaw/provider';
import { collectEvents, createManualClock } from '@openclaw/test-support';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startCandidates } from '../test/candidates-over-sockets.ts';
import type { CandidatesOverSockets } from '../test/candidates-over-sockets.ts';
import { AllCandidatesFailedError } from './all-candidates-failed-error.ts';
import type { CatalogModel } from './catalog-model.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { FALLBACK_POLICY } from './fallback-policy.ts';
import { createModelCatalog } from './model-catalog.ts';
import type { Plan } from './plan.ts';
import type { PlanInput } from './plan-input.ts';
import { planCandidates } from './plan-candidates.ts';
import { streamWithFallback } from './stream-with-fallback.ts';

let candidates: CandidatesOverSockets;
beforeEach(async () => {
  candidates = await startCandidates(3);
});
afterEach(() => candidates.close());

interface WireFailure {
  readonly what: string;
  readonly code: ProviderErrorCode;
  readonly reply?: Reply;
  /** Another address for the same candidate. */
  readonly endpoint?: (endpoint: string) => string;
  /** Timeouts of the failing candidate: the others have no timeouts. */
  readonly timeouts?: (request: { streaming: boolean }) => Partial<Timeouts>;
}

const status = (
  code: number,
  body: string | { error: string | { message: string; type: string } } = '',
  headers = {},
): Reply => ({
  http: { status: code, body: typeof body === 'string' ? body : { ...body }, headers },
});

const notThere = status(404, { error: { message: "model 'm' not found", type: 'not_found_error' } });

/** A closed port. */
const closedPort = (): string => 'http://127.0.0.1:1/v1';

/** Failures before the first content. */
const beforeFirstWord: readonly WireFailure[] = [
  { what: 'a refused connection', code: 'connection-failed', endpoint: closedPort },
  { what: 'a name that does not exist', code: 'connection-failed', endpoint: () => 'http://no-such-host.invalid/v1' },
  { what: 'no TLS where it is wanted', code: 'connection-failed', endpoint: (url) => url.replace('http:', 'https:') },
  { what: 'a reset connection', code: 'connection-failed', reply: { http: { reset: true } } },
  {
    what: 'a model that is not there',
    code: 'model-not-found',
    reply: notThere,
  },
  { what: '401', code: 'authentication-failed', reply: status(401, { error: 'unauthorized' }) },
  { what: '402', code: 'billing', reply: status(402, { error: 'payment required' }) },
  { what: '429', code: 'rate-limited', reply: status(429, '', { 'retry-after': '1800' }) },
  {
    what: '503',
    code: 'overloaded',
    reply: status(503, { error: 'server busy, please try again.  maximum pending requests exceeded' }),
  },
  { what: '500', code: 'server-error', reply: status(500, { error: 'llama runner process has terminated' }) },
  {
    what: 'tools that are not supported',
    code: 'unsupported',
    reply: status(400, {
      error: { message: 'registry.ollama.ai/library/m does not support tools', type: 'api_error' },
    }),
  },
  {
    what: 'a prompt that is too long',
    code: 'context-length-exceeded',
    reply: status(400, {
      error: { message: 'the input length exceeds the context length', type: 'invalid_request_error' },
    }),
  },
  {
    what: 'a request that is wrong',
    code: 'invalid-request',
    reply: status(400, { error: { message: 'invalid temperature', type: 'invalid_request_error' } }),
  },
  { what: 'an empty answer', code: 'invalid-response', reply: { steps: [] } },
  {
    what: 'a page of HTML',
    code: 'invalid-response',
    reply: status(200, '<html>Welcome</html>', { 'content-type': 'text/html' }),
  },
  { what: 'silence', code: 'timeout', reply: { http: { headersAfter: true } }, timeouts: () => ({ firstEventMs: 40 }) },
];

/** Failures after the first content. A whole answer has no content by then. */
const afterFirstWord: readonly WireFailure[] = [
  { what: 'a cut', code: 'connection-failed', reply: [{ text: 'Hal' }, { cut: true }] },
  {
    what: 'an end without an end',
    code: 'invalid-response',
    reply: [{ text: 'Hal' }, { end: true }],
  },
  {
    what: 'an error',
    code: 'server-error',
    reply: [{ text: 'Hal' }, { error: 'llama runner process no longer running' }],
  },
  {
    what: 'silence',
    code: 'timeout',
    reply: [{ text: 'Hal' }, { stall: true }],
    timeouts: ({ streaming }) => (streaming ? { idleMs: 40 } : { firstEventMs: 40 }),
  },
];

const positions = [
  ['first', 0],
  ['middle', 1],
  ['last', 2],
] as const;
const transports = [
  ['streamed', true],
  ['whole', false],
] as const;

function planOf(models: readonly CatalogModel[], input: Partial<PlanInput> = {}): Plan {
  const [primary, ...fallbacks] = models.map(({ ref }) => ref);
  return planCandidates({ catalog: createModelCatalog(models), primary, fallbacks, ...input });
}

/** The candidate at one position fails; those before it are down; those after it answer. */
async function play(failure: WireFailure, { position, streaming }: { position: number; streaming: boolean }) {
  const { simulators } = candidates;
  const models = candidates.models.map((model, index) =>
    index === position && failure.endpoint !== undefined
      ? { ...model, endpoint: failure.endpoint(model.endpoint) }
      : model,
  );
  simulators.forEach((simulator, index) => {
    if (index < position) simulator.enqueue(notThere);
    else if (index > position) simulator.enqueue('Hello.');
    else if (failure.reply !== undefined) simulator.enqueue(failure.reply);
  });
  const ask = candidates.ask({
    streaming,
    timeouts: { [`p${position}/m`]: failure.timeouts?.({ streaming }) ?? {} },
  });
  return collectEvents(streamWithFallback({ plan: planOf(models), ask, retry: { maxRetries: 0 } }));
}

describe.each(transports)('%s', (_transport, streaming) => {
  describe.each(positions)('at the %s candidate', (_position, position) => {
    const before = ['p0/m', 'p1/m', 'p2/m'].slice(0, position);
    const absent = before.map((failed) => ({
      type: 'fallback',
      failed: { model: failed, outcome: 'model-not-found' },
    }));
    const own = `p${position}/m`;
    const next = `p${position + 1}/m`;
    const answerOfNext = [{ type: 'start', model: next }, { type: 'text-delta', text: 'Hello.' }, { type: 'finish' }];

    test.each(beforeFirstWord)('$what before the first word', async (failure) => {
      const events = await play(failure, { position, streaming });

      const goesOn = FALLBACK_POLICY[failure.code].next === 'candidate' && position < 2;
      const failed = { model: own, outcome: failure.code, message: expect.stringMatching(/./) };
      const attempts = [...absent.map((event) => event.failed), failed];
      expect(candidates.asked()).toEqual([...before, own, ...(goesOn ? [next] : [])]);
      expect(events).toMatchObject([
        ...absent,
        ...(goesOn ? [{ type: 'fallback', failed, next }, ...answerOfNext] : [{ type: 'error', error: { attempts } }]),
      ]);
    });

    test.each(afterFirstWord)('$what after the first word', async (failure) => {
      const events = await play(failure, { position, streaming });

      const { code } = failure;
      // A whole answer starts when it is complete.
      const goesOn = !streaming && position < 2;
      const brokenAnswer = [
        { type: 'start', model: own },
        { type: 'text-delta', text: 'Hal' },
        { type: 'error', error: { code } },
      ];
      const noAnswer = goesOn
        ? [{ type: 'fallback', failed: { model: own, outcome: code } }, ...answerOfNext]
        : [{ type: 'error' }];
      expect(candidates.asked()).toEqual([...before, own, ...(goesOn ? [next] : [])]);
      expect(events).toMatchObject([...absent, ...(streaming ? brokenAnswer : noAnswer)]);
    });
  });
});

test('seventeen servers of which sixteen fail in different ways: the last one answers', async () => {
  const many = await startCandidates(17);
  const failures = beforeFirstWord.filter(({ code }) => FALLBACK_POLICY[code].next === 'candidate');
  try {
    const models = many.models.map((model, index) => {
      const endpoint = failures[index]?.endpoint;
      return endpoint === undefined ? model : { ...model, endpoint: endpoint(model.endpoint) };
    });
    many.simulators.forEach((simulator, index) => {
      const reply =
        failures[index]?.reply ?? (index < 16 ? status(500 + index, { error: `Failure ${index}.` }) : 'Hello.');
      simulator.enqueue(reply);
    });
    const timeouts = Object.fromEntries(
      failures.map((failure, index) => [`p${index}/m`, failure.timeouts?.({ streaming: true }) ?? {}]),
    );

    const message = await collectMessage(streamWithFallback({ plan: planOf(models), ask: many.ask({ timeouts }) }));

    expect(message).toMatchObject({ model: 'p16/m', text: 'Hello.' });
    expect(many.asked()).toEqual(models.map(({ ref }) => ref));
    expect(message.attempts.slice(0, failures.length).map(({ outcome }) => outcome)).toEqual(
      failures.map(({ code }) => code),
    );
  } finally {
    await many.close();
  }
});

test('a server that comes back is used again within one probe, and asked once by two hundred requests', async () => {
  const { simulators, models } = candidates;
  const [primary] = simulators;
  let time = 0;
  const circuits = createCircuitBreaker({ now: () => time });
  const pair = models.slice(0, 2);
  const request = () =>
    collectMessage(
      streamWithFallback({ plan: planOf(pair, { circuits: circuits.status() }), ask: candidates.ask(), circuits }),
    );
  await primary?.stopListening();
  expect((await request()).model).toBe('p1/m');
  expect((await request()).attempts).toMatchObject([{ outcome: 'skipped' }, { outcome: 'ok' }]);
  await primary?.listen();
  time += 30_000;
  candidates.clear();

  const messages = await Promise.all(Array.from({ length: 200 }, request));

  expect(candidates.asked().filter((ref) => ref === 'p0/m')).toHaveLength(1);
  expect(messages.filter(({ model }) => model === 'p0/m')).toHaveLength(1);
  expect((await request()).model).toBe('p0/m');
  expect(circuits.status()).toEqual([]);
});

test('a caller that ends the loop closes the connection, and no other candidate is tried', async () => {
  const [first] = candidates.simulators;
  first?.enqueue([{ text: 'Hal' }, { stall: true }]);
  const caller = new AbortController();

  for await (const event of streamWithFallback(
    { plan: planOf(candidates.models), ask: candidates.ask() },
    { signal: caller.signal },
  )) {
    if (event.type === 'text-delta') caller.abort();
  }

  await first?.journal.waitForClientLeft();
  await first?.journal.waitUntilIdle();
  expect(candidates.asked()).toEqual(['p0/m']);
});

test('a model that is being loaded is loaded to the end while the next one answers', async () => {
  const [first, second] = candidates.simulators;
  const load = Promise.withResolvers<void>();
  first?.enqueue({ steps: [{ text: 'Here at last.' }], load: load.promise });
  second?.enqueue('Meanwhile.');

  const clock = createManualClock();
  const asked = Promise.withResolvers<void>();

  const answer = collectMessage(
    streamWithFallback({
      plan: planOf(candidates.models.slice(0, 2)),
      ask: candidates.ask(),
      now: clock.now,
      schedule: clock.schedule,
      firstEventLimitMs: () => 60,
      async isLoading() {
        asked.resolve();
        return first?.journal.entries.at(-1)?.phase === 'loading';
      },
    }),
  );
  await first?.journal.waitFor(({ phase }) => phase === 'loading');
  await clock.advanceAsync(30);
  await asked.promise;
  await clock.advanceAsync(30);
  const message = await answer;

  expect(message).toMatchObject({
    model: 'p1/m',
    attempts: [{ outcome: 'timeout', message: expect.stringContaining('loading') }, {}],
  });
  expect(first?.journal.inFlight).toBe(1);
  load.resolve();
  await first?.journal.waitUntilIdle();
  expect(first?.journal.entries.at(-1)).not.toHaveProperty('loadAborted');
});

test('when all fail the error names every URL and cause', async () => {
  const { simulators, models } = candidates;
  simulators[1]?.enqueue(notThere);
  const broken = [{ ...models[0]!, endpoint: closedPort() }, models[1]!];
  const commands = { start: 'ollama serve', pull: 'ollama pull' };
  const catalog = createModelCatalog(broken, { providers: ['p0', 'p1'].map((id) => ({ id, commands })) });
  const plan = planCandidates({ catalog, primary: 'p0/m', fallbacks: ['p1/m'] });

  const failure: unknown = await collectMessage(streamWithFallback({ plan, ask: candidates.ask() })).catch(
    (error: unknown) => error,
  );

  expect(failure).toBeInstanceOf(AllCandidatesFailedError);
  expect(String(failure)).toMatch(/http:\/\/127\.0\.0\.1:1\/v1.*refused.*\n.*not found/s);
});
