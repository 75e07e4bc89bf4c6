import { collectMessage } from '@openclaw/provider';
import type { OllamaSimulator } from '@openclaw/ollama-simulator';
import { expect, test } from 'vitest';
import {
  CHAT_PATH,
  env,
  failure,
  primary,
  providers,
  startRuntime,
  startSimulator,
  tools,
} from '../../test/start-runtime.ts';

const WORDS = 'It is a truth universally acknowledged. ';
/** About ten tokens for each repetition. */
const prompt = (repetitions: number) => ({
  messages: [{ role: 'user' as const, content: WORDS.repeat(repetitions) }],
  tools,
});
const MODELS = [
  { name: 'big', contextLength: 131_072 },
  { name: 'medium', contextLength: 65_536 },
];

/** What the requests for answers asked for, in order. */
function lengths(simulator: OllamaSimulator): unknown[] {
  return simulator.journal.entries
    .filter(({ path }) => path === '/api/chat' || path === CHAT_PATH)
    .map(({ body, path }) =>
      path === CHAT_PATH ? 'v1' : (body as { options?: { num_ctx?: number } }).options?.num_ctx,
    );
}

test.each([false, true])('a prompt of 30,000 tokens with tools is read whole (streaming: %s)', async (streaming) => {
  const simulator = await startSimulator({ models: MODELS });
  const runtime = startRuntime({ config: primary('ollama/medium'), env: env(simulator.url) });
  const { usage, warnings } = await collectMessage(runtime.chat({ ...prompt(3000), streaming }));
  expect(usage?.inputTokens).toBeGreaterThan(20_000);
  expect(warnings).toEqual([]);
  for (let index = 0; index < 10; index++) await collectMessage(runtime.chat(prompt(10 * index + 1)));
  expect(new Set(lengths(simulator)).size).toBe(1);
  expect(simulator.journal.of('/api/ps')).toHaveLength(1);
});

test('a prompt beyond the window fails before it is sent, with both numbers', async () => {
  const simulator = await startSimulator({ models: MODELS });
  const runtime = startRuntime({ config: primary('ollama/medium'), env: env(simulator.url) });
  const error = await failure(collectMessage(runtime.chat(prompt(20_000))));
  expect(error).toMatchObject({ code: 'context-length-exceeded', contextTokens: 65_536 });
  expect(error.neededTokens).toBeGreaterThan(65_536);
  expect(lengths(simulator)).toEqual([]);
});

test('a prompt beyond the window is answered by a fallback with a larger window', async () => {
  const simulator = await startSimulator({ models: [...MODELS, { name: 'small', contextLength: 8192 }] });
  const config = primary('ollama/medium', ['ollama/small', 'ollama/big']);
  const runtime = startRuntime({ config, env: env(simulator.url) });
  const { model, attempts } = await collectMessage(runtime.chat(prompt(9_000)));
  expect(model).toBe('ollama/big:latest');
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['context-length-exceeded', 'ok']);
});

test('the num_ctx of the Modelfile counts as the window, and a configured window overrides it', async () => {
  const models = [{ name: 'tiny', contextLength: 65_536, parameters: 'num_ctx 2048' }];
  const simulator = await startSimulator({ models });
  const runtime = startRuntime({ config: primary('ollama/tiny'), env: env(simulator.url) });
  expect((await runtime.inventory()).models).toMatchObject([{ contextWindow: 2048, contextLength: 65_536 }]);
  await expect(failure(collectMessage(runtime.chat(prompt(1000))))).resolves.toMatchObject({ contextTokens: 2048 });

  const entry = { baseUrl: simulator.url, discover: true, models: [{ id: 'tiny', contextWindow: 16_384 }] };
  const larger = startRuntime({ config: { ...providers({ ollama: entry }), ...primary('ollama/tiny') } });
  await collectMessage(larger.chat(prompt(500)));
  expect(lengths(simulator).at(-1)).toBeGreaterThan(4096);
});

test('a server with a small default, which nothing says before the first answer, cuts nothing in silence', async () => {
  const simulator = await startSimulator({ models: MODELS, contextLength: 1024 });
  const runtime = startRuntime({ config: primary('ollama/big'), env: env(simulator.url) });
  const { usage, warnings } = await collectMessage(runtime.chat(prompt(150)));
  expect(usage?.inputTokens).toBeGreaterThan(1024);
  expect(warnings).toEqual([]);
});

test('api "openai-completions" stays on /v1, and a cut prompt fails', async () => {
  const simulator = await startSimulator({ models: MODELS });
  const entry = { baseUrl: simulator.url, discover: true, api: 'openai-completions' };
  const runtime = startRuntime({ config: { ...providers({ ollama: entry }), ...primary('ollama/big') } });
  await expect(failure(collectMessage(runtime.chat(prompt(3000))))).resolves.toMatchObject({
    code: 'context-length-exceeded',
    contextTokens: 4096,
  });
  expect(lengths(simulator)).toEqual(['v1']);
});
