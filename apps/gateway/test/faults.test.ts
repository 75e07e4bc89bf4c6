import type { Reply } from '@openclaw/ollama-simulator';
import { describe, expect, test } from 'vitest';
import { startStack, STREAMING } from './start-stack.ts';
import type { Stack } from './start-stack.ts';
import { SURFACES } from './surfaces-under-test.ts';
import type { SurfaceUnderTest } from './surfaces-under-test.ts';

interface Fault {
  readonly fault: string;
  readonly reply: Reply;
  /** The status that the client gets when nothing had been said yet; 200 where a stream had begun. */
  readonly whole: number;
  readonly streamed: number;
}

const http = (status: number, body: string, headers: Record<string, string> = {}): Reply => ({
  http: { status, body, headers },
});
const json = { 'content-type': 'application/json' };
const sse = { 'content-type': 'text/event-stream' };

/** `whole`: the upstream gives one body; `streamed`: it streams. */
const FAULTS: Fault[] = [
  {
    fault: 'an error before anything',
    reply: [{ error: 'model runner has unexpectedly stopped' }],
    whole: 502,
    streamed: 502,
  },
  { fault: 'an error after some text', reply: [{ text: 'One' }, { error: 'runner died' }], whole: 502, streamed: 200 },
  { fault: 'a connection that is reset', reply: { http: { reset: true } }, whole: 502, streamed: 502 },
  { fault: 'a connection cut in the answer', reply: [{ text: 'One' }, { cut: true }], whole: 502, streamed: 200 },
  { fault: 'an end without a reason', reply: [{ text: 'One' }, { end: true }], whole: 502, streamed: 200 },
  { fault: 'bytes that are no JSON', reply: http(200, '<html>not a model</html>', json), whole: 502, streamed: 502 },
  {
    fault: 'a web page in place of an answer',
    reply: http(200, '<html>captive portal</html>', { 'content-type': 'text/html' }),
    whole: 502,
    streamed: 502,
  },
  { fault: 'an empty answer', reply: http(200, '', json), whole: 502, streamed: 502 },
  { fault: 'an empty stream', reply: http(200, '', sse), whole: 502, streamed: 502 },
  {
    fault: 'garbage after some text',
    reply: [{ text: 'One' }, { raw: 'data: {"choices":[{]}\n\n' }, { cut: true }],
    whole: 502,
    streamed: 200,
  },
  {
    fault: 'a missing model',
    reply: http(404, '{"error":{"message":"model \'x\' not found"}}', json),
    whole: 404,
    streamed: 404,
  },
  {
    fault: 'a prompt that is too long',
    reply: http(400, '{"error":{"message":"the input length exceeds the context length"}}', json),
    whole: 400,
    streamed: 400,
  },
  {
    fault: 'a refused request',
    reply: http(400, '{"error":{"message":"invalid think value"}}', json),
    whole: 400,
    streamed: 400,
  },
  { fault: 'a wrong key', reply: http(401, '{"error":"unauthorized"}', json), whole: 502, streamed: 502 },
  {
    fault: 'a rate limit',
    reply: http(429, '{"error":"slow down"}', { ...json, 'retry-after': '120' }),
    whole: 429,
    streamed: 429,
  },
  {
    fault: 'an overload',
    reply: http(503, '{"error":"server busy"}', { ...json, 'retry-after': '120' }),
    whole: 503,
    streamed: 503,
  },
  { fault: 'a failure without words', reply: http(500, ''), whole: 502, streamed: 502 },
];

/** Whether the upstream is asked for a stream, and whether the client wants one. */
const TRANSPORTS = [
  { upstream: false, stream: false },
  { upstream: false, stream: true },
  { upstream: true, stream: false },
  { upstream: true, stream: true },
];

describe.each(SURFACES)('$api', (surface) => {
  describe.each(TRANSPORTS)(
    'with a streaming upstream: $upstream, a streaming client: $stream',
    ({ upstream, stream }) => {
      test.each(FAULTS)('reports $fault, and never as a success', async ({ reply, whole, streamed }) => {
        const defaults = { retry: { maxRetries: 0, budgetMs: 0 } };
        const config = {
          agents: {
            defaults: { model: 'ollama/gpt-oss:20b', ...(upstream ? STREAMING.agents.defaults : {}), ...defaults },
          },
        };
        const stack = await startStack({ config, simulator: { reply: () => reply } });
        const response = await ask(stack, { surface, stream });
        const text = await response.text();
        const expected = upstream ? streamed : whole;
        // A client that wants one body gets a status even when the upstream had begun to stream.
        const status = expected === 200 && !stream ? 502 : expected;
        expect(response.status).toBe(surface.statuses?.[status] ?? status);
        if (status === 200) expect(text.match(surface.streamEnd)).toHaveLength(1);
        expect(text).not.toMatch(surface.success);
        expect(surface.errorIn(text)).toMatchObject(surface.errorShape);
        await expectNothingRuns(stack);
      });

      test('ends a success with the one event that says so', async () => {
        const stack = await startStack(upstream ? { config: STREAMING } : {});
        const text = await (await ask(stack, { surface, stream })).text();
        expect(text).toContain('Hello.');
        if (stream) {
          expect(text.match(surface.streamEnd)).toHaveLength(1);
          expect(text).toMatch(surface.success);
        }
        await expectNothingRuns(stack);
      });
    },
  );

  test.each([false, true])('the next model answers when the first fails, streamed: %s', async (stream) => {
    const stack = await startStack({
      config: {
        agents: {
          defaults: {
            model: { primary: 'ollama/qwen3:8b', fallbacks: ['ollama/gpt-oss:20b'] },
            retry: { maxRetries: 0 },
          },
        },
      },
    });
    stack.simulator.enqueue([{ error: 'out of memory' }]);
    const response = await ask(stack, { surface, stream });
    expect(response.headers.get('x-openclaw-model')).toBe('ollama/gpt-oss:20b');
    expect(response.headers.get('x-openclaw-attempts')).toBe('2');
    expect(await response.text()).toContain('Hello.');
  });

  test('the next model answers a client that wants one body when the stream of the first is cut', async () => {
    const model = { primary: 'ollama/qwen3:8b', fallbacks: ['ollama/gpt-oss:20b'] };
    const models = { 'ollama/qwen3:8b': { streaming: true } };
    const stack = await startStack({ config: { agents: { defaults: { model, models } } } });
    stack.simulator.enqueue([{ text: 'One' }, { cut: true }]);
    const response = await ask(stack, { surface, stream: false });
    expect(response.headers.get('x-openclaw-model')).toBe('ollama/gpt-oss:20b');
    expect(response.headers.get('x-openclaw-attempts')).toBe('2');
    expect(await response.text()).toContain('Hello.');
  });
});

function ask(
  { gateway }: Stack,
  { surface, stream }: { surface: SurfaceUnderTest; stream: boolean },
): Promise<Response> {
  const body = JSON.stringify({ ...surface.body, ...surface.streaming(stream) });
  return fetch(`${gateway.url}${surface.path}`, { method: 'POST', body });
}

async function expectNothingRuns({ gateway, simulator }: Stack): Promise<void> {
  await simulator.journal.waitUntilIdle();
  const { inFlight } = (await (await fetch(`${gateway.url}/status`)).json()) as { inFlight: unknown[] };
  expect(inFlight).toEqual([]);
}

test('a server that is down is reported as unreachable, with what to do', async () => {
  const { chat, simulator } = await startStack();
  await simulator.stopListening();
  const response = await chat({});
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({
    error: { code: 'connection_failed', message: expect.stringContaining('connection refused') },
  });
});

test('a full queue is refused at once, and says when to come again', async () => {
  const { chat, simulator } = await startStack({
    config: {
      gateway: { limits: { maxConcurrent: 1, maxQueued: 0 } },
      agents: { defaults: { model: 'ollama/gpt-oss:20b', retry: { maxRetries: 0 } } },
    },
    simulator: { reply: () => [{ stall: true }, { text: 'Done.' }] },
  });
  const first = chat({});
  await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
  const second = await chat({});
  expect(second.status).toBe(503);
  expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
  simulator.release();
  expect((await first).status).toBe(200);
});
