import { collectMessage } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { env, say, startRuntime, startSimulator } from '../test/start-runtime.ts';

/** What a server of this kind is asked for. */
async function maxTokensOf(
  { contextWindow, prompt = 'hi' }: { contextWindow?: number; prompt?: string },
  maxTokens: number | undefined,
) {
  const simulator = await startSimulator({ models: ['m'], reply: () => 'Hello.' });
  const models = [{ id: 'm', ...(contextWindow && { contextWindow }) }];
  const box = { api: 'openai-completions', baseUrl: `${simulator.url}/v1`, models };
  const runtime = startRuntime({ config: { models: { providers: { box } } }, env: env('http://127.0.0.1:1') });
  await collectMessage(runtime.chat({ ...say(prompt), model: 'box/m', ...(maxTokens && { maxTokens }) }));
  const body = simulator.journal.of('/v1/chat/completions').at(-1)?.body as Record<string, unknown>;
  return body['max_tokens'] ?? body['max_completion_tokens'];
}

test('a limit beyond the context window is lowered to what is left beside the prompt', async () => {
  const limit = await maxTokensOf({ contextWindow: 8192 }, 32_000);

  expect(limit).toBeGreaterThan(8000);
  expect(limit).toBeLessThan(8192);
});

test.each<[string, Parameters<typeof maxTokensOf>[0], number | undefined]>([
  ['a limit that fits', { contextWindow: 8192 }, 4096],
  ['no limit', { contextWindow: 8192 }, undefined],
  ['a limit beside a prompt that does not fit itself', { contextWindow: 2000, prompt: 'word '.repeat(5000) }, 4096],
  ['a limit below a window that is not known', {}, 32_000],
])('%s is sent as it is', async (_, model, maxTokens) => {
  expect(await maxTokensOf(model, maxTokens)).toBe(maxTokens);
});
