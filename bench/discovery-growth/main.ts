/**
 * Measures how the cost of a list grows with the number of models: requests and milliseconds, cold, warm and with one
 * new model, and the best concurrency of `/api/show`. Run: `node --conditions=@openclaw/source
 * bench/discovery-growth/main.ts`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { discoverModels } from '@openclaw/ollama-discovery';
import { createFileDiscoveryCache } from '@openclaw/ollama-discovery/file-cache';
import type { DiscoveryCache } from '@openclaw/ollama-discovery';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulator } from '@openclaw/ollama-simulator';

const RUNS = 3;

/**
 * The time that a server needs to read a model's header from disk, and the size of a response with a list of tensors.
 */
const SHOW_MS = 5;
const show = JSON.stringify({
  capabilities: ['completion', 'tools'],
  model_info: { 'general.architecture': 'llama', 'llama.context_length': 131_072 },
  tensors: Array.from({ length: 600 }, (_, index) => ({
    name: `blk.${index}.attn_k.weight`,
    type: 'Q4_K',
    shape: [4096, 1024],
  })),
});

const directory = mkdtempSync(join(tmpdir(), 'discovery-growth-'));
try {
  console.log(
    `Times are medians of ${RUNS} runs in ms; every /api/show takes ${SHOW_MS} ms and is ${Math.round(show.length / 1024)} KB.\n`,
  );
  console.log('models   cold          warm         one new      warm/cold');
  for (const count of [10, 100, 1000]) await measureGrowth(count);
  console.log('\nat once  100 models cold');
  for (const concurrency of [1, 2, 4, 8, 16, 32]) await measureConcurrency(concurrency);
} finally {
  rmSync(directory, { recursive: true });
}

async function measureGrowth(count: number): Promise<void> {
  const simulator = await startServer(count);
  const cache = createFileDiscoveryCache({ directory });
  const cold = await measure(simulator, {});
  await discover(simulator, { cache });
  const warm = await measure(simulator, { cache });
  let pulled = 0;
  const oneNew = await measure(simulator, { cache, before: () => simulator.models.add(`new-${pulled++}`) });
  console.log(
    [String(count).padEnd(7), ...[cold, warm, oneNew].map(describe), `${(warm.ms / cold.ms).toFixed(3)}`].join('  '),
  );
  await simulator.close();
}

async function measureConcurrency(concurrency: number): Promise<void> {
  const simulator = await startServer(100);
  const { ms } = await measure(simulator, { concurrency });
  console.log(`${String(concurrency).padEnd(7)}  ${ms.toFixed(0)}`);
  await simulator.close();
}

function startServer(count: number): Promise<OllamaSimulator> {
  return startOllamaSimulator({
    models: Array.from({ length: count }, (_, index) => `model-${index}:8b`),
    version: '0.24.0',
    intercept: ({ path }) =>
      path === '/api/show'
        ? { http: { headersAfterMs: SHOW_MS, headers: { 'content-type': 'application/json' }, body: show } }
        : undefined,
  });
}

interface Measurement {
  readonly ms: number;
  readonly requests: number;
}

interface MeasureOptions {
  readonly cache?: DiscoveryCache;
  readonly concurrency?: number;
  readonly before?: () => void;
}

async function measure(simulator: OllamaSimulator, { before, ...options }: MeasureOptions): Promise<Measurement> {
  const runs: Measurement[] = [];
  for (let run = 0; run < RUNS; run++) {
    before?.();
    simulator.journal.clear();
    const startedAt = performance.now();
    await discover(simulator, options);
    runs.push({ ms: performance.now() - startedAt, requests: simulator.journal.entries.length });
  }
  const [, median] = runs.toSorted((a, b) => a.ms - b.ms);
  return median ?? { ms: NaN, requests: NaN };
}

function discover({ url: baseUrl }: OllamaSimulator, options: { cache?: DiscoveryCache; concurrency?: number }) {
  return discoverModels({ baseUrl, timeoutMs: 60_000, ...options });
}

function describe({ ms, requests }: Measurement): string {
  return `${ms.toFixed(0)} ms/${requests}`.padEnd(12);
}
