import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectMessage } from '@openclaw/provider';
import { expect, onTestFinished, test } from 'vitest';
import { passTime, useManualTimers } from '../test/manual-timers.ts';
import { CHAT_PATH, env, eventsOf, primary, say, startRuntime, startSimulator, tools } from '../test/start-runtime.ts';

const MINUTE_MS = 60_000;
const chunk = (delta: object) => `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: null }] })}\n\n`;

/** A server that streams what the test writes. */
async function startStreaming(begin: (response: ServerResponse) => void) {
  const began = Promise.withResolvers<ServerResponse>();
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      begin(response);
      began.resolve(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, began: began.promise };
}

/** The streaming server first, and a simulator behind it. */
async function startPair(begin: (response: ServerResponse) => void, repair: object = {}) {
  const [first, fallback] = [await startStreaming(begin), await startSimulator({ reply: () => 'Here.' })];
  const config = {
    agents: {
      defaults: {
        model: { primary: 'first/m', fallbacks: ['ollama/llama3.3'] },
        models: { 'first/m': { repair } },
      },
    },
    models: { providers: { first: { baseUrl: first.url, api: 'openai-completions', models: [{ id: 'm' }] } } },
  };
  return { runtime: startRuntime({ config, env: env(fallback.url) }), ...first };
}

test.each<[string, (response: ServerResponse) => void]>([
  ['accepts a request and stays silent', () => undefined],
  ['sends headers only', (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()],
  [
    'sends comments, roles and empty chunks only',
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let times = 0; times < 100; times++)
        response.write(`: keep-alive\n\n${chunk({ role: 'assistant' })}${chunk({ content: '' })}${chunk({})}`);
    },
  ],
])('a server that %s is replaced after a minute', async (_, begin) => {
  useManualTimers();
  const { runtime, began } = await startPair(begin);
  const answer = collectMessage(runtime.chat(say('hi')));
  const response = await began;
  const closed = new Promise((resolve) => response.on('close', resolve));

  await passTime(MINUTE_MS + 1000);

  expect(await answer).toMatchObject({
    text: 'Here.',
    attempts: [{ model: 'first/m', outcome: 'timeout' }, { outcome: 'ok' }],
  });
  await closed;
});

test('a longer prompt gives a server more time', async () => {
  useManualTimers();
  const { runtime, began } = await startPair(() => undefined);
  const answer = collectMessage(runtime.chat(say('word '.repeat(10_000))));
  await began;

  await passTime(MINUTE_MS + 30_000);
  expect(runtime.circuits()).toEqual([]);
  await passTime(4 * MINUTE_MS);

  expect(await answer).toMatchObject({ text: 'Here.' });
});

test('a model that only reasons has begun to answer, and ends with the timeout of the whole request', async () => {
  useManualTimers();
  const { runtime, began } = await startPair((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(chunk({ reasoning_content: 'Hm. ' }));
  });
  const events = eventsOf(runtime.chat(say('hi')));
  const response = await began;
  for (let minute = 0; minute < 10; minute++) {
    await passTime(MINUTE_MS);
    response.write(chunk({ reasoning_content: 'Hm. ' }));
  }

  expect((await events).at(-1)).toMatchObject({ type: 'error', error: { code: 'timeout', clock: 'total' } });
  expect((await events).some(({ type }) => type === 'fallback')).toBe(false);
});

test('a model whose answer is held back for a repair has begun to answer', async () => {
  useManualTimers();
  const { runtime, began } = await startPair(
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chunk({ content: '<tool_call>{"name": "get_weather",' }));
    },
    { family: 'qwen' },
  );
  const answer = collectMessage(runtime.chat({ ...say('hi'), tools }));
  const response = await began;
  await passTime(3 * MINUTE_MS);
  response.end(
    `${chunk({ content: ' "arguments": {"city": "Oslo"}}</tool_call>' })}data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`,
  );

  expect(await answer).toMatchObject({ model: 'first/m', toolCalls: [{ name: 'get_weather' }] });
});

test.each([
  ['loads a model', { load: true as const, steps: [{ text: 'Late.' }] }],
  ['writes a whole answer', [{ stall: true as const }, { text: 'Late.' }]],
])('Ollama is waited for while it %s', async (_, reply) => {
  useManualTimers();
  const simulator = await startSimulator({ reply: () => reply });
  if (Array.isArray(reply)) simulator.load('gpt-oss:20b');
  const runtime = startRuntime({ config: primary('ollama/gpt-oss:20b', ['ollama/llama3.3']), env: env(simulator.url) });
  const answer = collectMessage(runtime.chat(say('hi')));
  await simulator.journal.waitFor(({ path, phase }) => path === CHAT_PATH && phase !== 'over');
  const asked = () => simulator.journal.entries.filter(({ path }) => path === '/api/ps').length;
  const before = asked();

  await passTime(35_000);
  await simulator.journal.waitFor(({ path, phase }) => path === '/api/ps' && phase === 'over' && asked() > before);
  await passTime(MINUTE_MS);
  simulator.release();

  expect(await answer).toMatchObject({ text: 'Late.', attempts: [{ outcome: 'ok' }] });
});
