import { selectScript } from '@openclaw/tape-model';
import { describe, expect, test } from 'vitest';
import { say, startGatewayStack, WEATHER } from '../src/start-gateway-stack.ts';
import { SCRIPTS, TAPE_TOOLS, TRAINED_CONTEXT } from '../src/tapes.ts';
import { useOllama } from '../src/use-ollama.ts';

const ollama = await useOllama({
  env: { OLLAMA_NUM_PARALLEL: '1' },
  models: {
    'tape-planned': TAPE_TOOLS,
    'tape-narrow': { ...TAPE_TOOLS, parameters: { num_ctx: 1024 } },
  },
});
const PLANNED = 'ollama/tape-planned:latest';
const NARROW = 'ollama/tape-narrow:latest';
const saysContext = ollama.isAtLeast('0.10.0');
const V1_ONLY = {
  models: { providers: { ollama: { baseUrl: ollama.url, discover: true, api: 'openai-completions' } } },
};

/** A message of about this many tokens: most characters are one token. */
const long = (tokens: number) => say(selectScript('hello', { after: '#'.repeat(tokens) }));

async function loadedContext(model: string): Promise<number | undefined> {
  return (await ollama.listRunning()).find(({ name }) => name === model.replace('ollama/', ''))?.context_length;
}

// A minute on an idle machine, many on a busy one: the server reads every token of the prompt.
describe('a prompt of 30,000 tokens with tools', { timeout: 1_800_000 }, () => {
  test.each([true, false])(
    'is read whole, and no later request loads the model again (the client streams: %s)',
    async (stream) => {
      const { client } = await startGatewayStack(PLANNED, { url: ollama.url, streaming: stream });
      const body = { model: 'openclaw', messages: long(30_000), tools: [WEATHER] };
      const completion = stream
        ? await client.chat.completions
            .stream({ ...body, stream_options: { include_usage: true } })
            .finalChatCompletion()
        : await client.chat.completions.create(body);
      expect(completion.choices[0]?.message.content).toBe(SCRIPTS.hello);
      expect(completion.usage?.prompt_tokens).toBeGreaterThan(29_000);

      const context = await loadedContext(PLANNED);
      if (saysContext) expect(context).toBeGreaterThan(30_000);
      for (let index = 0; index < 10; index++) {
        await client.chat.completions.create({ model: 'openclaw', messages: say('hello') });
        expect(await loadedContext(PLANNED)).toBe(context);
      }
    },
  );
});

test('a prompt somewhat longer than the default is read whole', async () => {
  const { client } = await startGatewayStack(NARROW, {
    url: ollama.url,
    config: {
      models: {
        providers: {
          ollama: { baseUrl: ollama.url, discover: true, models: [{ id: 'tape-narrow:latest', contextWindow: 4096 }] },
        },
      },
    },
  });
  const { usage, choices } = await client.chat.completions.create({ model: NARROW, messages: long(1500) });
  expect(choices[0]?.message.content).toBe(SCRIPTS.hello);
  expect(usage?.prompt_tokens).toBeGreaterThan(1500);
});

test.runIf(ollama.isAtLeast('0.12.6'))('a prompt beyond the window fails with both numbers', async () => {
  const { client } = await startGatewayStack(PLANNED, { url: ollama.url });
  for (const tokens of [TRAINED_CONTEXT + 4000, 10 * TRAINED_CONTEXT]) {
    const failed = client.chat.completions.create({ model: PLANNED, messages: long(tokens) });
    await expect(failed).rejects.toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
      message: expect.stringMatching(new RegExp(`${TRAINED_CONTEXT} tokens.*would need about \\d+`)),
    });
  }
});

test('a prompt beyond the window of the first model is answered by the one with a larger window', async () => {
  const { client } = await startGatewayStack([NARROW, PLANNED], { url: ollama.url });
  const { model, usage } = await client.chat.completions.create({ model: 'openclaw', messages: long(1500) });
  expect(model).toBe(PLANNED);
  expect(usage?.prompt_tokens).toBeGreaterThan(1500);
});

test('a prompt that `/v1` cut is not passed on as an answer', async () => {
  const { client } = await startGatewayStack(NARROW, { url: ollama.url, config: V1_ONLY });
  const failed = client.chat.completions.create({ model: NARROW, messages: long(1300) });
  await expect(failed).rejects.toMatchObject({ status: 400, code: 'context_length_exceeded' });
});
