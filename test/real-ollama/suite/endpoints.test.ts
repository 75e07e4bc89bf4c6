import { afterAll, describe, expect, test } from 'vitest';
import { say, startGatewayStack } from '../src/start-gateway-stack.ts';
import { startRealOllama } from '../src/real-ollama.ts';
import { SCRIPTS, TAPE_TOOLS } from '../src/tapes.ts';
import { isOwnServer, testServer, useOllama } from '../src/use-ollama.ts';
import { waitUntil } from '../src/wait-until.ts';

/** An endless answer ends at the context window: a large one, so that it is still in progress when its server is killed. */
const options = {
  env: { OLLAMA_NUM_PARALLEL: '4' },
  models: { 'tape-shared': { ...TAPE_TOOLS, parameters: { num_ctx: 32_768 } } },
};
const MODEL = 'lab/tape-shared:latest';

/** Requests that run at once. */
const AT_ONCE = 8;
/** Of 200: soon, as the streams end at some time. */
const KILLED_AFTER = 20;

describe.runIf(isOwnServer)('two servers behind one provider', async () => {
  const one = await useOllama(options);
  const two = await startRealOllama(testServer, options);
  afterAll(() => two.close());

  test('no request fails when one is killed among 200, and it is used again after its restart', async () => {
    const endpoints = [
      { baseUrl: one.url, name: 'one' },
      { baseUrl: two.url, name: 'two' },
    ];
    const { gateway, client } = await startGatewayStack(MODEL, {
      url: one.url,
      streaming: true,
      config: {
        models: { providers: { lab: { api: 'ollama', endpoints, maxConcurrent: 4 } } },
        agents: { defaults: { model: MODEL, models: { [MODEL]: { streaming: true } } } },
      },
    });
    const ask = async (content: string) => {
      const body = JSON.stringify({ model: MODEL, messages: say(content) });
      const response = await fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', body });
      const text = await response.text();
      const { choices }: { choices?: { message: { content: string } }[] } = JSON.parse(text);
      return {
        endpoint: response.headers.get('x-openclaw-endpoint'),
        text: choices?.[0]?.message.content ?? `${response.status} ${text}`,
      };
    };
    // Both have the model in memory, so that both get requests.
    await Promise.all(
      [one, two].map((server) =>
        server.post('/api/chat', { model: 'tape-shared', messages: say('hello'), stream: false }),
      ),
    );
    const used = new Set<string | null>();
    await waitUntil('both endpoints are used', async () => {
      const all = await Promise.all([1, 2, 3, 4].map((number) => ask(`hello ${number} ${used.size}`)));
      all.forEach(({ endpoint }) => used.add(endpoint));
      return used.size === 2 || undefined;
    });

    // The system message makes them conversations of their own, so that both servers get some.
    const streams = await Promise.all(
      [1, 2, 3, 4].map(async (number) => {
        const controller = new AbortController();
        const messages = [{ role: 'system' as const, content: `Stream ${number}.` }, ...say('endless')];
        const stream = await client.chat.completions
          .create({ model: MODEL, messages, stream: true }, { signal: controller.signal })
          .withResponse();
        return { controller, endpoint: stream.response.headers.get('x-openclaw-endpoint'), events: stream.data };
      }),
    );
    expect(new Set(streams.map(({ endpoint }) => endpoint))).toEqual(new Set(['one', 'two']));
    const ends = streams.map(async ({ events, endpoint }) => {
      try {
        for await (const _ of events);
        return { endpoint, end: 'finished' };
      } catch (error) {
        return { endpoint, end: error instanceof Error ? error.constructor.name : 'unknown' };
      }
    });

    let next = 0;
    let killed: Promise<void> | undefined;
    const texts: (string | undefined)[] = [];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (next < 200) {
          next += 1;
          if (next > KILLED_AFTER) killed ??= one.process?.restart();
          texts.push((await ask(`hello ${next}`)).text);
        }
      }),
    );
    expect(texts).toEqual(Array.from({ length: 200 }, () => SCRIPTS.hello));
    await killed;

    for (const { endpoint, controller } of streams) if (endpoint !== 'one') controller.abort();
    // The client ends an aborted stream without an error.
    for (const { endpoint, end } of await Promise.all(ends))
      expect([endpoint, end]).toEqual([endpoint, endpoint === 'one' ? 'APIError' : 'finished']);

    let question = 0;
    await waitUntil('the restarted server is used again', async () => {
      question += 1;
      return (await ask(`hello again ${question}`)).endpoint === 'one' || undefined;
    });
  });
});
