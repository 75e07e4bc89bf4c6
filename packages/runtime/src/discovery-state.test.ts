import { setImmediate } from 'node:timers/promises';
import { createMemoryDiscoveryCache } from '@openclaw/ollama-discovery';
import type { DiscoveryCache } from '@openclaw/ollama-discovery';
import { expect, onTestFinished, test } from 'vitest';
import { loadedConfig, providers, startSimulator } from '../test/start-runtime.ts';
import { createDiscoveryStates } from './discovery-state.ts';
import { providerSetups } from './provider-setup.ts';
import type { ProviderSetup } from './provider-setup.ts';

function setUp(baseUrl: string, entry: object = {}): ProviderSetup {
  const loaded = loadedConfig({ config: providers({ ollama: { baseUrl, discover: true, ...entry } }) });
  return providerSetups(loaded).setups[0]!;
}

function memory({ now = () => 0, ...given }: { now?: () => number } & Partial<DiscoveryCache> = {}) {
  const cache = { ...createMemoryDiscoveryCache(), ...given };
  const states = createDiscoveryStates({ fetch: globalThis.fetch, cache, now });
  onTestFinished(() => states.close());
  return states;
}

/** A server without models that responds only once the test lets it. */
async function silentServer() {
  const { promise: headersAfter, resolve: speak } = Promise.withResolvers<void>();
  const simulator = await startSimulator({ intercept: () => ({ http: { headersAfter, body: { models: [] } } }) });
  return { ...simulator, speak };
}

test('lets callers share one question', async () => {
  const { url, journal } = await startSimulator();
  const states = memory();
  const setup = setUp(url);
  const [one, other] = await Promise.all([states.ask(setup, { maxAgeMs: 0 }), states.ask(setup, { maxAgeMs: 0 })]);
  expect(one).toBe(other);
  expect(journal.of('/api/tags')).toHaveLength(1);
});

test('leaves with nothing when patience ends before the first answer, and remembers the answer when it comes', async () => {
  const { url, speak } = await silentServer();
  const states = memory();
  const setup = setUp(url);
  expect(await states.ask(setup, { maxAgeMs: 0, patienceMs: 1 })).toBeUndefined();
  const waiting = states.ask(setup, { maxAgeMs: 0 });
  speak();
  await waiting;
  expect(states.remembered(setup)).toMatchObject({ discovery: { models: [] } });
});

test('starts afresh for another address or key', async () => {
  const { url } = await startSimulator();
  const states = memory();
  await states.ask(setUp(url), { maxAgeMs: 0 });
  expect(states.remembered(setUp(url))).toBeDefined();
  expect(states.remembered(setUp(url, { apiKey: 'another' }))).toBeUndefined();
  expect(states.remembered(setUp('http://127.0.0.1:1'))).toBeUndefined();
});

test('forgets a server that is no longer configured, and keeps the others', async () => {
  const [one, other] = [await startSimulator(), await startSimulator()].map(({ url }) => setUp(url)) as [
    ProviderSetup,
    ProviderSetup,
  ];
  const states = memory();
  await Promise.all([states.ask(one, { maxAgeMs: 0 }), states.ask(other, { maxAgeMs: 0 })]);
  states.keepOnly([other]);
  expect(states.remembered(one)).toBeUndefined();
  expect(states.remembered(other)).toBeDefined();
});

test('remembers a failure as long as an answer', async () => {
  let time = 0;
  const { url, journal } = await startSimulator({ intercept: () => ({ http: { status: 500 } }) });
  const states = memory({ now: () => time });
  const setup = setUp(url);
  await states.ask(setup, { maxAgeMs: 5000 });
  time = 4999;
  expect(await states.ask(setup, { maxAgeMs: 5000 })).toMatchObject({ problem: { code: 'server-error' } });
  expect(journal.of('/api/tags')).toHaveLength(1);
  time = 5000;
  await states.ask(setup, { maxAgeMs: 5000 });
  expect(journal.of('/api/tags')).toHaveLength(2);
});

test('cancels running discoveries when it is closed', async () => {
  const { url, journal } = await silentServer();
  const states = memory();
  const asked = states.ask(setUp(url), { maxAgeMs: 0 });
  await journal.waitFor(({ path }) => path === '/api/tags');
  await states.close();
  expect(await asked).toMatchObject({ problem: { code: 'aborted' } });
});

test('waits until the cache is written when it is closed', async () => {
  const { url } = await startSimulator();
  const saving = Promise.withResolvers<void>();
  const saved = Promise.withResolvers<void>();
  const states = memory({ save: () => (saving.resolve(), saved.promise) });
  states.refresh(setUp(url), { maxAgeMs: 0 });
  await saving.promise;
  let isClosed = false;
  const closed = states.close().then(() => (isClosed = true));
  await setImmediate();
  expect(isClosed).toBe(false);
  saved.resolve();
  await closed;
});

test('is closed within about a second when the cache cannot be written', async () => {
  const { url } = await startSimulator();
  const saving = Promise.withResolvers<void>();
  const states = memory({ save: () => (saving.resolve(), new Promise(() => undefined)) });
  states.refresh(setUp(url), { maxAgeMs: 0 });
  await saving.promise;
  await states.close();
});
