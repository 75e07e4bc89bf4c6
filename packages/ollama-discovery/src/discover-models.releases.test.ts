import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulatorOptions } from '@openclaw/ollama-simulator';
import { expect, onTestFinished, test } from 'vitest';
import { discoverModels } from './discover-models.ts';
import { createFileDiscoveryCache } from './file-discovery-cache.ts';
import { listRunningModels, loadOllamaVersion } from './list-running-models.ts';

async function startSimulator(options: OllamaSimulatorOptions) {
  const simulator = await startOllamaSimulator(options);
  onTestFinished(() => simulator.close());
  return simulator;
}

const models = [
  { name: 'qwen3:8b', capabilities: ['completion', 'tools', 'thinking'], contextLength: 40_960 },
  { name: 'llava', capabilities: ['completion', 'tools', 'vision'], contextLength: 4096 },
  { name: 'gemma3:4b', capabilities: ['completion'] },
  { name: 'nomic-embed-text' },
];

test.each(['0.5.7', '0.6.4', '0.9.6', '0.12.6', '0.24.0', '0.30.0', '0.32.15'])(
  'finds the models with tools on Ollama %s, and hides the others',
  async (version) => {
    const { url } = await startSimulator({ version, models });
    const { models: offered, hidden } = await discoverModels({ baseUrl: `${url}/v1` });
    expect(offered.map(({ name, contextWindow }) => [name, contextWindow])).toEqual([
      ['qwen3:8b', 40_960],
      ['llava:latest', 4096],
    ]);
    expect(hidden.map(({ name, reason }) => [name, reason])).toEqual([
      ['gemma3:4b', 'no-tools'],
      ['nomic-embed-text:latest', 'embedding-only'],
    ]);
  },
);

test.each([
  ['0.5.7', false],
  ['0.9.6', true],
])('marks reasoning where Ollama %s can tell (%s)', async (version, reasoning) => {
  const { url } = await startSimulator({ version, models });
  expect((await discoverModels({ baseUrl: url })).models[0]!.reasoning).toBe(reasoning);
});

test('asks a list once and nothing else when a file remembers every model', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'discovery-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const simulator = await startSimulator({ models });
  const discover = () => discoverModels({ baseUrl: simulator.url, cache: createFileDiscoveryCache({ directory }) });
  const cold = await discover();
  simulator.journal.clear();
  expect(await discover()).toEqual(cold);
  expect(simulator.journal.entries.map(({ path }) => path)).toEqual(['/api/tags']);
});

test('says which models are in memory, and the version', async () => {
  const simulator = await startSimulator({ version: '0.12.6', models: [{ name: 'qwen3:8b', loaded: true }] });
  expect(await listRunningModels({ baseUrl: simulator.url })).toMatchObject([
    { name: 'qwen3:8b', contextLength: 4096 },
  ]);
  expect(await loadOllamaVersion({ baseUrl: simulator.url })).toContain('0.12.6');
});
