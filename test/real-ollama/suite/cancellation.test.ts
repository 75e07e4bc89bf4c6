import { describe, expect, test } from 'vitest';
import { say, startGatewayStack } from '../src/start-gateway-stack.ts';
import { SCRIPTS, TAPE_TOOLS } from '../src/tapes.ts';
import { useOllama } from '../src/use-ollama.ts';
import { waitUntil } from '../src/wait-until.ts';

/**
 * A server with one slot. An endless answer takes it until the client leaves: the server's own limit is ten times the
 * context window, which takes longer than a test may.
 */
const ollama = await useOllama({
  env: { OLLAMA_NUM_PARALLEL: '1' },
  models: { 'tape-cancel': { ...TAPE_TOOLS, parameters: { num_ctx: 65_536 } } },
});
const MODEL = 'ollama/tape-cancel:latest';

/** The answer of the server itself, once its slot is free. A request that joins a cancelled load may fail with it. */
async function sayHello(): Promise<unknown> {
  return waitUntil('the server answers', async () => {
    const response = await ollama.post('/api/chat', { model: 'tape-cancel', messages: say('hello'), stream: false });
    const { message }: { message?: { content: string } } = JSON.parse(await response.text());
    return message?.content;
  });
}

async function isListed(): Promise<true | undefined> {
  return (await ollama.listRunning()).some(({ name }) => name === 'tape-cancel:latest') || undefined;
}

describe.each([true, false])('when Ollama is asked for a stream: %s', (streaming) => {
  test.each([true, false])('a cancelled request frees the slot (the client streams: %s)', async (stream) => {
    const { client } = await startGatewayStack(MODEL, { url: ollama.url, streaming });
    await ollama.unload('tape-cancel');
    const controller = new AbortController();
    const body = { model: MODEL, messages: say('endless') };
    const asked = stream
      ? client.chat.completions.stream(body, { signal: controller.signal }).finalChatCompletion()
      : client.chat.completions.create(body, { signal: controller.signal });
    const outcome = asked.then(
      () => 'answered',
      (error: Error) => error.constructor.name,
    );
    await waitUntil('the model is in memory', isListed);
    controller.abort();
    expect(await outcome).toBe('APIUserAbortError');
    expect(await sayHello()).toBe(SCRIPTS.hello);
  });

  test('a request that waits for the slot is cancelled, too', async () => {
    const { client } = await startGatewayStack(MODEL, { url: ollama.url, streaming });
    const [first, second] = [new AbortController(), new AbortController()];
    const outcomes = [first, second].map(({ signal }) =>
      client.chat.completions.create({ model: MODEL, messages: say('endless') }, { signal }).catch(() => 'cancelled'),
    );
    await waitUntil('the model is in memory', isListed);
    second.abort();
    first.abort();
    expect(await Promise.all(outcomes)).toEqual(['cancelled', 'cancelled']);
    expect(await sayHello()).toBe(SCRIPTS.hello);
  });
});

test('a client that leaves a stream after its first words frees the slot', async () => {
  const { client } = await startGatewayStack(MODEL, { url: ollama.url, streaming: true });
  const stream = await client.chat.completions.create({ model: MODEL, messages: say('endless'), stream: true });
  let text = '';
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? '';
    if (text.length > 100) break;
  }
  expect(text).toMatch(/^ round 0 and round 1 and/);
  expect(await sayHello()).toBe(SCRIPTS.hello);
});

test('a client that leaves while the model is loaded leaves a server that answers', async () => {
  const { client } = await startGatewayStack(MODEL, { url: ollama.url });
  await ollama.unload('tape-cancel');
  await waitUntil('the model is unloaded', async () => (await isListed()) !== true || undefined);
  const controller = new AbortController();
  const request = client.chat.completions.create(
    { model: MODEL, messages: say('endless') },
    { signal: controller.signal },
  );
  controller.abort();
  await expect(request).rejects.toThrow('aborted');
  expect(await sayHello()).toBe(SCRIPTS.hello);
});
