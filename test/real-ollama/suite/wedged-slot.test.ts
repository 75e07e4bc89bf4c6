import { afterAll, describe, expect, test } from 'vitest';
import { isAtLeast } from '../src/ollama-server.ts';
import { startRealOllama } from '../src/real-ollama.ts';
import { say, startGatewayStack, WEATHER } from '../src/start-gateway-stack.ts';
import { SCRIPTS, TAPE_BROKEN_CALL, TAPE_SECOND, TAPE_TOOLS } from '../src/tapes.ts';
import { isOwnServer, testServer, useOllama } from '../src/use-ollama.ts';

/**
 * From 0.12.0 to 0.32.14 an answer that a built-in parser rejects sometimes leaves the model's slot taken: every later
 * request for the model waits for ever. It is a race, so these tests hold whether it happens or not.
 */
describe.runIf(isAtLeast(testServer.version, '0.12.0'))('a call that the parser of Ollama rejects', async () => {
  const ollama = await useOllama({ models: { 'tape-broken': TAPE_BROKEN_CALL } });
  const second = isOwnServer
    ? await startRealOllama(testServer, { models: { 'tape-second': TAPE_SECOND } })
    : undefined;
  afterAll(() => second?.close());
  const body = { model: 'tape-broken', messages: say('hello'), tools: [WEATHER], stream: false };

  test('is a 500, and unloading the model always lets it answer the next request', async () => {
    for (let round = 0; round < 3; round += 1) {
      const response = await ollama.post('/api/chat', body);
      expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('XML syntax error')]);
      await ollama.unload('tape-broken');
    }
  });

  test.runIf(second !== undefined)('is followed by the fallback, and the client gets its answer', async () => {
    const { client } = await startGatewayStack(['ollama/tape-broken:latest', 'second/tape-second:latest'], {
      url: ollama.url,
      firstEventLimitMs: 20_000,
      config: {
        models: {
          providers: {
            ollama: { baseUrl: ollama.url, api: 'openai-completions', models: [{ id: 'tape-broken:latest' }] },
            second: { baseUrl: `${second?.url}/v1`, apiKey: 'unused', models: [{ id: 'tape-second:latest' }] },
          },
        },
      },
    });
    const request = { model: 'openclaw', messages: say('hello'), tools: [WEATHER] };
    const completion = await client.chat.completions.create(request);
    expect(completion).toMatchObject({ model: 'second/tape-second:latest', choices: [{ finish_reason: 'stop' }] });
  });
});

describe.runIf(isOwnServer)('a slot that stays taken', async () => {
  // A stopped runner looks the same to a client: the server accepts requests, and no byte comes.
  const ollama = await useOllama({ env: { OLLAMA_NUM_PARALLEL: '1' }, models: { 'tape-wedged': TAPE_TOOLS } });

  test('is free again after the model is unloaded with `keep_alive: 0`', async () => {
    const body = { model: 'tape-wedged', messages: say('hello'), stream: false };
    await (await ollama.post('/api/chat', body)).text();
    await ollama.process?.pauseRunners();
    const controller = new AbortController();
    const waiting = ollama.post('/api/chat', body, { signal: controller.signal }).catch(() => 'cancelled');
    controller.abort();
    expect(await waiting).toBe('cancelled');
    await ollama.unload('tape-wedged');
    const reply = await ollama.post('/api/chat', body);
    expect(JSON.parse(await reply.text())).toMatchObject({ message: { content: SCRIPTS.hello } });
  });
});
