import assert from 'node:assert/strict';
import type { ProviderError, ProviderErrorCode } from '../provider-error.ts';
import type { StreamEvent } from '../stream-event.ts';
import { joinDeltas } from './collect-events.ts';
import type { ConformanceScenario } from './conformance-scenario.ts';
import type { ConformanceTest } from './conformance-test.ts';
import { playScenario } from './play-scenario.ts';
import type { ConformanceContext, PlayedServer } from './play-scenario.ts';

const STATUSES: readonly [NonNullable<ConformanceScenario['status']>, ProviderErrorCode][] = [
  [401, 'authentication-failed'],
  [404, 'model-not-found'],
  [429, 'rate-limited'],
  [500, 'server-error'],
  [503, 'overloaded'],
];

const HALF = { text: 'Half' };
const ENDINGS: readonly [string, ConformanceScenario, readonly ProviderErrorCode[]][] = [
  ['an answer with garbage in it', { steps: [HALF, { garbage: true }, { text: 'way' }] }, ['invalid-response']],
  ['an answer without its end', { steps: [HALF, { endEarly: true }] }, ['invalid-response']],
  ['an answer in which the server failed', { steps: [HALF, { fail: true }] }, ['server-error', 'invalid-response']],
  ['a connection that broke', { steps: [HALF, { cut: true }] }, ['connection-failed', 'invalid-response']],
];

/** What failures become. */
export function failureTests(context: ConformanceContext): readonly ConformanceTest[] {
  const play = (scenario: ConformanceScenario, check: (events: readonly StreamEvent[], server: PlayedServer) => void) =>
    playScenario(scenario, { ...context, test: async (server) => check(await server.answer(), server) });

  return [
    ...STATUSES.map(([status, code]) => ({
      title: `tells a status of ${status} as ${code}, and nothing else`,
      run: () =>
        play({ status }, (events) => {
          const error = onlyError(events);
          assert.equal(error.code, code);
          assert.equal(error.status, status);
        }),
    })),
    {
      title: 'hands on how long the server wants to be left alone',
      run: () =>
        play({ status: 429, retryAfterSeconds: 7 }, (events) => {
          assert.equal(onlyError(events).retryAfterMs, 7_000);
        }),
    },
    {
      title: 'names itself, the model and the URL in its errors',
      run: () =>
        play({ status: 500 }, (events, { provider, model }) => {
          const error = onlyError(events);
          assert.equal(error.provider, provider.id);
          assert.equal(error.model, model);
          for (const word of [provider.id, model, 'http']) assert.ok(error.message.includes(word), error.message);
        }),
    },
    ...ENDINGS.map(([title, scenario, codes]) => ({
      title: `does not take ${title} for a complete one`,
      run: () =>
        play(scenario, (events) => {
          const { error, text } = joinDeltas(events);
          assert.ok(error !== undefined && codes.includes(error.code), `failed with ${error?.code ?? 'no error'}`);
          assert.ok((context.streaming ? ['Half', 'Halfway'] : ['', 'Half']).includes(text), `said ${text}`);
        }),
    })),
  ];
}

function onlyError(events: readonly StreamEvent[]): ProviderError {
  const [event, ...rest] = events;
  assert.ok(event?.type === 'error', `the first event is ${event?.type}, not an error`);
  assert.deepEqual(rest, []);
  return event.error;
}
