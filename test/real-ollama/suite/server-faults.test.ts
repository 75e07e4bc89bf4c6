import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { OllamaProcess } from '../src/ollama-process.ts';
import { startRealOllama } from '../src/real-ollama.ts';
import { say, startGatewayStack } from '../src/start-gateway-stack.ts';
import { SCRIPTS, TAPE_SECOND, TAPE_TOOLS } from '../src/tapes.ts';
import { isOwnServer, testServer, useOllama } from '../src/use-ollama.ts';
import { waitUntil } from '../src/wait-until.ts';

const MODEL = 'ollama/tape-fault:latest';
const FALLBACK = 'second/tape-second:latest';
const SECOND_HELLO = 'The second model says hello.';
const SECOND_ENDLESS = 'The second model comes to an end.';

describe.runIf(isOwnServer)('a server that fails', async () => {
  const ollama = await useOllama({ models: { 'tape-fault': { ...TAPE_TOOLS, parameters: { num_ctx: 65_536 } } } });
  const second = await startRealOllama(testServer, { models: { 'tape-second': TAPE_SECOND } });
  afterAll(() => second.close());
  const server = ollama.process as OllamaProcess;
  afterEach(() => server.restart());

  const start = (streaming: boolean, firstEventLimitMs?: number) =>
    startGatewayStack([MODEL, FALLBACK], {
      url: ollama.url,
      streaming,
      ...(firstEventLimitMs !== undefined && { firstEventLimitMs }),
      config: {
        models: {
          providers: {
            ollama: { baseUrl: ollama.url, api: 'openai-completions', models: [{ id: 'tape-fault:latest' }] },
            second: { baseUrl: `${second.url}/v1`, apiKey: 'unused', models: [{ id: 'tape-second:latest' }] },
          },
        },
      },
    });

  /** The request reached the runner, or is about to. */
  const untilLoaded = () =>
    waitUntil('the model is in memory', async () => (await ollama.listRunning()).length > 0 || undefined);

  describe.each([true, false])('when Ollama is asked for a stream: %s', (streaming) => {
    test('a killed server is followed by the fallback', async () => {
      const { client } = await start(streaming);
      await server.kill();
      const completion = await client.chat.completions.create({ model: 'openclaw', messages: say('hello') });
      expect(completion).toMatchObject({ model: FALLBACK, choices: [{ message: { content: SECOND_HELLO } }] });
    });

    test('a server that starts again is asked again', async () => {
      const { client } = await start(streaming);
      await client.chat.completions.create({ model: 'openclaw', messages: say('hello') });
      await server.restart();
      const completion = await client.chat.completions.create({ model: 'openclaw', messages: say('hello') });
      expect(completion).toMatchObject({ model: MODEL, choices: [{ message: { content: SCRIPTS.hello } }] });
    });

    test.each([
      ['server', () => server.pause()],
      ['runner', () => server.pauseRunners()],
    ])('a stopped %s is followed by the fallback after the limit', async (_name, pause) => {
      const { client } = await start(streaming, 2000);
      await ollama.post('/api/chat', { model: 'tape-fault', messages: say('hello'), stream: false });
      await pause();
      const completion = await client.chat.completions.create({ model: 'openclaw', messages: say('hello') });
      expect(completion).toMatchObject({ model: FALLBACK, choices: [{ message: { content: SECOND_HELLO } }] });
    });
  });

  test.each([
    ['server', () => server.kill()],
    ['runner', () => server.killRunners()],
  ])('a %s that is killed while it makes a whole answer is followed by the fallback', async (_name, kill) => {
    const { client } = await start(false);
    const asked = client.chat.completions.create({ model: 'openclaw', messages: say('endless') });
    await untilLoaded();
    await kill();
    expect(await asked).toMatchObject({ model: FALLBACK, choices: [{ message: { content: SECOND_ENDLESS } }] });
  });

  test.each([
    ['server', () => server.kill()],
    ['runner', () => server.killRunners()],
  ])('a %s that is killed in a stream ends it with an error', async (_name, kill) => {
    const { client } = await start(true);
    const stream = await client.chat.completions.create({ model: 'openclaw', messages: say('endless'), stream: true });
    const finishes: string[] = [];
    const reading = (async () => {
      let isKilled = false;
      for await (const { choices } of stream) {
        const { delta, finish_reason: reason = null } = choices[0] ?? {};
        if (reason !== null) finishes.push(reason);
        if (isKilled || delta?.content === undefined) continue;
        isKilled = true;
        await kill();
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: 'Error', error: { message: expect.any(String) } });
    expect(finishes).toEqual([]);
  });
});
