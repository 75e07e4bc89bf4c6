import { hasRedisServer, startRedisServer } from '@openclaw/test-support';
import type { RedisServer } from '@openclaw/test-support';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ClusterStoreError, connectClusterStore } from './index.ts';
import type { ClusterStatus, ClusterStore, ClusterStoreOptions } from './index.ts';
import { until } from '../test/until.ts';

const HOST = 'http://gpu-1:11434';

/** No operation takes so long, however busy the machine is. */
const PATIENT = { timeoutMs: 20_000, leaseMs: 60_000 };

describe.skipIf(!hasRedisServer())('a cluster on a real Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedisServer();
  });
  afterAll(() => redis.close());
  beforeEach(() => {
    redis.command('FLUSHALL');
  });

  async function connect(gatewayId: string, options: Partial<ClusterStoreOptions> = {}): Promise<ClusterStore> {
    const store = await connectClusterStore({ url: redis.url, gatewayId, ...PATIENT, beatMs: 50, ...options });
    onTestFinished(() => store.close());
    await until(() => store.status().state === 'joined');
    return store;
  }

  /** The key of the only endpoint. */
  function permitsKey(): string {
    return redis.command('KEYS', '*permits*').trim();
  }

  /**
   * Gateways that know each other, and go on doing so: on a busy machine, one that beats every 50 ms misses five beats,
   * and the share of the other grows.
   */
  async function connectAll(
    ids: readonly string[],
    options: Partial<ClusterStoreOptions> = {},
  ): Promise<ClusterStore[]> {
    const stores = await Promise.all(ids.map((id) => connect(id, { beatMs: 2_000, ...options })));
    await until(() => stores.every((store) => store.status().members.length === ids.length));
    settleEpoch();
    return stores;
  }

  /** All gateways have reported their permits: a gateway may take more than its share. */
  function settleEpoch(): void {
    redis.command('HSET', '{openclaw}:epoch', 'settled', '0');
  }

  test('many requests of three gateways never exceed a limit, and all of them are served', async () => {
    const stores = await connectAll(['a', 'b', 'c']);
    let running = 0;
    let most = 0;
    let served = 0;
    await Promise.all(
      stores.flatMap((store) =>
        Array.from({ length: 200 }, async () => {
          const release = await store.permits.acquire(HOST, { cap: 4 });
          most = Math.max(most, ++running);
          await new Promise((resolve) => setImmediate(resolve));
          running--;
          served++;
          release();
        }),
      ),
    );
    expect(served).toBe(600);
    expect(most).toBeLessThanOrEqual(4);
    expect(stores.map((store) => store.status().permits)).toEqual(Array(3).fill({ held: 0, waiting: 0 }));
  });

  test('a gateway that waits gets its share before another gets more than its own', async () => {
    const [a, b] = await connectAll(['a', 'b']);
    const held = await acquireMany(a, 4);
    const [forB1, forB2] = [acquireOne(b), acquireOne(b)];
    const forA = acquireOne(a);
    await until(() => b?.status().permits.waiting === 2 && a?.status().permits.waiting === 1);
    await until(() => redis.command('HGET', permitsKey(), 'b').includes(' 0 2 '));
    held[0]?.();
    held[1]?.();
    await Promise.all([forB1, forB2]);
    expect(a?.status().permits).toEqual({ held: 2, waiting: 1 });
    held[2]?.();
    await forA;
  });

  test('a cancelled request leaves the queue, and its permit goes to the next', async () => {
    const [a, b] = await connectAll(['a', 'b']);
    const [release] = await acquireMany(a, 1, 1);
    const controller = new AbortController();
    const cancelled = b?.permits.acquire(HOST, { cap: 1, signal: controller.signal });
    const next = b?.permits.acquire(HOST, { cap: 1 });
    controller.abort(new Error('The client left.'));
    await expect(cancelled).rejects.toThrow('The client left.');
    release?.();
    release?.();
    (await next)?.();
    await expect(b?.permits.acquire(HOST, { cap: 1, signal: controller.signal })).rejects.toThrow('The client left.');
  });

  test('the permits of a gateway that died are free after their lease, by the clock of the server', async () => {
    const store = await connect('a');
    const first = await store.permits.acquire(HOST, { cap: 2 });
    const [seconds] = redis.command('TIME').split('\n');
    redis.command('HSET', permitsKey(), 'dead', `1 1 0 1 ${Number(seconds) * 1000 + 1500}`);
    const second = await store.permits.acquire(HOST, { cap: 2 });
    expect(redis.command('HKEYS', permitsKey()).trim()).toBe('a');
    first();
    second();
  });

  test('a report that arrives late changes nothing', async () => {
    const store = await connect('a');
    const release = await store.permits.acquire(HOST, { cap: 5 });
    const key = permitsKey();
    const before = redis.command('HGET', key, 'a');
    redis.command('SCRIPT', 'FLUSH');
    const { SYNC_PERMITS } = await import('./scripts.ts');
    const late = ['a', '1', '5', '0', '5', '5', '10000', '5000', '5000', 'channel', 'endpoint'];
    expect(redis.command('EVAL', SYNC_PERMITS.lua, '2', key, '{openclaw}:epoch', ...late).trim()).toBe('0');
    expect(redis.command('HGET', key, 'a')).toBe(before);
    release();
  });

  test('after SCRIPT FLUSH it goes on', async () => {
    const store = await connect('a');
    redis.command('SCRIPT', 'FLUSH');
    (await store.permits.acquire(HOST, { cap: 1 }))();
    expect(store.status().state).toBe('joined');
  });

  test('after FLUSHALL no gateway takes more than its share, and all permits are known again', async () => {
    const [a, b] = await connectAll(['a', 'b'], { beatMs: 400 });
    const held = await acquireMany(a, 3);
    redis.command('FLUSHALL');
    const forB = [acquireOne(b), acquireOne(b), acquireOne(b)];
    await until(() => (b?.status().permits.held ?? 0) > 0 && redis.command('HLEN', permitsKey()).trim() === '2');
    // Its share of 4 is 2, even while the store does not know the 3 of the other.
    expect(b?.status().permits.held).toBeLessThanOrEqual(2);
    held.forEach((release) => release());
    await Promise.all(forB);
  });

  test('a store that is gone is noticed once, each gateway goes on with its share, and joins again', async () => {
    const changes: ClusterStatus[] = [];
    const [a, b] = await connectAll(['a', 'b'], { onChange: (status) => changes.push(status) });
    changes.length = 0;
    const held = await acquireMany(a, 1);
    onTestFinished(() => redis.start());
    await redis.stop();
    const more = Array.from({ length: 3 }, () => acquireOne(a));
    await until(() => a?.status().state === 'alone' && b?.status().state === 'alone');
    await more[0];
    expect(a?.status()).toMatchObject({ permits: { held: 2, waiting: 2 }, members: ['a', 'b'] });
    expect(a?.status().reason).toContain('Cannot reach the store at 127.0.0.1');
    await redis.start();
    await until(() => a?.status().state === 'joined' && b?.status().state === 'joined');
    settleEpoch();
    held.forEach((release) => release());
    await Promise.all(more);
    expect(changes.map(({ gatewayId, state }) => `${gatewayId} ${state}`).toSorted()).toEqual([
      'a alone',
      'a joined',
      'b alone',
      'b joined',
    ]);
  });

  test('a store that hangs delays no request for longer than the limit', async () => {
    const store = await connect('a', { timeoutMs: 50 });
    redis.pause();
    try {
      const releases = await acquireMany(store, 4);
      expect(store.status().state).toBe('alone');
      expect(store.status().reason).toContain('did not answer within 50 ms');
      expect(await store.counters.add('client', { amount: 1, windowMs: 60_000 })).toBeUndefined();
      expect(await store.affinity.find('session', { endpoints: [HOST] })).toBeUndefined();
      releases.forEach((release) => release());
    } finally {
      redis.resume();
    }
    await until(() => store.status().state === 'joined');
    await until(() => permitsKey() === '');
  });

  test('members are listed, and a gateway that closes is gone at once', async () => {
    const [a, b] = await connectAll(['a', 'b']);
    expect(a?.status().members).toEqual(['a', 'b']);
    await b?.close();
    await until(() => a?.status().members.length === 1);
  });

  test('counters count in all gateways up to their limit', async () => {
    const [a, b] = await connectAll(['a', 'b']);
    const DAY = 86_400_000;
    expect(await a?.counters.add('client', { amount: 3, windowMs: DAY })).toMatchObject({ added: true, count: 3 });
    expect(await b?.counters.add('client', { amount: 2, windowMs: DAY, limit: 5 })).toMatchObject({ count: 5 });
    const refused = await a?.counters.add('client', { amount: 1, windowMs: DAY, limit: 5 });
    expect(refused).toMatchObject({ added: false, count: 5 });
    expect(refused?.resetsInMs).toBeGreaterThan(0);
    expect(refused?.resetsInMs).toBeLessThanOrEqual(DAY);
    expect(await a?.counters.add('other', { amount: 0, windowMs: DAY })).toMatchObject({ count: 0 });
  });

  test('affinity is remembered for all gateways', async () => {
    const [a, b] = await connectAll(['a', 'b']);
    a?.affinity.remember('session-1', { endpoint: HOST, ttlMs: 60_000 });
    const endpoints = ['http://gpu-2:11434', HOST];
    await until(async () => (await b?.affinity.find('session-1', { endpoints })) === HOST);
    expect(await b?.affinity.find('session-2', { endpoints })).toBeUndefined();
  });

  test('the store holds no address, client or conversation', async () => {
    const store = await connect('a');
    const release = await store.permits.acquire('http://me:secret@gpu-1:11434', { cap: 1 });
    store.affinity.remember('my conversation', { endpoint: HOST, ttlMs: 60_000 });
    await store.counters.add('my client', { amount: 1, windowMs: 60_000 });
    await until(() => redis.command('KEYS', '*affinity*').trim() !== '');
    const keys = redis.command('KEYS', '*').trim().split('\n');
    const values = keys.map((key) => redis.command('HGETALL', key) + redis.command('GET', key));
    for (const secret of ['secret', 'gpu', '11434', 'conversation', 'my client'])
      expect(`${keys.join()} ${values.join()}`).not.toContain(secret);
    release();
  });
});

describe.skipIf(!hasRedisServer())('access to the store', () => {
  test('a wrong password is reported without the password', async () => {
    const redis = await startRedisServer({ args: ['--requirepass', 'right-secret'] });
    onTestFinished(() => redis.close());
    const connect = async (password: string, id: string) => {
      const url = `redis://:${password}@127.0.0.1:${redis.port}`;
      const store = await connectClusterStore({ url, gatewayId: id, timeoutMs: 20_000 });
      onTestFinished(() => store.close());
      return store;
    };
    const refused = await connect('wrong-secret', 'a');
    await until(() => refused.status().reason?.includes('WRONGPASS') === true);
    expect(JSON.stringify(refused.status())).not.toContain('secret');
    const admitted = await connect('right-secret', 'b');
    await until(() => admitted.status().state === 'joined');
  });

  test('an address of another kind is refused, without repeating it', async () => {
    for (const url of ['http://me:secret@host', 'redis://', 'host:6379', 'secret'])
      await expect(connectClusterStore({ url, gatewayId: 'a' })).rejects.toSatisfy(
        (error) =>
          error instanceof ClusterStoreError && error.code === 'invalid-url' && !error.message.includes('secret'),
      );
  });
});

async function acquireOne(store: ClusterStore | undefined, cap = 4): Promise<() => void> {
  if (store === undefined) throw new Error('There is no such gateway.');
  return store.permits.acquire(HOST, { cap });
}

async function acquireMany(store: ClusterStore | undefined, count: number, cap = 4): Promise<(() => void)[]> {
  return Promise.all(Array.from({ length: count }, () => acquireOne(store, cap)));
}
