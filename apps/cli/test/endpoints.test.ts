import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from './sandbox.ts';

async function startLab() {
  const start = async () => {
    const simulator = await startOllamaSimulator({ models: ['qwen3:8b'] });
    onTestFinished(simulator.close);
    return simulator;
  };
  const [one, two] = [await start(), await start()];
  const sandbox = createSandbox();
  const endpoints = [
    { baseUrl: one.url, name: 'one' },
    { baseUrl: two.url, name: 'two' },
  ];
  sandbox.write('openclaw.json', {
    models: { providers: { lab: { api: 'ollama', endpoints } } },
    agents: { defaults: { model: 'lab/qwen3:8b' } },
  });
  two.load('qwen3:8b');
  return { one, two, ...sandbox };
}

test('models explain shows the endpoints of a model, and which one would be chosen', async () => {
  const { one, two, openclaw } = await startLab();
  const { stdout } = await openclaw(['models', 'explain']);
  expect(stdout).toContain('lab/qwen3:8b at one of 2 endpoints');
  expect(stdout).toContain(`endpoint one at ${one.url}/v1: model not loaded; 0 running, 0 queued`);
  expect(stdout).toContain(`endpoint two at ${two.url}/v1: model loaded; 0 running, 0 queued (chosen: loaded)`);
  const document = JSON.parse((await openclaw(['models', 'explain', '--json'])).stdout);
  expect(document).toMatchObject({
    candidates: [
      {
        key: 'lab/qwen3:8b',
        endpoints: [
          { name: 'one', circuit: 'closed', loaded: false },
          { name: 'two', circuit: 'closed', loaded: true, chosen: 'loaded' },
        ],
      },
    ],
  });
});

test('models ps shows the endpoint that has a model in memory', async () => {
  const { openclaw } = await startLab();
  const { stdout } = await openclaw(['models', 'ps']);
  expect(stdout).toMatch(/Model +Endpoint/);
  expect(stdout).toMatch(/lab\/qwen3:8b +two/);
  expect(JSON.parse((await openclaw(['models', 'ps', '--json'])).stdout)).toMatchObject({
    models: [{ key: 'lab/qwen3:8b', endpoint: 'two' }],
  });
});

test('models list shows a model once, with its endpoints', async () => {
  const { one, two, openclaw } = await startLab();
  expect(JSON.parse((await openclaw(['models', 'list', '--json'])).stdout)).toMatchObject({
    count: 1,
    models: [
      {
        key: 'lab/qwen3:8b',
        endpoints: [
          { name: 'one', url: `${one.url}/v1` },
          { name: 'two', url: `${two.url}/v1` },
        ],
      },
    ],
  });
});
