import { ProviderError } from '@openclaw/provider';
import type { ProviderErrorCode } from '@openclaw/provider';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { CircuitBreaker, CircuitBreakerOptions } from './circuit-breaker.ts';
import { createMemoryCircuitStore } from './circuit-store.ts';

const endpoint = 'http://one.test/v1';
const first = { endpoint, ref: 'one/first' };
const second = { endpoint, ref: 'one/second' };
const elsewhere = { endpoint: 'http://two.test/v1', ref: 'two/first' };
const refused = new ProviderError('connection-failed', 'Connection refused.', { connection: 'refused' });
const broken = new ProviderError('server-error', 'It broke.');

function start(options: CircuitBreakerOptions = {}) {
  let time = 1_000_000;
  const circuits = createCircuitBreaker({ now: () => time, random: () => 0, ...options });
  return { circuits, advance: (ms: number) => void (time += ms) };
}

function fail(circuits: CircuitBreaker, target = first, error = broken): void {
  circuits.forceAcquire(target).fail(error);
}

describe('what opens', () => {
  test('a connection failure opens the circuit of every model of the endpoint, and of no other', () => {
    const { circuits } = start();

    fail(circuits, first, refused);

    expect(circuits.tryAcquire(first)).toBeUndefined();
    expect(circuits.tryAcquire(second)).toBeUndefined();
    expect(circuits.tryAcquire(elsewhere)).toMatchObject({ probe: false });
    expect(circuits.status()).toEqual([
      {
        scope: 'endpoint',
        endpoint,
        state: 'open',
        failures: 1,
        code: 'connection-failed',
        message: 'Connection refused.',
        openedAt: 1_000_000,
        retryInMs: 2_000,
      },
    ]);
  });

  test('any other failure opens the circuit of that model alone', () => {
    const { circuits } = start();

    fail(circuits);

    expect(circuits.tryAcquire(first)).toBeUndefined();
    expect(circuits.tryAcquire(second)).toBeDefined();
    expect(circuits.status()).toMatchObject([{ scope: 'model', model: 'one/first', state: 'open' }]);
  });

  test.each<ProviderErrorCode>(['aborted', 'invalid-request', 'context-length-exceeded', 'unsupported'])(
    '%s is no fault of the model and opens nothing',
    (code) => {
      const { circuits } = start();

      fail(circuits, first, new ProviderError(code, 'No.'));

      expect(circuits.status()).toEqual([]);
    },
  );

  test('an answer of any kind shows that the endpoint can be reached', () => {
    const { circuits } = start();
    fail(circuits, first, refused);

    fail(circuits, second, broken);

    expect(circuits.status()).toMatchObject([{ scope: 'model', model: 'one/second' }]);
  });
});

test.each([
  new ProviderError('connection-failed', 'Reset.', { connection: 'reset' }),
  new ProviderError('timeout', 'Silence.', { clock: 'first-event' }),
  new ProviderError('aborted', 'Left.'),
])('$code does not show that the endpoint can be reached', (error) => {
  const { circuits } = start();
  fail(circuits, first, refused);

  fail(circuits, second, error);

  expect(circuits.status()).toContainEqual(expect.objectContaining({ scope: 'endpoint', code: 'connection-failed' }));
});

describe('how long', () => {
  test('it stays open doubles with every probe that fails, up to 30 s', () => {
    const { circuits, advance } = start();
    const waits = [1, 2, 3, 4, 5, 6].map(() => {
      circuits.tryAcquire(first)?.fail(broken);
      const waitMs = circuits.status()[0]?.retryInMs ?? 0;
      advance(waitMs - 1);
      expect(circuits.tryAcquire(first)).toBeUndefined();
      advance(1);
      return waitMs;
    });

    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  test('it stays open at most is configurable, also while it is in use', () => {
    let maxBackoffMs = 3_000;
    const { circuits, advance } = start({ maxBackoffMs: () => maxBackoffMs });
    const waits = [3_000, 3_000, 60_000, 60_000].map((most) => {
      maxBackoffMs = most;
      circuits.tryAcquire(first)?.fail(broken);
      const waitMs = circuits.status()[0]?.retryInMs ?? 0;
      advance(waitMs);
      return waitMs;
    });

    expect(waits).toEqual([2_000, 3_000, 8_000, 16_000]);
  });

  test('it stays open is shorter by chance, by up to half', () => {
    const { circuits } = start({ random: () => 0.999_999 });

    fail(circuits);

    expect(circuits.status()[0]?.retryInMs).toBe(1_000);
  });

  test('it stays open is the longest backoff at once after a timeout, whose probe is slow', () => {
    const { circuits } = start();

    fail(circuits, first, new ProviderError('timeout', 'Silence.', { clock: 'first-event' }));

    expect(circuits.status()[0]?.retryInMs).toBe(30_000);
  });

  test.each([1, 20, 1_000])(
    'with a request every %i ms, a recovery is noticed within 30 s, and within twice the outage and 2 s',
    (betweenMs) => {
      const outages = fc.integer({ min: 1, max: 3_600_000 });
      const chances = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1 });
      fc.assert(
        fc.property(outages, chances, (outageMs, draws) => {
          let drawn = 0;
          const { circuits, advance } = start({ random: () => draws[drawn++ % draws.length]! });
          let elapsedMs = 0;
          while (elapsedMs < outageMs) {
            circuits.tryAcquire(first)?.fail(broken);
            const waitMs = Math.ceil(circuits.status()[0]!.retryInMs / betweenMs) * betweenMs;
            advance(waitMs);
            elapsedMs += waitMs;
          }

          expect(circuits.tryAcquire(first)).toMatchObject({ probe: true });
          expect(elapsedMs - outageMs).toBeLessThan(Math.min(30_000, 2 * outageMs + 2_000) + betweenMs);
        }),
      );
    },
  );

  test('failures of requests that were under way already do not lengthen it', () => {
    const { circuits } = start();
    const underWay = [1, 2, 3, 4, 5].map(() => circuits.forceAcquire(first));

    underWay.forEach((request) => request.fail(refused));

    expect(circuits.status()).toMatchObject([{ failures: 1, retryInMs: 2_000 }]);
  });

  test.each([
    [5_000, 5_000],
    [0, 0],
    [1_800_000, 300_000],
  ])('a server that asks for %i ms is tried again after %i ms', (retryAfterMs, waitMs) => {
    const { circuits } = start();

    fail(circuits, first, new ProviderError('rate-limited', 'Slow down.', { retryAfterMs }));

    expect(circuits.status()[0]?.retryInMs).toBe(waitMs);
  });

  test('it starts over once it has been closed', () => {
    const { circuits, advance } = start();
    fail(circuits);
    advance(30_000);
    circuits.tryAcquire(first)?.succeed();

    fail(circuits);

    expect(circuits.status()).toMatchObject([{ failures: 1, retryInMs: 2_000 }]);
  });
});

describe('a probe', () => {
  test('is one request of a thousand', () => {
    const { circuits, advance } = start();
    fail(circuits, first, refused);
    advance(30_000);

    const permits = Array.from({ length: 1000 }, () => circuits.tryAcquire(first));

    expect(permits.filter((given) => given !== undefined)).toMatchObject([{ probe: true }]);
    expect(circuits.status()).toMatchObject([{ state: 'probing', retryInMs: 0 }]);
  });

  test('that succeeds closes the circuit at once', () => {
    const { circuits, advance } = start();
    fail(circuits, first, refused);
    advance(30_000);

    circuits.tryAcquire(first)?.succeed();

    expect(circuits.status()).toEqual([]);
    expect(circuits.tryAcquire(second)).toMatchObject({ probe: false });
  });

  test('that was released is left to the next request', () => {
    const { circuits, advance } = start();
    fail(circuits);
    advance(30_000);

    circuits.tryAcquire(first)?.release();

    expect(circuits.tryAcquire(first)).toMatchObject({ probe: true });
  });

  test('that was the request’s own fault is left to the next request', () => {
    const { circuits, advance } = start();
    fail(circuits);
    advance(30_000);

    circuits.tryAcquire(first)?.fail(new ProviderError('invalid-request', 'No.'));

    expect(circuits.tryAcquire(first)).toMatchObject({ probe: true });
  });

  test('of an endpoint is given back when the model’s own circuit is open', () => {
    const { circuits, advance } = start();
    fail(circuits, first, new ProviderError('rate-limited', 'Slow down.', { retryAfterMs: 300_000 }));
    fail(circuits, second, refused);
    advance(30_000);

    expect(circuits.tryAcquire(first)).toBeUndefined();
    expect(circuits.tryAcquire(second)).toMatchObject({ probe: true });
  });

  test('that reaches the endpoint but not the model opens only the model', () => {
    const { circuits, advance } = start();
    fail(circuits, first, refused);
    advance(30_000);

    circuits.tryAcquire(first)?.fail(broken);

    expect(circuits.status()).toMatchObject([{ scope: 'model', model: 'one/first', failures: 1 }]);
    expect(circuits.tryAcquire(second)).toMatchObject({ probe: false });
  });

  test('whose process died is taken over after its lease', () => {
    let time = 0;
    const store = createMemoryCircuitStore();
    const options = { now: () => time, store, probeLeaseMs: 1000 };
    const [dying, living] = [createCircuitBreaker(options), createCircuitBreaker(options)];
    fail(dying);
    time = 30_000;
    dying.tryAcquire(first);

    expect(living.tryAcquire(first)).toBeUndefined();
    time += 1000;
    expect(living.tryAcquire(first)).toMatchObject({ probe: true });
  });

  test('of one breaker is seen by all that share its store', () => {
    const store = createMemoryCircuitStore();
    const [one, other] = [createCircuitBreaker({ store }), createCircuitBreaker({ store })];

    fail(one);

    expect(other.tryAcquire(first)).toBeUndefined();
  });
});

describe('a model that is loading', () => {
  const slow = new ProviderError('timeout', 'It is still loading.');

  test('is skipped by other requests until it answers', () => {
    const { circuits } = start();
    const permit = circuits.forceAcquire(first);
    permit.markLoading(slow);

    expect(circuits.tryAcquire(first)).toBeUndefined();
    expect(circuits.tryAcquire(second)).toBeDefined();
    expect(circuits.status()).toMatchObject([{ model: 'one/first', state: 'probing', failures: 0 }]);

    permit.succeed();
    expect(circuits.tryAcquire(first)).toMatchObject({ probe: false });
  });

  test('has not failed, so its release closes the circuit', () => {
    const { circuits } = start();
    const permit = circuits.forceAcquire(first);
    permit.markLoading(slow);

    permit.release();

    expect(circuits.status()).toEqual([]);
  });

  test('and fails after all has failed once', () => {
    const { circuits } = start();
    const permit = circuits.forceAcquire(first);
    permit.markLoading(slow);

    permit.fail(broken);

    expect(circuits.status()).toMatchObject([{ state: 'open', failures: 1, retryInMs: 2_000 }]);
  });

  test('keeps the failures that it had before', () => {
    const { circuits, advance } = start();
    fail(circuits);
    advance(30_000);
    const probe = circuits.tryAcquire(first);
    probe?.markLoading(slow);

    probe?.release();

    expect(circuits.status()).toMatchObject([{ state: 'probe-due', failures: 1 }]);
  });

  test('is claimed by one request at a time', () => {
    const { circuits } = start();
    const [one, other] = [circuits.forceAcquire(first), circuits.forceAcquire(first)];
    one?.markLoading(slow);
    other?.markLoading(slow);

    other?.release();
    expect(circuits.tryAcquire(first)).toBeUndefined();
    one?.release();
    expect(circuits.tryAcquire(first)).toBeDefined();
  });
});

test('the last candidate gets a permit although circuits are open', () => {
  const { circuits } = start();
  fail(circuits);

  const permit = circuits.forceAcquire(first);
  expect(permit.probe).toBe(false);
  permit.succeed();

  expect(circuits.status()).toEqual([]);
});

test('resets an endpoint with its models, and no other', () => {
  const breaker = createCircuitBreaker();
  for (const ref of ['a/1', 'b/2']) {
    const target = { endpoint: `http://${ref[0]}.test/v1`, ref };
    breaker.forceAcquire(target).fail(new ProviderError('connection-failed', 'Refused.'));
    breaker.forceAcquire(target).fail(new ProviderError('billing', 'No credit.'));
  }

  breaker.forget('http://a.test/v1');

  expect(breaker.status().every(({ endpoint }) => endpoint === 'http://b.test/v1')).toBe(true);
  expect(breaker.tryAcquire({ endpoint: 'http://a.test/v1', ref: 'a/1' })).toBeDefined();
  expect(breaker.tryAcquire({ endpoint: 'http://b.test/v1', ref: 'b/2' })).toBeUndefined();
});

test('keeps a bounded number of circuits and drops the oldest', () => {
  const circuits = createCircuitBreaker({ store: createMemoryCircuitStore({ maxRecords: 2 }) });

  for (const ref of ['a/1', 'a/2', 'a/3']) fail(circuits, { endpoint, ref });

  expect(circuits.status().map(({ model }) => model)).toEqual(['a/2', 'a/3']);
});

test('a wall clock that is set back leaves the wait of a circuit as it was', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: 1_000_000 });
  try {
    const circuits = createCircuitBreaker();
    circuits.tryAcquire(first)?.fail(broken);
    vi.advanceTimersByTime(30_000);
    vi.setSystemTime(0);

    expect(circuits.tryAcquire(first)).toMatchObject({ probe: true });
  } finally {
    vi.useRealTimers();
  }
});
