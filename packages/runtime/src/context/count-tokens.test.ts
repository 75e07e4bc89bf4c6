import { collectMessage } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { env, failure, primary, say, startRuntime, startSimulator } from '../../test/start-runtime.ts';

const LONG = say('It is a truth universally acknowledged. '.repeat(100));

test('estimates the tokens of a prompt without asking a model, and learns from what the server counts', async () => {
  const simulator = await startSimulator();
  const runtime = startRuntime({ config: primary('ollama/llama3.3'), env: env(simulator.url) });
  const before = await runtime.countTokens(LONG);
  expect(before).toBeGreaterThan(500);
  expect(before).toBeLessThan(2000);
  expect(simulator.journal.entries.some(({ path }) => path.includes('chat'))).toBe(false);

  const { usage } = await collectMessage(runtime.chat(LONG));
  expect(await runtime.countTokens(LONG)).toBe(usage?.inputTokens);
});

test('fails if no model can be used', async () => {
  const runtime = startRuntime({ config: primary('nowhere/x') });
  await expect(failure(runtime.countTokens(LONG))).resolves.toMatchObject({ code: 'model-not-found' });
});

test('explains the API and the context of a request by the length of its prompt', async () => {
  const simulator = await startSimulator();
  const runtime = startRuntime({ config: primary('ollama/llama3.3'), env: env(simulator.url) });
  const planFor = async (promptTokens?: number) =>
    (await runtime.explain({ ...(promptTokens !== undefined && { promptTokens }) })).contexts.get(
      'ollama/llama3.3:latest',
    )?.plan;
  expect(await planFor()).toMatchObject({ type: 'plan', api: 'openai-completions' });
  expect(await planFor(10_000)).toMatchObject({ type: 'plan', api: 'ollama', numCtx: 16_384 });
  expect(await planFor(1_000_000)).toMatchObject({ type: 'exceeded', contextTokens: 40_960 });
});
