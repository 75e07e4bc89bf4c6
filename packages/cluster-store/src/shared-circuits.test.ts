import { createCircuitBreaker } from '@openclaw/model-selection';
import type { CircuitBreaker } from '@openclaw/model-selection';
import { ProviderError } from '@openclaw/provider';
import { hasRedisServer, startRedisServer } from '@openclaw/test-support';
import type { RedisServer } from '@openclaw/test-support';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { connectClusterStore } from './index.ts';
import type { ClusterStore } from './index.ts';
import { until } from '../test/until.ts';

const TARGET = { endpoint: 'http://gpu-1:11434', ref: 'ollama/qwen3:8b' };
const REFUSED = new ProviderError('connection-failed', 'Cannot reach http://gpu-1:11434 with the key sk-secret.');

describe.skipIf(!hasRedisServer())('circuits on a real Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedisServer();
  });
  afterAll(() => redis.close());
  beforeEach(() => {
    redis.command('FLUSHALL');
  });

  /** A gateway whose clock starts anywhere, and stands still until `advance`. */
  async function connect(gatewayId: string, { startsAt = 0, timeoutMs = 20_000 } = {}): Promise<Gateway> {
    let time = startsAt;
    const now = () => time;
    const store = await connectClusterStore({ url: redis.url, gatewayId, now, timeoutMs, beatMs: 50 });
    onTestFinished(() => store.close());
    await until(() => store.status().state === 'joined');
    const breaker = createCircuitBreaker({ now, store: store.circuits });
    return { store, breaker, advance: (ms) => (time += ms) };
  }

  test('a failure opens the circuit for all gateways, and a success closes it', async () => {
    const a = await connect('a', { startsAt: 1_000_000 });
    const b = await connect('b', { startsAt: 5 });
    a.breaker.tryAcquire(TARGET)?.fail(REFUSED);
    await until(() => b.breaker.tryAcquire(TARGET) === undefined);
    const [status] = b.breaker.status();
    expect(status).toMatchObject({
      scope: 'endpoint',
      endpoint: TARGET.endpoint,
      state: 'open',
      failures: 1,
      code: 'connection-failed',
      message: 'Another gateway reported connection-failed.',
    });
    // The time until the retry is that of the other gateway, although their clocks differ.
    expect(status?.retryInMs).toBeGreaterThan(0);
    expect(status?.retryInMs).toBeLessThanOrEqual(30_000);
    b.breaker.forceAcquire(TARGET).succeed();
    await until(() => a.breaker.status().length === 0);
    expect(redis.command('HLEN', '{openclaw}:circuits').trim()).toBe('0');
  });

  test('one gateway probes', async () => {
    const a = await connect('a');
    const b = await connect('b');
    a.breaker.tryAcquire(TARGET)?.fail(REFUSED);
    await until(() => b.breaker.tryAcquire(TARGET) === undefined);
    a.advance(31_000);
    b.advance(31_000);
    // Both claim at the same time: neither has heard of the other.
    const claims = [a, b].map(({ breaker }) => breaker.tryAcquire(TARGET));
    expect(claims.map((permit) => permit?.probe)).toEqual([true, true]);
    const confirmed = await Promise.all([a, b].map(({ store }) => store.circuits.confirmProbe(TARGET.endpoint)));
    expect(confirmed.filter((one) => one)).toHaveLength(1);
    const loser = confirmed[0] === true ? b : a;
    expect(loser.breaker.status()).toMatchObject([{ state: 'probing' }]);
  });

  test('a gateway that starts later learns what is open', async () => {
    const a = await connect('a');
    a.breaker.tryAcquire(TARGET)?.fail(REFUSED);
    await until(() => redis.command('HLEN', '{openclaw}:circuits').trim() === '1');
    const b = await connect('b');
    await until(() => b.breaker.tryAcquire(TARGET) === undefined);
  });

  test('after FLUSHALL the circuits are there again', async () => {
    const a = await connect('a');
    a.breaker.tryAcquire(TARGET)?.fail(REFUSED);
    await until(() => redis.command('HLEN', '{openclaw}:circuits').trim() === '1');
    redis.command('FLUSHALL');
    await until(() => redis.command('HLEN', '{openclaw}:circuits').trim() === '1');
    expect(a.breaker.status()).toHaveLength(1);
  });

  test('changes while the store is gone are sent when it is back', async () => {
    const a = await connect('a');
    const b = await connect('b');
    await redis.stop();
    a.breaker.tryAcquire(TARGET)?.fail(REFUSED);
    expect(a.breaker.tryAcquire(TARGET)).toBeUndefined();
    await until(() => a.store.status().state === 'alone');
    await redis.start();
    await until(() => b.breaker.tryAcquire(TARGET) === undefined);
    expect(a.breaker.status()).toHaveLength(1);
  });

  test('a circuit that was closed while a gateway was cut off is not opened again by it', async () => {
    const a = await connect('a', { timeoutMs: 50 });
    const b = await connect('b');
    a.breaker.tryAcquire(TARGET)?.fail(REFUSED);
    await until(() => b.breaker.tryAcquire(TARGET) === undefined);
    redis.pause();
    await until(() => a.store.status().state === 'alone');
    redis.resume();
    redis.command('DEL', '{openclaw}:circuits');
    await until(() => a.store.status().state === 'joined' && a.breaker.status().length === 0);
    expect(redis.command('HLEN', '{openclaw}:circuits').trim()).toBe('0');
  });

  test('the store holds neither the address nor the message', async () => {
    const a = await connect('a');
    a.breaker.tryAcquire(TARGET)?.fail(REFUSED);
    await until(() => redis.command('HLEN', '{openclaw}:circuits').trim() === '1');
    const stored = redis.command('HGETALL', '{openclaw}:circuits');
    for (const secret of ['gpu', 'qwen', 'secret']) expect(stored).not.toContain(secret);
  });
});

interface Gateway {
  readonly store: ClusterStore;
  readonly breaker: CircuitBreaker;
  readonly advance: (ms: number) => void;
}
