import type { OllamaSimulator } from '@openclaw/ollama-simulator';
import { collectMessage } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { passTime, useManualTimers } from '../test/manual-timers.ts';
import {
  CHAT_PATH,
  env,
  failure,
  loadedConfig,
  primary,
  providers,
  say,
  startRuntime,
  startSimulator,
} from '../test/start-runtime.ts';

test('closes the connection to the model when the caller leaves in the middle of a wait', async () => {
  const simulator = await startSimulator({ reply: () => [{ stall: true }] });
  const runtime = startRuntime({ config: primary('ollama/llama3.3'), env: env(simulator.url) });
  const events = runtime.chat(say('hi'))[Symbol.asyncIterator]();
  const first = events.next();
  await simulator.journal.waitFor(({ path }) => path === CHAT_PATH);
  await events.return!();
  await first;
  expect(await simulator.journal.waitForClientLeft()).toMatchObject({ path: CHAT_PATH });
});

test('closes the connection to the model when the caller aborts', async () => {
  const simulator = await startSimulator({ reply: () => [{ stall: true }] });
  const runtime = startRuntime({ config: primary('ollama/llama3.3'), env: env(simulator.url) });
  const caller = new AbortController();
  const answer = failure(collectMessage(runtime.chat(say('hi'), { signal: caller.signal })));
  await simulator.journal.waitFor(({ path }) => path === CHAT_PATH);
  caller.abort();
  expect((await answer).code).toBe('aborted');
  await simulator.journal.waitForClientLeft();
});

test('lets a provider answer no more at once than it may', async () => {
  const held = Promise.withResolvers<void>();
  const simulator = await startSimulator({ reply: () => [{ stall: held.promise }, { text: 'Done.' }] });
  const models = [{ id: 'llama3.3' }];
  const runtime = startRuntime({ config: providers({ ollama: { baseUrl: simulator.url, models, maxConcurrent: 2 } }) });
  const answers = Array.from({ length: 5 }, () =>
    collectMessage(runtime.chat({ ...say('hi'), model: 'ollama/llama3.3' })),
  );
  await simulator.journal.waitFor(({ concurrency, phase }) => concurrency === 2 && phase === 'stalled');
  expect(runtime.loads()).toMatchObject([{ provider: 'ollama', running: 2, queued: 3 }]);
  held.resolve();
  await Promise.all(answers);
  expect(simulator.journal.maxConcurrent).toBe(2);
  expect(runtime.loads()).toMatchObject([{ running: 0, queued: 0 }]);
});

test('falls back from a model that loads for too long, without cancelling the load', async () => {
  useManualTimers();
  const simulator = await startSimulator({
    reply: ({ model }) => (model === 'gpt-oss:20b' ? { steps: [{ text: 'Late.' }], load: true } : 'Here.'),
  });
  const defaults = { model: { primary: 'ollama/gpt-oss:20b', fallbacks: ['ollama/llama3.3'] }, firstEventLimitMs: 600 };
  const runtime = startRuntime({ config: { agents: { defaults } }, env: env(simulator.url) });
  const answer = collectMessage(runtime.chat(say('hi')));
  await passFirstEventLimit(simulator);
  expect(await answer).toMatchObject({ model: 'ollama/llama3.3:latest', text: 'Here.' });
  const [loading] = simulator.journal.of(CHAT_PATH);
  expect(loading).toMatchObject({ phase: 'loading' });
  expect(runtime.circuits()).toMatchObject([{ model: 'ollama/gpt-oss:20b', state: 'probing', failures: 0 }]);
  simulator.release();
  await simulator.journal.waitUntilIdle();
  expect(loading).toMatchObject({ outcome: 'finished' });
  expect(loading!.loadAborted).toBeUndefined();
});

test('ends a load that goes on after the answer when it closes', async () => {
  useManualTimers();
  const simulator = await startSimulator({
    reply: ({ model }) => (model === 'gpt-oss:20b' ? { steps: [{ text: 'Late.' }], load: true } : 'Here.'),
  });
  const defaults = { model: { primary: 'ollama/gpt-oss:20b', fallbacks: ['ollama/llama3.3'] }, firstEventLimitMs: 600 };
  const runtime = startRuntime({ config: { agents: { defaults } }, env: env(simulator.url) });
  const answer = collectMessage(runtime.chat(say('hi')));
  await passFirstEventLimit(simulator);
  await answer;
  await runtime.close();
  expect(await simulator.journal.waitForClientLeft()).toMatchObject({ path: CHAT_PATH, loadAborted: true });
});

test('ends a request that takes longer than all of it may', async () => {
  useManualTimers();
  const simulator = await startSimulator({ reply: () => [{ stall: true }] });
  const config = { agents: { defaults: { model: 'ollama/llama3.3', timeoutSeconds: 1 } } };
  const runtime = startRuntime({ config, env: env(simulator.url) });
  const answer = failure(collectMessage(runtime.chat(say('hi'))));
  await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
  await passTime(1000);
  expect(await answer).toMatchObject({
    code: 'timeout',
    clock: 'total',
    message: expect.stringContaining('after 1 s'),
  });
});

test('leaves time for a fallback when the first model says nothing', async () => {
  useManualTimers();
  const simulator = await startSimulator({
    reply: ({ model }) => (model === 'gpt-oss:20b' ? [{ stall: true }] : 'Here.'),
  });
  simulator.load('gpt-oss:20b');
  const defaults = { model: { primary: 'ollama/gpt-oss:20b', fallbacks: ['ollama/llama3.3'] }, timeoutSeconds: 2 };
  const runtime = startRuntime({ config: { agents: { defaults } }, env: env(simulator.url) });
  const answer = collectMessage(runtime.chat(say('hi')));
  await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
  await passTime(1900);
  expect(await answer).toMatchObject({ text: 'Here.', attempts: [{ outcome: 'timeout' }, { outcome: 'ok' }] });
});

test('lets a request take longer than timers can be set for', async () => {
  const simulator = await startSimulator();
  const config = { agents: { defaults: { model: 'ollama/llama3.3', timeoutSeconds: 30_000_000 } } };
  const runtime = startRuntime({ config, env: env(simulator.url) });
  expect((await collectMessage(runtime.chat(say('hi')))).finishReason).toBe('stop');
});

test('puts a new configuration in force for requests that start from then on', async () => {
  const held = Promise.withResolvers<void>();
  const before = await startSimulator({ reply: () => [{ stall: held.promise }, { text: 'Old.' }] });
  const after = await startSimulator({ reply: () => 'New.' });
  const config = primary('ollama/llama3.3');
  const runtime = startRuntime({ config, env: env(before.url) });
  const running = collectMessage(runtime.chat(say('hi')));
  await before.journal.waitFor(({ path }) => path === CHAT_PATH);

  const next = loadedConfig({ config, env: env(after.url) });
  runtime.reload(next);
  expect(runtime.loaded).toBe(next);
  expect((await collectMessage(runtime.chat(say('hi')))).text).toBe('New.');
  held.resolve();
  expect((await running).text).toBe('Old.');
});

test('asks a model at once whose key was put right, and not one that merely stayed as it was', async () => {
  const simulator = await startSimulator({
    intercept: ({ headers }) => (headers['authorization'] === 'Bearer right' ? undefined : { http: { status: 401 } }),
  });
  const config = (apiKey: string) => ({
    ...providers({
      ollama: { baseUrl: simulator.url, apiKey, models: [{ id: 'gpt-oss:20b' }] },
      other: { baseUrl: `${simulator.url}/v1`, apiKey: 'right', models: [{ id: 'llama3.3' }] },
    }),
    ...primary('ollama/gpt-oss:20b', ['other/llama3.3']),
  });
  const runtime = startRuntime({ config: config('wrong'), now: () => 0 });
  const model = async (): Promise<string> => (await collectMessage(runtime.chat(say('hi')))).model;
  expect(await model()).toBe('other/llama3.3');
  runtime.reload(loadedConfig({ config: config('wrong') }));
  expect(runtime.circuits()).toMatchObject([{ model: 'ollama/gpt-oss:20b', state: 'open' }]);
  runtime.reload(loadedConfig({ config: config('right') }));
  expect(await model()).toBe('ollama/gpt-oss:20b');
});

test('waits for running requests before it closes', async () => {
  const held = Promise.withResolvers<void>();
  const simulator = await startSimulator({ reply: () => [{ stall: held.promise }, { text: 'Done.' }] });
  const runtime = startRuntime({ config: primary('ollama/llama3.3'), env: env(simulator.url) });
  const running = collectMessage(runtime.chat(say('hi')));
  await simulator.journal.waitFor(({ path }) => path === CHAT_PATH);
  const closed = runtime.close();
  held.resolve();
  expect((await running).text).toBe('Done.');
  await closed;
});

/** Lets 600 ms pass. Half-way the runtime asks whether the model is being loaded, and has its answer before the end. */
async function passFirstEventLimit({ journal }: OllamaSimulator): Promise<void> {
  await journal.waitFor(({ phase }) => phase === 'loading');
  await passTime(300);
  await journal.waitFor(({ path, phase }) => path === '/api/ps' && phase === 'over');
  await passTime(300);
}
