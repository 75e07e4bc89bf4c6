import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasRedisServer, startRedisServer } from '@openclaw/test-support';
import type { RedisServer } from '@openclaw/test-support';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startCountingHost } from './counting-host.ts';
import type { CountingHost } from './counting-host.ts';
import { findUrl, readText, spawnGateway, waitFor } from './spawn-gateway.ts';

/** `OPENCLAW_TEST_CLUSTER_REQUESTS=10000` for the long run. */
const REQUESTS = Number(process.env['OPENCLAW_TEST_CLUSTER_REQUESTS'] ?? 600);
const LIMIT = 6;
const SHARE = 2;

/** Each gateway is a process of its own, and so is Redis. */
describe.skipIf(!hasRedisServer())('three gateways and a real Redis', { timeout: 120_000 + REQUESTS * 20 }, () => {
  test('never exceed a limit by the count of the host, whatever their clocks say', async () => {
    const { host, gateways } = await startCluster({ timeoutMs: 20_000, skewsMs: [0, -600_000, 600_000] });
    const failed = await askAll(gateways, REQUESTS);
    expect(failed).toEqual([]);
    expect(host.served()).toBe(REQUESTS);
    expect(host.most()).toBeLessThanOrEqual(LIMIT);
    const status = await (await fetch(`${gateways[0]?.url}/status`)).json();
    expect(status).toMatchObject({ cluster: { state: 'joined', permits: { held: 0, waiting: 0 } } });
    const metrics = await (await fetch(`${gateways[0]?.url}/metrics`)).text();
    expect(metrics).toContain('openclaw_cluster_joined 1\n');
    expect(metrics).toContain('openclaw_cluster_members 3\n');
  });

  test('free the permits of one that was killed', async () => {
    // A gateway that takes a busy store for lost goes on with its share, and the host never runs as many as it may.
    const { host, gateways } = await startCluster({ timeoutMs: 20_000 });
    const [victim, other] = gateways;
    host.hold(true);
    const lost = askAll([victim], LIMIT);
    await waitFor(() => (host.running() === LIMIT ? true : undefined));
    victim?.kill();
    expect(await lost).toHaveLength(LIMIT);
    host.hold(false);
    expect(await askAll([other], LIMIT)).toEqual([]);
  });

  test('lose no request while the store hangs, is emptied and starts again, and stay within their shares', async () => {
    // Slow enough that requests run during all of it.
    const { redis, host, gateways } = await startCluster({ replyMs: 60 });
    const all = askAll(gateways, REQUESTS);
    const servedMore = (part: number) => waitFor(() => (host.served() >= REQUESTS * part ? true : undefined));
    await servedMore(0.2);
    redis.pause();
    for (const gateway of gateways) {
      await waitFor(async () => (await readinessOf(gateway)).cluster.state === 'alone' || undefined);
    }
    // A gateway that is alone is ready all the same.
    expect(await readinessOf(gateways[0])).toMatchObject({ ready: true });
    // What a gateway had borrowed from idle ones runs to its end.
    await host.ended();
    host.resetMost();
    await servedMore(0.4);
    expect(host.most()).toBeLessThanOrEqual(gateways.length * SHARE);
    redis.resume();
    await servedMore(0.5);
    redis.command('FLUSHALL');
    await servedMore(0.6);
    await redis.stop();
    await servedMore(0.7);
    await redis.start();
    expect(await all).toEqual([]);
    expect(host.most()).toBeLessThanOrEqual(LIMIT + (gateways.length - 1) * SHARE);
    expect(host.served()).toBe(REQUESTS);
    await waitFor(async () => (await readinessOf(gateways[0])).cluster.state === 'joined' || undefined);
    expect(gateways[0]?.log()).toContain('going on alone');
    expect(gateways[0]?.log()).not.toContain('geheim');
  });
});

describe('the client of the store', () => {
  const NOTE_LOADING = `
    import { registerHooks } from 'node:module';
    import { writeFileSync } from 'node:fs';
    registerHooks({ resolve(name, context, next) {
      if (/cluster-store|ioredis/.test(name)) writeFileSync('loaded', name);
      return next(name, context);
    } });`;

  test('is loaded only if the configuration names a store', async () => {
    const script = (command: string) => `export NODE_OPTIONS='${importing(NOTE_LOADING)}'; exec ${command} 2>log`;
    const without = spawnGateway({ script });
    const url = 'redis://127.0.0.1:1';
    const withStore = spawnGateway({ script, config: { gateway: { cluster: { url } } } });
    for (const { folder } of [without, withStore]) await waitFor(() => findUrl(readText(join(folder, 'log'))));
    expect(existsSync(join(without.folder, 'loaded'))).toBe(false);
    expect(existsSync(join(withStore.folder, 'loaded'))).toBe(true);
  });
});

interface Readiness {
  readonly ready: boolean;
  readonly cluster: { readonly state: string };
}

async function readinessOf(gateway: RunningGateway | undefined): Promise<Readiness> {
  return (await (await fetch(`${gateway?.url}/readyz`)).json()) as Readiness;
}

interface RunningGateway {
  readonly url: string;
  readonly kill: () => void;
  readonly log: () => string;
}

/** Three gateways that know each other, in front of a host that may run `LIMIT` requests at a time. */
async function startCluster({
  timeoutMs = 100,
  replyMs = 5,
  skewsMs = [0, 0, 0],
}: { readonly timeoutMs?: number; readonly replyMs?: number; readonly skewsMs?: readonly number[] } = {}): Promise<{
  redis: RedisServer;
  host: CountingHost;
  gateways: readonly RunningGateway[];
}> {
  const redis = await startRedisServer({ args: ['--requirepass', 'geheim'] });
  onTestFinished(() => redis.close());
  const host = await startCountingHost({ replyMs });
  const url = redis.url.replace('//', '//:geheim@');
  const config = {
    gateway: { cluster: { url, timeoutMs } },
    models: {
      providers: { up: { baseUrl: host.baseUrl, apiKey: 'unused', maxConcurrent: LIMIT, models: [{ id: 'm' }] } },
    },
  };
  const started = skewsMs.map((skewMs) => {
    const skew = `const real = Date.now; Date.now = () => real() + ${skewMs};`;
    return spawnGateway({
      config,
      script: (command) => `export NODE_OPTIONS='${importing(skew)}'; exec ${command} 2>log`,
    });
  });
  const gateways = await Promise.all(
    started.map(async ({ child, folder }) => {
      const log = () => readText(join(folder, 'log'));
      return { url: await waitFor(() => findUrl(log())), kill: () => void child.kill('SIGKILL'), log };
    }),
  );
  for (const gateway of gateways) {
    await waitFor(async () => {
      const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
      return metrics.includes(`openclaw_cluster_members ${gateways.length}\n`) || undefined;
    });
  }
  return { redis, host, gateways };
}

/** Asks each gateway eight times at once until all requests are done. Returns what went wrong. */
async function askAll(gateways: readonly (RunningGateway | undefined)[], count: number): Promise<readonly string[]> {
  const failed: string[] = [];
  let asked = 0;
  const ask = async (gateway: RunningGateway | undefined): Promise<void> => {
    while (asked < count) {
      asked++;
      try {
        const response = await fetch(`${gateway?.url}/v1/chat/completions`, { method: 'POST', body: REQUEST });
        const text = await response.text();
        if (response.status !== 200) failed.push(`${response.status} ${text}`);
      } catch (error) {
        failed.push(String(error));
      }
    }
  };
  await Promise.all(gateways.flatMap((gateway) => Array.from({ length: 8 }, () => ask(gateway))));
  return failed;
}

const REQUEST = JSON.stringify({ model: 'up/m', messages: [{ role: 'user', content: 'Hi' }] });

function importing(module: string): string {
  return `--import=data:text/javascript,${encodeURIComponent(module).replaceAll("'", '%27')}`;
}
