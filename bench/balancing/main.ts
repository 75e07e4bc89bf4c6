import { CONTENDERS } from './policies.ts';
import { simulate } from './simulate.ts';
import type { Scenario } from './simulate.ts';

const common = { maxLoaded: 2, parallel: 4, seed: 17 };
const SCENARIOS: readonly Scenario[] = [
  { ...common, maxLoaded: 1, parallel: 1, hostCount: 1, modelCount: 3, clientCount: 8, conversationsPerClient: 10 },
  { ...common, maxLoaded: 1, parallel: 4, hostCount: 1, modelCount: 3, clientCount: 12, conversationsPerClient: 10 },
  { ...common, hostCount: 1, modelCount: 3, clientCount: 6, conversationsPerClient: 20 },
  { ...common, hostCount: 1, modelCount: 10, clientCount: 8, conversationsPerClient: 12 },
  { ...common, hostCount: 1, modelCount: 30, clientCount: 8, conversationsPerClient: 12 },
  { ...common, hostCount: 4, modelCount: 3, clientCount: 20, conversationsPerClient: 12 },
  { ...common, hostCount: 4, modelCount: 10, clientCount: 20, conversationsPerClient: 12 },
  { ...common, hostCount: 16, modelCount: 10, clientCount: 80, conversationsPerClient: 6 },
  { ...common, hostCount: 16, modelCount: 30, clientCount: 80, conversationsPerClient: 6 },
];

const only = process.argv[2]?.split(',').map(Number);
for (const [index, scenario] of SCENARIOS.entries()) {
  if (only !== undefined && !only.includes(index)) continue;
  const { hostCount, modelCount, clientCount } = scenario;
  process.stdout.write(`\n${hostCount} hosts, ${modelCount} models, ${clientCount} clients\n`);
  for (const contender of CONTENDERS) {
    const { requests, loads, rereadTokens, reusedTokens, firstTokenMs, durationMs, clientMeanMs } = await simulate(
      scenario,
      contender,
    );
    const cells = [
      contender.name.padEnd(28),
      `${requests} requests`,
      `${loads} loads`.padStart(10),
      `${Math.round(rereadTokens / 1000)}k re-read`.padStart(14),
      `${Math.round(reusedTokens / 1000)}k reused`.padStart(14),
      `p50 ${(firstTokenMs.p50 / 1000).toFixed(1)} s`.padStart(12),
      `p99 ${(firstTokenMs.p99 / 1000).toFixed(1)} s`.padStart(12),
      `clients ${(clientMeanMs.shortest / 1000).toFixed(1)} to ${(clientMeanMs.longest / 1000).toFixed(1)} s`,
      `${Math.round(durationMs / 60_000)} min`,
    ];
    process.stdout.write(`  ${cells.join('  ')}\n`);
  }
}
