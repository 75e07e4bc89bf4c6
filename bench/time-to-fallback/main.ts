import {
  createCatalogModel,
  createCircuitBreaker,
  createModelCatalog,
  planCandidates,
  streamWithFallback,
} from '@openclaw/model-selection';
import type { CatalogModel, CircuitBreaker } from '@openclaw/model-selection';
import type { Closable, Provider, StreamEvent } from '@openclaw/provider';
import { createOpenAICompatProvider } from '@openclaw/provider-openai-compat';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Measures the added time to the first content if the primary fails and a second model answers, compared with a direct
 * request to the second model. Rounds are interleaved. Each request meets the failure without an open circuit, except
 * in the last case.
 *
 * node --conditions=@openclaw/source bench/time-to-fallback/main.ts [--rounds 1000] [--limit-rounds 40] [--limit 250]
 *
 * The exit code is 1 if an aim is missed.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1000' },
    'limit-rounds': { type: 'string', default: '40' },
    limit: { type: 'string', default: '250' },
  },
});
const limitMs = Number(values.limit);
const AIM_MS = 50;

const servers = spawn(
  process.execPath,
  ['--conditions=@openclaw/source', join(import.meta.dirname, 'serve-failures.ts')],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
try {
  const [line] = await once(servers.stdout, 'data');
  const urls: { failing: string; healthy: string } = JSON.parse(String(line));
  await measure(urls);
} finally {
  servers.kill('SIGTERM');
}

interface Case {
  readonly name: string;
  readonly primary: CatalogModel;
  readonly circuits?: CircuitBreaker;
  /** Whether the primary counts as loading when the limit expires. Only for cases with a limit. */
  readonly loading?: boolean;
}

async function measure(urls: { failing: string; healthy: string }): Promise<void> {
  const providers = new Map<string, Provider & Closable>(
    ['http://127.0.0.1:1', urls.failing, urls.healthy].map((url) => {
      const provider = createOpenAICompatProvider({ id: 'ollama', baseUrl: `${url}/v1`, server: 'ollama' });
      return [`${url}/v1`, provider] as const;
    }),
  );
  const second = model('second', urls.healthy);
  const remembered = createCircuitBreaker();
  const cases: readonly Case[] = [
    { name: 'connection refused', primary: model('refused', 'http://127.0.0.1:1') },
    ...['404', '429', '503', 'reset'].map((name) => ({ name, primary: model(name, urls.failing) })),
    { name: 'refused, circuit open', primary: model('refused', 'http://127.0.0.1:1'), circuits: remembered },
  ];
  const limitCases: readonly Case[] = [
    { name: `hangs, limit ${limitMs} ms`, primary: model('silent', urls.failing), loading: false },
    { name: `loads, limit ${limitMs} ms`, primary: model('silent', urls.failing), loading: true },
  ];

  function ask(candidate: CatalogModel, { signal }: { signal: AbortSignal }): AsyncIterable<StreamEvent> {
    const provider = providers.get(candidate.endpoint);
    if (provider === undefined) throw new Error(`No provider for ${candidate.endpoint}.`);
    const messages = [{ role: 'user', content: 'Hi' }] as const;
    return provider.stream({ model: candidate.model, messages, streaming: true }, { signal });
  }

  const direct = (): Promise<number> => firstWordMs(ask(second, { signal: new AbortController().signal }));

  async function withFallback({ primary, circuits = createCircuitBreaker(), loading }: Case): Promise<number> {
    const caller = new AbortController();
    const catalog = createModelCatalog([primary, second]);
    const startedAt = performance.now();
    const plan = planCandidates({
      catalog,
      primary: primary.ref,
      fallbacks: [second.ref],
      circuits: circuits.status(),
    });
    const limit = loading === undefined ? {} : { firstEventLimitMs: () => limitMs, isLoading: async () => loading };
    const events = streamWithFallback({ plan, ask, circuits, ...limit }, { signal: caller.signal });
    const elapsedMs = await firstWordMs(events, startedAt);
    caller.abort();
    return elapsedMs;
  }

  async function sample(those: readonly Case[], rounds: number): Promise<Map<string, number[]>> {
    const samples = new Map<string, number[]>([
      ['direct', []],
      ...those.map(({ name }) => [name, []] as [string, number[]]),
    ]);
    for (let round = 0; round < rounds; round++) {
      samples.get('direct')?.push(await direct());
      for (const one of those) samples.get(one.name)?.push(await withFallback(one));
    }
    return samples;
  }

  await sample(cases, 50);
  const atOnce = await sample(cases, Number(values.rounds));
  const limited = await sample(limitCases, Number(values['limit-rounds']));
  console.log('Time to the first word, in ms; "added" is against the direct request of the same percentile.\n');
  report(atOnce, { allowedMs: 0 });
  console.log('');
  report(limited, { allowedMs: limitMs });
  await Promise.all([...providers.values()].map((provider) => provider.close()));
}

async function firstWordMs(events: AsyncIterable<StreamEvent>, startedAt = performance.now()): Promise<number> {
  let elapsedMs = Number.NaN;
  for await (const event of events) {
    if (event.type === 'error') throw event.error;
    if (event.type === 'text-delta' && Number.isNaN(elapsedMs)) elapsedMs = performance.now() - startedAt;
  }
  return elapsedMs;
}

function report(samples: ReadonlyMap<string, readonly number[]>, { allowedMs }: { allowedMs: number }): void {
  const direct = samples.get('direct') ?? [];
  console.log(
    `${'case'.padEnd(24)}${['p50', 'p99', 'max', 'added p50', 'added p99', '× p50'].map((head) => head.padStart(11)).join('')}  aim p99`,
  );
  for (const [name, times] of samples) {
    const [p50, p99] = [percentile(times, 50), percentile(times, 99)];
    const added = [p50 - percentile(direct, 50), p99 - percentile(direct, 99)];
    const met = name === 'direct' || (added[1] ?? Infinity) < allowedMs + AIM_MS;
    if (!met) process.exitCode = 1;
    const cells = [p50, p99, Math.max(...times), ...added, p50 / percentile(direct, 50)];
    const aim = name === 'direct' ? '' : `< ${allowedMs + AIM_MS}: ${met ? 'met' : 'MISSED'}`;
    console.log(`${name.padEnd(24)}${cells.map((cell) => cell.toFixed(2).padStart(11)).join('')}  ${aim}`);
  }
}

function percentile(numbers: readonly number[], percent: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

function model(name: string, url: string): CatalogModel {
  return createCatalogModel({ provider: 'ollama', model: name, endpoint: `${url}/v1` });
}
