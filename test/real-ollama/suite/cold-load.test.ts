import { expect, test } from 'vitest';
import { say, startGatewayStack } from '../src/start-gateway-stack.ts';
import { SCRIPTS, TAPE_TOOLS } from '../src/tapes.ts';
import { useOllama } from '../src/use-ollama.ts';

/** One model in memory at a time: asking for the other one is a cold load. */
const ollama = await useOllama({
  env: { OLLAMA_MAX_LOADED_MODELS: '1', OLLAMA_NUM_PARALLEL: '1' },
  models: { 'tape-cold': TAPE_TOOLS, 'tape-warm': { ...TAPE_TOOLS, parameters: { num_ctx: 8192 } } },
});
const COLD = 'ollama/tape-cold:latest';
const WARM = 'ollama/tape-warm:latest';

test.each([true, false])(
  'a model that is not in memory answers its first request (streamed: %s)',
  async (streaming) => {
    const { client } = await startGatewayStack(COLD, { url: ollama.url, streaming });
    await ollama.unload('tape-cold');
    const completion = await client.chat.completions.create({ model: COLD, messages: say('hello') });
    expect(completion.choices[0]?.message.content).toBe(SCRIPTS.hello);
  },
);

test('requests for two models that do not fit in memory together are all answered', async () => {
  const { client } = await startGatewayStack(COLD, { url: ollama.url });
  const answers = await Promise.all(
    [COLD, WARM, COLD, WARM].map((model) => client.chat.completions.create({ model, messages: say('hello') })),
  );
  expect(answers.map(({ model }) => model)).toEqual([COLD, WARM, COLD, WARM]);
  for (const { choices } of answers) expect(choices[0]?.message.content).toBe(SCRIPTS.hello);
});

test('requests that come together while a model is loaded are all answered', async () => {
  const { client } = await startGatewayStack(COLD, { url: ollama.url });
  await ollama.unload('tape-cold');
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => client.chat.completions.create({ model: COLD, messages: say('hello') })),
  );
  for (const { choices } of answers) expect(choices[0]?.message.content).toBe(SCRIPTS.hello);
});
