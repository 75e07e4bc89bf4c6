/**
 * Compares what two builds of this gateway cost: CPU time per request, as a ratio with its error. Build first; Linux only,
 * because it reads /proc.
 * `node bench/gateway-overhead/compare-builds.ts --against ../before/apps/gateway/dist/main.js --processes 8
 * --workloads whole,stream --connections 32,256 --warm-up 12 --rounds 20 --round-ms 500`
 *
 * Two things would decide the result otherwise. The JIT compiler decides by chance of timing, so that two processes of one
 * build differ by up to 20 %: there are several processes of each build, and the error is computed from how they differ. The
 * speed of a shared machine changes by the second: all processes take short turns, in the warm-up too, and a cost counts
 * only against the mean of all processes in its round.
 */
import { parseArgs } from 'node:util';
import { createRandom } from '../soak/create-random.ts';
import { startOpenClaw, startUpstream } from './servers.ts';
import type { Contender } from './servers.ts';
import { measure, WORKLOADS } from './workloads.ts';
import type { Workload } from './workloads.ts';

const WARM_UP_TURN_MS = 500;
const BUILDS = { this: 'this build', against: 'against' };

const { values } = parseArgs({
  options: {
    against: { type: 'string' },
    processes: { type: 'string', default: '8' },
    workloads: { type: 'string', default: 'whole,stream' },
    connections: { type: 'string', default: '32,256' },
    'warm-up': { type: 'string', default: '12' },
    rounds: { type: 'string', default: '20' },
    'round-ms': { type: 'string', default: '500' },
  },
});
const { against } = values;
if (against === undefined) refuse('Name the other build: --against <path of its main.js>');
const workloads = values.workloads.split(',').map(readWorkload);
const rounds = Number(values.rounds);
const warmUpTurns = (Number(values['warm-up']) * 1000) / WARM_UP_TURN_MS;
const random = createRandom(Date.now());

const upstream = await startUpstream();
const processes: Contender[] = [];
for (let count = 0; count < Number(values.processes); count++) {
  processes.push(await startOpenClaw({ upstream: upstream.port, name: BUILDS.this }));
  processes.push(await startOpenClaw({ upstream: upstream.port, name: BUILDS.against, bundle: against }));
}

const rows = [];
for (const workload of workloads) {
  for (const connections of values.connections.split(',').map(Number)) rows.push(await compare(workload, connections));
}
console.table(rows);
process.exit(0);

async function compare(workload: Workload, connections: number) {
  for (let turn = 0; turn < warmUpTurns; turn++) {
    for (const one of random.shuffle(processes)) await measure(one, { workload, connections, ms: WARM_UP_TURN_MS });
  }
  const costs = new Map<Contender, number[]>(processes.map((one) => [one, []]));
  const relative = new Map<Contender, number[]>(processes.map((one) => [one, []]));
  let failures = 0;
  for (let round = 0; round < rounds; round++) {
    const inRound = new Map<Contender, number>();
    for (const one of random.shuffle(processes)) {
      const result = await measure(one, { workload, connections, ms: Number(values['round-ms']) });
      inRound.set(one, result.cost);
      failures += result.failures;
    }
    const average = mean([...inRound.values()]);
    for (const [one, cost] of inRound) {
      costs.get(one)?.push(cost);
      relative.get(one)?.push(cost / average);
    }
  }
  const ofBuild = (name: string, figures: ReadonlyMap<Contender, readonly number[]>) =>
    processes.filter((one) => one.name === name).map((one) => mean(figures.get(one) ?? []));
  const these = ofBuild(BUILDS.this, relative);
  const those = ofBuild(BUILDS.against, relative);
  const ratio = mean(these) / mean(those);
  // Of a quotient, relative errors add up by their squares.
  const error = 2 * ratio * Math.hypot(standardError(these) / mean(these), standardError(those) / mean(those));
  return {
    workload,
    connections,
    'this, CPU ms/req': mean(ofBuild(BUILDS.this, costs)).toFixed(4),
    'against, CPU ms/req': mean(ofBuild(BUILDS.against, costs)).toFixed(4),
    // What its processes cost, against the mean of all.
    'this, processes': range(these),
    'against, processes': range(those),
    ratio: ratio.toFixed(3),
    '± 2 standard errors': error.toFixed(3),
    failures,
  };
}

function readWorkload(name: string): Workload {
  if (isWorkload(name)) return name;
  return refuse(`There is no workload "${name}". Choose from ${Object.keys(WORKLOADS).join(' and ')}.`);
}

function isWorkload(name: string): name is Workload {
  return Object.hasOwn(WORKLOADS, name);
}

function refuse(message: string): never {
  console.error(message);
  process.exit(2);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function range(numbers: readonly number[]): string {
  return `${Math.min(...numbers).toFixed(2)} to ${Math.max(...numbers).toFixed(2)}`;
}

/** Of the mean of these numbers. */
function standardError(numbers: readonly number[]): number {
  const average = mean(numbers);
  const variance = numbers.reduce((sum, number) => sum + (number - average) ** 2, 0) / (numbers.length - 1);
  return Math.sqrt(variance / numbers.length);
}
