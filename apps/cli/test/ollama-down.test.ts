import { expect, test } from 'vitest';
import { createSandbox } from './sandbox.ts';

/** The discard port, which has no listener. */
const UNREACHABLE = 'http://127.0.0.1:9';

test.each([
  [['models', 'list']],
  [['agent', '-m', 'hello']],
  [['agent', '-m', 'hello', '--model', 'ollama/gpt-oss:20b']],
])('with Ollama down, %j says which URL was tried, what went wrong, and what to run', async (argv) => {
  const { openclaw, write } = createSandbox({ OLLAMA_HOST: UNREACHABLE });
  write('openclaw.json', { agents: { defaults: { model: 'ollama/gpt-oss:20b' } } });
  const { code, stdout, stderr } = await openclaw(argv);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(UNREACHABLE);
  expect(stderr).toContain('connection refused');
  expect(stderr).toContain('ollama serve');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('with --json the same is one document', async () => {
  const { openclaw } = createSandbox({ OLLAMA_HOST: UNREACHABLE, OLLAMA_API_KEY: 'x' });
  const { code, stdout } = await openclaw(['models', 'list', '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    error: { type: 'failed', url: expect.stringContaining(UNREACHABLE), nextCommands: ['ollama serve'] },
  });
});

test('agent --json names every attempt, and the command to run', async () => {
  const { openclaw, write } = createSandbox({ OLLAMA_HOST: UNREACHABLE });
  write('openclaw.json', { agents: { defaults: { model: 'ollama/gpt-oss:20b' } } });
  const { code, stdout } = await openclaw(['agent', '-m', 'hello', '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    error: {
      type: 'failed',
      code: 'connection-failed',
      connection: 'refused',
      attempts: [{ model: 'ollama/gpt-oss:20b', outcome: 'connection-failed' }],
      nextCommands: ['ollama serve'],
    },
  });
});

test('with nothing set up, the next command is onboard', async () => {
  const { openclaw } = createSandbox();
  const { code, stderr } = await openclaw(['agent', '-m', 'hello']);
  expect(code).toBe(1);
  expect(stderr).toContain('Next: openclaw onboard');
});

test('a dead provider does not keep the others from being listed', async () => {
  const { openclaw, write } = createSandbox({ OLLAMA_HOST: UNREACHABLE, OLLAMA_API_KEY: 'x' });
  write('openclaw.json', {
    models: { providers: { other: { baseUrl: 'http://127.0.0.1:9/v1', models: [{ id: 'm' }] } } },
  });
  const { code, stdout, stderr } = await openclaw(['models', 'list', '--plain']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'other/m\n' });
  expect(stderr).toContain('connection refused');
});

test('the next model answers, and one line says so', async () => {
  const { startOllamaSimulator } = await import('@openclaw/ollama-simulator');
  await using simulator = await startOllamaSimulator({ models: ['llama3.3'] });
  const { openclaw, write } = createSandbox({ OLLAMA_HOST: simulator.url });
  write('openclaw.json', {
    models: { providers: { workstation: { baseUrl: `${UNREACHABLE}/v1`, models: [{ id: 'gpt-oss:20b' }] } } },
    agents: { defaults: { model: { primary: 'workstation/gpt-oss:20b', fallbacks: ['ollama/llama3.3'] } } },
  });
  const { code, stdout, stderr } = await openclaw(['agent', '-m', 'hello']);
  expect(code).toBe(0);
  expect(stdout).toContain('llama3.3');
  expect(stderr).toBe(
    `workstation/gpt-oss:20b could not be reached (connection refused at ${UNREACHABLE}); answered by ollama/llama3.3\n`,
  );
});
