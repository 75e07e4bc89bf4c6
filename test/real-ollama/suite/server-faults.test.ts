import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { OllamaProcess } from '../src/ollama-process.ts';
import { startRealOllama } from '../src/real-ollama.ts';
import { say, startGatewayStack } from '../src/start-gateway-stack.ts';
import { SCRIPTS, TAPE_TOOLS } from '../src/tapes.ts';
import { isOwnServer, testServer, useOllama } from '../src/use-ollama.ts';

const MODEL = 'ollama/tape-fault:latest';
const FALLBACK = 'second/tape-second:latest';

describe.runIf(isOwnServer)('a server that fails', async () => {
  const ollama = await useOllama({ models: { 'tape-fault': TAPE_TOOLS } });
  const second = await startRealOllama(testServer, { models: { 'tape-second': TAPE_TOOLS } });
  afterAll(() => second.close());
  const server = ollama.process as OllamaProcess;
  afterEach(() => server.restart());

  const start = (streaming: boolean, timeouts: object = {}) =>
    startGatewayStack([MODEL, FALLBACK], {
      url: ollama.url,
      streaming,
      config: {
        models: {
          providers: {
            ollama: { baseUrl: ollama.url, api: 'openai-completions', models: [{ id: 'tape-fault:latest' }], timeouts },
            second: { baseUrl: `${second.url}/v1`, apiKey: 'unused', models: [{ id: 'tape-second:latest' }] },
          },
        },
      },
    });

  describe.each([true, false])('when Ollama is asked for a stream: %s', (streaming) => {
    test('a killed server is followed by the fallback', async () => {
      const { client } = await start(streaming);
      await server.kill();
      const completion = await client.chat.completions.create({ model: 'openclaw', messages: say('hello') });
      expect(completion).toMatchObject({ model: FALLBACK, choices: [{ message: { content: SCRIPTS.hello } }] });
    });

    test('a server that starts again is asked again', async () => {
      const { client } = await start(streaming);
      await client.chat.completions.create({ model: 'openclaw', messages: say('hello') });
      await server.restart();
      const completion = await client.chat.completions.create({ model: 'openclaw', messages: say('hello') });
      expect(completion).toMatchObject({ model: MODEL, choices: [{ message: { content: SCRIPTS.hello } }] });
    });
  });
});
