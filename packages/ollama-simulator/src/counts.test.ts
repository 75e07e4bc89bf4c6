import { expect, onTestFinished, test } from 'vitest';
import { startOllamaSimulator } from './start-ollama-simulator.ts';
import type { OllamaSimulator, OllamaSimulatorOptions } from './start-ollama-simulator.ts';

async function start(options: OllamaSimulatorOptions): Promise<OllamaSimulator> {
  const simulator = await startOllamaSimulator({ models: ['a', 'b', 'c'], ...options });
  onTestFinished(simulator.close);
  return simulator;
}

async function chat({ url }: OllamaSimulator, model: string, ...contents: string[]): Promise<Response> {
  const messages = contents.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content }));
  const response = await fetch(`${url}/api/chat`, {
    method: 'POST',
    body: JSON.stringify({ model, messages, stream: false }),
  });
  await response.text();
  return response;
}

test('counts a load for each model that is not loaded, and displaces the one that was used longest ago', async () => {
  let now = 0;
  const simulator = await start({ maxLoaded: 2, now: () => now++ });
  for (const model of ['a', 'b', 'a', 'c', 'a', 'b']) await chat(simulator, model, 'Hi');
  expect(simulator.counts().loads).toBe(4);
  const { models } = (await (await fetch(`${simulator.url}/api/ps`)).json()) as { models: { name: string }[] };
  expect(models.map(({ name }) => name).toSorted()).toEqual(['a:latest', 'b:latest']);
});

test('a load waits while every loaded model is in use', async () => {
  const simulator = await start({
    maxLoaded: 1,
    reply: ({ body }) => (body['model'] === 'a' ? [{ stall: true }, { text: 'A' }] : 'B'),
  });
  const first = chat(simulator, 'a', 'Hi');
  await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
  const second = chat(simulator, 'b', 'Hi');
  await simulator.journal.waitFor(({ phase }) => phase === 'queued');
  expect(simulator.counts().loads).toBe(1);
  simulator.release();
  expect((await first).status).toBe(200);
  expect((await second).status).toBe(200);
  expect(simulator.counts().loads).toBe(2);
});

test('counts the part of a prompt that was in memory, until the model is loaded again', async () => {
  const simulator = await start({ maxLoaded: 1 });
  const question = 'x'.repeat(4_000);
  await chat(simulator, 'a', question);
  expect(simulator.counts()).toMatchObject({ promptTokens: 1_000, reusedTokens: 0 });
  await chat(simulator, 'a', question, 'Answer.', 'And?');
  const { reusedTokens } = simulator.counts();
  expect(reusedTokens).toBeGreaterThanOrEqual(1_000);
  await chat(simulator, 'b', question);
  await chat(simulator, 'a', question);
  expect(simulator.counts().reusedTokens).toBe(reusedTokens);
});

test('a slot has the prompt of one conversation in memory', async () => {
  const simulator = await start({ parallel: 1 });
  const [one, other] = ['x'.repeat(4_000), 'y'.repeat(4_000)];
  for (const question of [one, other, one]) await chat(simulator, 'a', question);
  expect(simulator.counts().reusedTokens).toBeLessThan(10);
});
