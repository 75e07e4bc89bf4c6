import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from './sandbox.ts';

async function start() {
  const simulator = await startOllamaSimulator({ models: ['gpt-oss:20b'] });
  onTestFinished(() => simulator.close());
  const sandbox = createSandbox({ OLLAMA_HOST: simulator.url });
  sandbox.write('openclaw.json', { agents: { defaults: { model: 'ollama/gpt-oss:20b' } } });
  return { simulator, ...sandbox };
}

const CALL = { toolCall: { name: 'get_weather', arguments: { city: 'Oslo' } } };
const SET = `openclaw config set 'agents.defaults.models["ollama/gpt-oss:20b"].streaming'`;

test('doctor sends no chat request unless asked to compare', async () => {
  const { openclaw, simulator } = await start();
  await openclaw(['doctor']);
  expect(simulator.journal.of('/v1/chat/completions')).toHaveLength(0);
});

test('equal answers: doctor names the command that enables streaming', async () => {
  const { openclaw, simulator } = await start();
  simulator.enqueue([CALL], [CALL]);
  const { code, stdout } = await openclaw(['doctor', '--streaming']);
  expect(code).toBe(0);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('with a tool is equal to a whole one');
  expect(stdout).toContain(`${SET} true`);
  const sent = simulator.journal.of('/v1/chat/completions').map(({ body }) => (body as { stream?: boolean }).stream);
  expect(sent.map((stream) => stream === true)).toEqual([false, true]);
});

test('different answers: doctor shows both, and how to disable streaming where it is enabled', async () => {
  const { openclaw, simulator, write } = await start();
  write('openclaw.json', {
    agents: { defaults: { model: 'ollama/gpt-oss:20b', models: { 'ollama/gpt-oss:20b': { streaming: true } } } },
  });
  simulator.enqueue([CALL], 'Sunny, I think.');
  const { code, stdout } = await openclaw(['doctor', '--streaming']);
  expect(code).toBe(0);
  expect(stdout).toContain('Whole: called get_weather({"city":"Oslo"})');
  expect(stdout).toContain('Streamed: no tool call, text "Sunny, I think."');
  expect(stdout).toContain(`${SET} false`);
});

test('without a call in either answer nothing is advised', async () => {
  const { openclaw, simulator } = await start();
  simulator.enqueue('Hello.', 'Hello.');
  const { stdout } = await openclaw(['doctor', '--streaming']);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('called no tool, so nothing is known about its streams');
  expect(stdout).not.toContain(SET);
});

test('a failure of the comparison is a finding', async () => {
  const { openclaw, simulator } = await start();
  simulator.enqueue({ http: { status: 400, body: { error: 'broken' } } });
  const { stdout } = await openclaw(['doctor', '--streaming']);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Streaming could not be tested:');
});
