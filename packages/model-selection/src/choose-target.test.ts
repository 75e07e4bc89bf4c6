import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseTarget } from './choose-target.ts';
import type { TargetChoice, TargetQuery } from './choose-target.ts';
import { expectedLoadMs, expectedWaitMs } from './endpoint-state.ts';
import type { EndpointState } from './endpoint-state.ts';

const loaded = { contextLength: 8192 };

function state(endpoint: string, facts: Partial<EndpointState> = {}): EndpointState {
  return { endpoint, weight: 1, circuit: 'closed', outstanding: 0, queued: 0, residency: 'known', ...facts };
}

interface Row {
  readonly title: string;
  readonly endpoints: readonly EndpointState[];
  readonly query?: Partial<TargetQuery>;
  readonly choice: TargetChoice | undefined;
}

const rows: readonly Row[] = [
  { title: 'has no choice without an endpoint', endpoints: [], choice: undefined },
  {
    title: 'takes the only endpoint, whatever its circuit',
    endpoints: [state('a', { circuit: 'open', outstanding: 9 })],
    choice: { endpoint: 'a', reason: 'only' },
  },
  {
    title: 'prefers a closed circuit to the loaded model',
    endpoints: [state('a', { circuit: 'open', loaded }), state('b')],
    choice: { endpoint: 'b', reason: 'load' },
  },
  {
    title: 'probes a half-open circuit',
    endpoints: [state('a', { loaded }), state('b', { circuit: 'half-open' })],
    query: { lastServed: 'a' },
    choice: { endpoint: 'b', reason: 'probe' },
  },
  {
    title: 'still chooses if all circuits are open',
    endpoints: [state('a', { circuit: 'open' }), state('b', { circuit: 'open', loaded })],
    choice: { endpoint: 'b', reason: 'last-resort' },
  },
  {
    title: 'prefers the endpoint that has the model loaded',
    endpoints: [state('a'), state('b', { loaded })],
    choice: { endpoint: 'b', reason: 'loaded' },
  },
  {
    title: 'does not count a model that is loaded with too small a context',
    endpoints: [state('a', { loaded }), state('b', { loaded: { contextLength: 32_768 } })],
    query: { neededContext: 16_384, lastServed: 'a' },
    choice: { endpoint: 'b', reason: 'loaded' },
  },
  {
    title: 'waits for a loaded endpoint while loading elsewhere takes longer',
    endpoints: [
      state('a', { loadMs: 5_000 }),
      state('b', { loaded, outstanding: 1, queued: 3, maxConcurrent: 1, busyMs: 1_000 }),
    ],
    choice: { endpoint: 'b', reason: 'loaded' },
  },
  {
    title: 'loads elsewhere as soon as that is faster',
    endpoints: [
      state('a', { loadMs: 5_000 }),
      state('b', { loaded, outstanding: 1, queued: 5, maxConcurrent: 1, busyMs: 1_000 }),
    ],
    query: { lastServed: 'b' },
    choice: { endpoint: 'a', reason: 'load' },
  },
  {
    title: 'joins a load that another request started',
    endpoints: [state('a', { loadMs: 5_000 }), state('b', { loadingMs: 2_000, outstanding: 1, maxConcurrent: 4 })],
    choice: { endpoint: 'b', reason: 'loaded' },
  },
  {
    title: 'loads where no model in use is displaced',
    endpoints: [
      state('a', { displacedIdleMs: 1_000 }),
      state('b', { displacedIdleMs: 600_000 }),
      state('c', { displacedIdleMs: 5_000 }),
    ],
    choice: { endpoint: 'b', reason: 'load' },
  },
  {
    title: 'prefers the endpoint that served the session',
    endpoints: [state('a', { loaded }), state('b', { loaded, outstanding: 1, maxConcurrent: 4 })],
    query: { lastServed: 'b' },
    choice: { endpoint: 'b', reason: 'affinity' },
  },
  {
    title: 'leaves the endpoint of the session if it is busy and another one is idle',
    endpoints: [
      state('a', { loaded }),
      state('b', { loaded, outstanding: 4, maxConcurrent: 4 }),
      state('c', { loaded, outstanding: 1, maxConcurrent: 4 }),
    ],
    query: { lastServed: 'b' },
    choice: { endpoint: 'a', reason: 'least-busy' },
  },
  {
    title: 'leaves the endpoint of the session if it has more than its share of the work',
    endpoints: [
      state('a', { loaded, outstanding: 1, maxConcurrent: 8 }),
      state('b', { loaded, outstanding: 6, maxConcurrent: 8 }),
    ],
    query: { lastServed: 'b' },
    choice: { endpoint: 'a', reason: 'least-busy' },
  },
  {
    title: 'gives the heavier endpoint more work',
    endpoints: [
      state('a', { loaded, outstanding: 2, maxConcurrent: 8 }),
      state('b', { loaded, outstanding: 3, maxConcurrent: 8, weight: 2 }),
    ],
    choice: { endpoint: 'b', reason: 'least-busy' },
  },
  {
    title: 'does not expect servers that tell nothing of their models to load',
    endpoints: [
      state('a', { residency: 'unknown', outstanding: 2 }),
      state('b', { residency: 'unknown', outstanding: 1 }),
    ],
    choice: { endpoint: 'b', reason: 'least-busy' },
  },
];

test.each(rows)('$title', ({ endpoints, query, choice }) => {
  expect(chooseTarget({ endpoints, random: () => 0, ...query })).toEqual(choice);
  expect(chooseTarget({ endpoints: endpoints.toReversed(), random: () => 0.99, ...query })).toEqual(choice);
});

test('spreads the sessions over equal endpoints, and each stays where it is when another endpoint is removed', () => {
  const endpoints = ['a', 'b', 'c', 'd'].map((name) => state(name, { loaded }));
  const place = (affinityKey: string, among: readonly EndpointState[]) =>
    chooseTarget({ endpoints: among, affinityKey, random: () => 0 })?.endpoint;
  const keys = Array.from({ length: 400 }, (_, index) => `session ${index}`);
  const before = keys.map((key) => place(key, endpoints));
  const after = keys.map((key) => place(key, endpoints.slice(0, 3)));
  for (const { endpoint } of endpoints) {
    expect(before.filter((one) => one === endpoint).length).toBeGreaterThan(60);
  }
  expect(keys.filter((_, index) => before[index] !== 'd' && before[index] !== after[index])).toEqual([]);
});

test('draws two of the equal endpoints and takes the one that is faster', () => {
  const endpoints = [
    state('slow', { loaded, outstanding: 1, maxConcurrent: 1, busyMs: 9_000 }),
    state('fast', { loaded, outstanding: 1, maxConcurrent: 1, busyMs: 1_000 }),
  ];
  const draws = [0, 0.5];
  expect(chooseTarget({ endpoints, random: () => draws.shift() ?? 0 })?.endpoint).toBe('fast');
});

const names = ['a', 'b', 'c', 'd', 'e'];
const states: fc.Arbitrary<EndpointState> = fc.record(
  {
    endpoint: fc.constant(''),
    weight: fc.constantFrom(0.5, 1, 2, 8),
    circuit: fc.constantFrom('closed', 'closed', 'half-open', 'open'),
    outstanding: fc.nat(6),
    queued: fc.nat(6),
    residency: fc.constantFrom('known', 'known', 'unknown'),
    maxConcurrent: fc.integer({ min: 1, max: 4 }),
    loaded: fc.constantFrom({}, { contextLength: 4096 }, { contextLength: 32_768 }),
    loadMs: fc.nat(60_000),
    busyMs: fc.nat(60_000),
    loadingMs: fc.nat(60_000),
    displacedIdleMs: fc.nat(600_000),
  },
  { requiredKeys: ['endpoint', 'weight', 'circuit', 'outstanding', 'queued', 'residency'] },
);
const queries: fc.Arbitrary<TargetQuery> = fc
  .record({
    endpoints: fc.array(states, { minLength: 1, maxLength: names.length }),
    affinityKey: fc.option(fc.string(), { nil: undefined }),
    lastServed: fc.option(fc.constantFrom(...names, 'gone'), { nil: undefined }),
    neededContext: fc.option(fc.constantFrom(2048, 8192), { nil: undefined }),
    draw: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  })
  .map(({ endpoints, affinityKey, lastServed, neededContext, draw }) => ({
    endpoints: endpoints.map((one, index) => ({ ...one, endpoint: names[index] ?? '' })),
    ...(affinityKey !== undefined && { affinityKey }),
    ...(lastServed !== undefined && { lastServed }),
    ...(neededContext !== undefined && { neededContext }),
    random: () => draw,
  }));

/** Whether a request would be answered without loading: the rule again, for the tests. */
function isReady({ loaded: model, loadingMs, residency }: EndpointState, neededContext = 0): boolean {
  if (model !== undefined) return (model.contextLength ?? Infinity) >= neededContext;
  return loadingMs !== undefined || residency === 'unknown';
}

describe('for every state of the endpoints', () => {
  function holds(rule: (chosen: EndpointState, query: TargetQuery, choice: TargetChoice) => boolean): void {
    fc.assert(
      fc.property(queries, (query) => {
        const choice = chooseTarget(query);
        const chosen = query.endpoints.find(({ endpoint }) => endpoint === choice?.endpoint);
        return chosen !== undefined && choice !== undefined && rule(chosen, query, choice);
      }),
      { numRuns: 500 },
    );
  }
  const rivals = (query: TargetQuery, { circuit }: EndpointState) =>
    query.endpoints.filter((other) => other.circuit === circuit);

  test('the choice is one of them, and the same for the same query', () => {
    holds((_, query, choice) => chooseTarget(query)?.endpoint === choice.endpoint);
  });

  test('an open circuit is only chosen if there is no other', () => {
    holds(({ circuit }, { endpoints }) => circuit !== 'open' || endpoints.every((other) => other.circuit === 'open'));
  });

  test('a request that could be answered without loading waits no longer than loading elsewhere takes', () => {
    holds((chosen, query, { reason }) => {
      if (reason === 'only' || reason === 'probe') return true;
      const cold = rivals(query, chosen).filter((other) => !isReady(other, query.neededContext));
      const limit = Math.min(...cold.map(expectedLoadMs));
      const suitable = rivals(query, chosen).filter(
        (other) => isReady(other, query.neededContext) && expectedWaitMs(other) <= limit,
      );
      return suitable.length === 0 ? cold.includes(chosen) : suitable.includes(chosen);
    });
  });

  test('a session does not stay where it would wait while another suitable endpoint is idle', () => {
    holds((chosen, query, { reason }) => {
      const { outstanding, queued, maxConcurrent = 1 } = chosen;
      if (reason !== 'affinity' || outstanding + queued < maxConcurrent) return true;
      const limit = Math.min(
        ...rivals(query, chosen)
          .filter((other) => !isReady(other, query.neededContext))
          .map(expectedLoadMs),
      );
      return !rivals(query, chosen).some(
        (other) =>
          isReady(other, query.neededContext) &&
          expectedWaitMs(other) <= limit &&
          other.outstanding + other.queued === 0,
      );
    });
  });

  test('the endpoint of a key does not depend on the order of the endpoints', () => {
    holds(
      (_, query, { endpoint, reason }) =>
        reason !== 'affinity' ||
        chooseTarget({ ...query, endpoints: query.endpoints.toReversed() })?.endpoint === endpoint,
    );
  });
});
