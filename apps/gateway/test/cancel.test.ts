import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { OllamaSimulator, Reply } from '@openclaw/ollama-simulator';
import { describe, expect, test } from 'vitest';
import { say, startStack, STREAMING } from './start-stack.ts';
import type { StackOptions } from './start-stack.ts';
import { SURFACES } from './surfaces-under-test.ts';
import type { SurfaceUnderTest } from './surfaces-under-test.ts';

/** Sends a chat request over a connection of its own, and gives the means to hang up. */
function dial(url: string, body: object, surface = CHAT): { hangUp: () => void } {
  const request = httpRequest(`${url}${surface.path}`, { method: 'POST', agent: false });
  request.on('error', () => {});
  request.on('response', (response) => response.on('error', () => {}).resume());
  request.end(JSON.stringify({ ...surface.body, ...body }));
  return { hangUp: () => request.destroy() };
}

const [CHAT] = SURFACES as [SurfaceUnderTest, ...SurfaceUnderTest[]];

const chats = (simulator: OllamaSimulator) => simulator.journal.of('/v1/chat/completions');
const inPhase = (phase: string) => (entry: { path: string; phase: string }) =>
  entry.path === '/v1/chat/completions' && entry.phase === phase;

const FALLBACKS = {
  agents: { defaults: { model: { primary: 'ollama/gpt-oss:20b', fallbacks: ['ollama/qwen3:8b'] } } },
};

interface Situation {
  readonly state: string;
  readonly reply: Reply;
  readonly phase: string;
  readonly config?: object;
}

const SITUATIONS: Situation[] = [
  { state: 'a model is loaded', reply: { steps: [{ text: 'x' }], load: true }, phase: 'loading' },
  { state: 'the first event is waited for', reply: [{ stall: true }], phase: 'stalled' },
  { state: 'the headers are waited for', reply: { http: { headersAfter: true } }, phase: 'stalled' },
  { state: 'an answer is coming in', reply: [{ text: 'One' }, { stall: true }], phase: 'stalled' },
  { state: 'others could still be asked', reply: [{ stall: true }], phase: 'stalled', config: FALLBACKS },
];

const CASES = SURFACES.flatMap((surface) => [true, false].map((stream) => ({ api: surface.api, surface, stream })));

describe.each(CASES)('$api, when the client wants a stream: $stream', ({ surface, stream }) => {
  describe.each([
    ['a stream', STREAMING],
    ['one body', {}],
  ])('and the server is asked for %s', (_name, upstream) => {
    test.each(SITUATIONS)(
      'a client that disconnects while $state frees the server, and no fallback is asked',
      async ({ reply, phase, config }) => {
        const options: StackOptions = { config: { ...upstream, ...config }, simulator: { reply: () => reply } };
        const { gateway, simulator } = await startStack(options);
        const { hangUp } = dial(gateway.url, surface.streaming(stream), surface);
        await simulator.journal.waitFor(inPhase(phase));
        hangUp();
        await simulator.journal.waitForClientLeft();
        await simulator.journal.waitUntilIdle();
        expect(chats(simulator)).toHaveLength(1);
      },
    );
  });
});

test('a client that leaves while a failed attempt waits for its repetition is not asked for again', async () => {
  const { gateway, simulator } = await startStack({
    simulator: { reply: () => ({ http: { status: 503, headers: { 'retry-after': '9' }, body: '{"error":"busy"}' } }) },
  });
  const { hangUp } = dial(gateway.url, {});
  await simulator.journal.waitFor(inPhase('over'));
  hangUp();
  await untilNothingRuns(gateway.url);
  expect(chats(simulator)).toHaveLength(1);
});

test('a client that leaves between the two answers that `tool_choice` allows is not asked for again', async () => {
  const { gateway, simulator } = await startStack();
  simulator.enqueue('No call.', [{ stall: true }]);
  const tools = [{ type: 'function', function: { name: 'f' } }];
  const { hangUp } = dial(gateway.url, { tools, tool_choice: 'required' });
  await simulator.journal.waitFor(inPhase('stalled'));
  hangUp();
  await simulator.journal.waitForClientLeft();
  await untilNothingRuns(gateway.url);
  expect(chats(simulator)).toHaveLength(2);
});

test('a client that leaves while it waits for its turn is never asked for', async () => {
  const { gateway, simulator } = await startStack({
    config: { gateway: { limits: { maxConcurrent: 1, maxQueued: 5 } } },
    simulator: { reply: () => [{ stall: true }, { text: 'Done.' }] },
  });
  dial(gateway.url, {});
  await simulator.journal.waitFor(inPhase('stalled'));
  const { hangUp } = dial(gateway.url, {});
  await until(gateway.url, ({ inFlight }) => inFlight.length === 2);
  hangUp();
  await until(gateway.url, ({ inFlight }) => inFlight.length === 1);
  simulator.release();
  await untilNothingRuns(gateway.url);
  expect(chats(simulator)).toHaveLength(1);
});

interface Status {
  readonly inFlight: readonly unknown[];
}

const untilNothingRuns = (url: string) => until(url, ({ inFlight }) => inFlight.length === 0);

/** Asks the gateway until a statement about its state holds. */
async function until(url: string, holds: (status: Status) => boolean): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/status`);
    if (holds((await response.json()) as Status)) return;
  }
}

test('a client that leaves with requests that wait behind its first frees the server of all of them', async () => {
  const { gateway, simulator } = await startStack({
    config: { gateway: { limits: { maxConcurrent: 3, maxQueued: 20 } } },
    simulator: { reply: () => [{ stall: true }] },
  });
  const body = JSON.stringify({ messages: say('Hi') });
  const request = `POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const socket = connect(gateway.port, '127.0.0.1', () => socket.write(request.repeat(12)));
  const stalled = () => chats(simulator).filter(inPhase('stalled'));
  await until(gateway.url, ({ inFlight }) => inFlight.length === 12 && stalled().length === 3);

  socket.destroy();

  await untilNothingRuns(gateway.url);
  await simulator.journal.waitUntilIdle();
  expect(chats(simulator).map(({ outcome }) => outcome)).toEqual(['client-left', 'client-left', 'client-left']);
});
