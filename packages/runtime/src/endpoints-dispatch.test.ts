import type { OllamaSimulator, OllamaSimulatorOptions } from '@openclaw/ollama-simulator';
import { collectMessage } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import { describe, expect, test, vi } from 'vitest';
import {
  CHAT_PATH,
  deadUrl,
  eventsOf,
  failure,
  primary,
  providers,
  say,
  startRuntime,
  startSimulator,
} from '../test/start-runtime.ts';

const model = 'lab/llama3.3:latest';
const endpointsOf = (...servers: readonly { readonly url: string }[]) =>
  servers.map(({ url }, index) => ({ baseUrl: url, name: ['one', 'two', 'three'][index] }));

function lab(endpoints: readonly object[], others: object = {}) {
  return { ...providers({ lab: { api: 'ollama', endpoints, ...others } }), ...primary(model) };
}

const chatsOf = (simulator: OllamaSimulator) =>
  simulator.journal.entries.filter(({ path }) => path === CHAT_PATH || path === '/api/chat').length;

function attemptsOf(events: readonly StreamEvent[]) {
  const start = events.find((event) => event.type === 'start');
  return start?.attempts?.map(({ endpointName, outcome }) => `${endpointName} ${outcome}`);
}

describe('a request to a provider with endpoints', () => {
  test('goes to the next endpoint if one cannot be reached, and says so', async () => {
    const options: OllamaSimulatorOptions = { reply: () => 'Hello.' };
    const servers = [await startSimulator(options), await startSimulator(options)];
    const runtime = startRuntime({ config: lab(endpointsOf(...servers)) });
    await collectMessage(runtime.chat(say('hi')));
    const served = servers.findIndex((server) => chatsOf(server) > 0);
    const [name, other] = served === 0 ? ['one', 'two'] : ['two', 'one'];
    await servers[served]?.close();

    // The same conversation goes to the endpoint that served it.
    const events = await eventsOf(runtime.chat(say('hi')));
    expect(events[0]).toMatchObject({
      type: 'fallback',
      failed: { endpointName: name, outcome: 'connection-failed' },
      next: model,
      nextEndpointName: other,
    });
    expect(attemptsOf(events)).toEqual([`${name} connection-failed`, `${other} ok`]);
    expect(events.at(-1)?.type).toBe('finish');
    expect(runtime.circuits()).toMatchObject([{ scope: 'endpoint', endpoint: `${servers[served]?.url}/v1` }]);
    expect(attemptsOf(await eventsOf(runtime.chat(say('hi'))))).toEqual([`${other} ok`]);
  });

  test('fails with the failures of all endpoints', async () => {
    const [one, two] = [deadUrl(2), deadUrl(3)];
    const runtime = startRuntime({
      config: lab(endpointsOf({ url: one }, { url: two }), { models: [{ id: 'llama3.3:latest' }] }),
    });
    const error = await failure(collectMessage(runtime.chat(say('hi'))));
    expect(error.code).toBe('connection-failed');
    expect(error.message).toContain(one);
    expect(error.message).toContain(two);
  });

  test('waits for a permit of its endpoint', async () => {
    const held = Promise.withResolvers<void>();
    const options: OllamaSimulatorOptions = { reply: () => [{ stall: held.promise }, { text: 'Done.' }] };
    const [one, two] = [await startSimulator(options), await startSimulator(options)];
    const runtime = startRuntime({ config: lab(endpointsOf(one, two), { maxConcurrent: 1 }) });
    const answers = Array.from({ length: 4 }, (_, index) => collectMessage(runtime.chat(say(`question ${index}`))));
    await one.journal.waitFor(({ phase }) => phase === 'stalled');
    await two.journal.waitFor(({ phase }) => phase === 'stalled');
    await vi.waitUntil(() => runtime.endpoints().reduce((sum, { queued }) => sum + queued, 0) === 2, {
      timeout: 45_000,
    });
    expect(runtime.endpoints()).toMatchObject([
      { provider: 'lab', endpoint: 'one', url: `${one.url}/v1`, running: 1, maxConcurrent: 1 },
      { provider: 'lab', endpoint: 'two', url: `${two.url}/v1`, running: 1, maxConcurrent: 1 },
    ]);
    held.resolve();
    await Promise.all(answers);
    expect([one.journal.maxConcurrent, two.journal.maxConcurrent]).toEqual([1, 1]);
  });

  test('goes where its model is loaded', async () => {
    const options: OllamaSimulatorOptions = { reply: () => 'Hello.' };
    const [one, two] = [await startSimulator(options), await startSimulator(options)];
    two.load('llama3.3:latest');
    const runtime = startRuntime({ config: lab(endpointsOf(one, two)) });
    await runtime.inventory();
    await vi.waitUntil(() => runtime.endpoints().every(({ loaded }) => loaded !== undefined), { timeout: 45_000 });
    for (const question of ['one', 'two', 'three', 'four']) await collectMessage(runtime.chat(say(question)));
    expect([chatsOf(one), chatsOf(two)]).toEqual([0, 4]);
    expect(runtime.endpoints()).toMatchObject([
      { endpoint: 'one', loads: 0, reloadsAvoided: 0, choices: {} },
      { endpoint: 'two', loads: 0, reloadsAvoided: 4, loaded: ['llama3.3:latest'] },
    ]);
  });

  test('goes where its model is loaded, however long the client lets the answer be', async () => {
    const options: OllamaSimulatorOptions = { reply: () => 'Hello.', contextLength: 8192 };
    const [one, two] = [await startSimulator(options), await startSimulator(options)];
    two.load('llama3.3:latest');
    const runtime = startRuntime({ config: lab(endpointsOf(one, two)) });
    await runtime.inventory();
    await vi.waitUntil(() => runtime.endpoints().every(({ loaded }) => loaded !== undefined), { timeout: 45_000 });
    for (const question of ['one', 'two', 'three', 'four'])
      await collectMessage(runtime.chat({ ...say(question), maxTokens: 32_000 }));
    expect([chatsOf(one), chatsOf(two)]).toEqual([0, 4]);
  });

  test('sends the embeddings of a model to the next endpoint, too', async () => {
    const [dead, two] = [deadUrl(), await startSimulator()];
    const runtime = startRuntime({
      config: lab(endpointsOf({ url: dead }, two), { models: [{ id: 'nomic-embed-text' }] }),
    });
    for (let request = 0; request < 8; request += 1) {
      const response = await runtime.passThrough({
        model: 'lab/nomic-embed-text',
        path: 'embeddings',
        body: { input: 'text' },
      });
      expect(response.status).toBe(200);
      for await (const _ of response.body);
    }
  });
});

test('no request fails before its first token when an endpoint dies among 200, and it is used again later', async () => {
  const held = Promise.withResolvers<void>();
  const options: OllamaSimulatorOptions = {
    reply: ({ lastMessage }) =>
      lastMessage.startsWith('hold')
        ? { steps: [{ text: 'Once upon a time, ' }, { stall: held.promise }, { text: 'it ended.' }], verbatim: true }
        : 'Done.',
  };
  const [one, two] = [await startSimulator(options), await startSimulator(options)];
  for (const simulator of [one, two]) simulator.load('llama3.3:latest');
  let time = 0;
  const runtime = startRuntime({ config: lab(endpointsOf(one, two), { maxConcurrent: 200 }), now: () => time });
  await runtime.inventory();

  const streams = Array.from({ length: 40 }, (_, index) =>
    runtime.chat({ ...say(`hold ${index}`), streaming: true })[Symbol.asyncIterator](),
  );
  await Promise.all(streams.map(untilText));
  const runningThere = chatsOf(one);
  expect(runningThere).toBeGreaterThan(0);
  expect(chatsOf(two)).toBeGreaterThan(0);

  const quick = (count: number) =>
    Array.from({ length: count }, (_, index) => eventsOf(runtime.chat(say(`q ${index}`))));
  const before = quick(80);
  await one.close();
  const answers = await Promise.all([...before, ...quick(80)]);
  expect(answers.map((events) => events.at(-1)?.type)).toEqual(answers.map(() => 'finish'));

  held.resolve();
  const ends = await Promise.all(streams.map(lastEvent));
  expect(ends.filter((end) => end?.type === 'error').length).toBe(runningThere);
  expect(ends.filter((end) => end?.type === 'finish').length).toBe(streams.length - runningThere);

  const again = await startAgain({ ...options, port: one.port });
  expect(new Set(runtime.circuits().map(({ endpoint, state }) => `${endpoint} ${state}`))).toEqual(
    new Set([`${one.url}/v1 open`]),
  );
  time += 30_000;
  const later = await Promise.all(quick(20));
  expect(later.map((events) => events.at(-1)?.type)).toEqual(later.map(() => 'finish'));
  expect(chatsOf(again)).toBeGreaterThan(0);
  expect(runtime.circuits()).toEqual([]);
});

async function untilText(stream: AsyncIterator<StreamEvent>): Promise<void> {
  for (;;) {
    const { value, done } = await stream.next();
    if (done === true || value.type === 'error') throw new Error('The stream ended.');
    if (value.type === 'text-delta') return;
  }
}

async function lastEvent(stream: AsyncIterator<StreamEvent>): Promise<StreamEvent | undefined> {
  let last: StreamEvent | undefined;
  for (;;) {
    const { value, done } = await stream.next();
    if (done === true) return last;
    last = value;
  }
}

/** Another process may use the port for a moment. */
function startAgain(options: OllamaSimulatorOptions): Promise<OllamaSimulator> {
  return vi.waitFor(() => startSimulator(options), { timeout: 45_000 });
}
