/**
 * Measures the cost of repairing a streamed answer of n, 2n and 4n characters: CPU time should double with the size.
 * With the path of another version of the package, each size is measured with both, in turns.
 *
 * node --conditions=@openclaw/source bench/repair-stream/main.ts [path of another src/index.ts]
 */
import { pathToFileURL } from 'node:url';
import { createStreamRepair } from '@openclaw/stream-repair';
import { REPAIR_CASES, TOOLS } from './cases.ts';
import type { RepairCase } from './cases.ts';
import { measureGrowth } from '../linear-cost/measure-growth.ts';

type CreateRepair = typeof createStreamRepair;

const SIZE = 32_000;
const ROUNDS = 15;

const [otherPath = '', wanted = ''] = process.argv.slice(2);
const other: { createStreamRepair: CreateRepair } | undefined =
  otherPath === '' ? undefined : await import(pathToFileURL(otherPath).href);

if (other) await compare(other.createStreamRepair);
else await growth();

async function growth(): Promise<void> {
  console.log('CPU milliseconds for n, 2n and 4n characters, and how often more each doubling costs.\n');
  for (const { name, events } of REPAIR_CASES.filter((one) => one.name.includes(wanted))) {
    const { milliseconds, ratios } = await measureGrowth({
      name,
      size: SIZE,
      unit: 'characters',
      prepare: (size) => {
        const given = events(size);
        return () => repair(createStreamRepair, given);
      },
    });
    const cells = [...milliseconds.map((ms) => ms.toFixed(2)), ...ratios.map((ratio) => `× ${ratio.toFixed(1)}`)];
    console.log(`${name.padEnd(42)} ${cells.map((cell) => cell.padStart(8)).join(' ')}`);
  }
}

/** Both versions in turns, so that a busy machine slows both. */
async function compare(createOther: CreateRepair): Promise<void> {
  console.log('CPU milliseconds of the other version and of this one, and their ratio.\n');
  for (const one of REPAIR_CASES.filter(({ name }) => name.includes(wanted))) {
    const given = one.events(4 * SIZE);
    const times: [number[], number[]] = [[], []];
    for (let round = -3; round < ROUNDS; round += 1) {
      for (const [place, create] of [createOther, createStreamRepair].entries()) {
        const ms = cpuMilliseconds(() => repair(create, given));
        if (round >= 0) times[place]?.push(ms);
      }
    }
    const [before, now] = times.map(median);
    report(one, before ?? Number.NaN, now ?? Number.NaN);
  }
}

function report({ name }: RepairCase, before: number, now: number): void {
  const ratio = (now / before).toFixed(2);
  console.log(
    `${name.padEnd(42)} ${before.toFixed(2).padStart(8)} ${now.toFixed(2).padStart(8)} ${ratio.padStart(6)} ×`,
  );
}

function repair(create: CreateRepair, events: Parameters<ReturnType<CreateRepair>['push']>[0]): number {
  const answer = create({ tools: TOOLS });
  let count = 0;
  for (const event of events) count += answer.push([event]).length;
  return count;
}

function cpuMilliseconds(work: () => unknown): number {
  const before = process.cpuUsage();
  for (let count = 0; count < 4; count += 1) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 4000;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}
