/** Work whose cost should grow in proportion to a size. */
export interface CostCase {
  readonly name: string;
  /** The smallest size; twice and four times as much are measured, too. */
  readonly size: number;
  /** What the size counts. */
  readonly unit: string;
  /** Makes the input, which is not measured, and returns the work on it. */
  readonly prepare: (size: number) => () => unknown;
}

export interface Growth {
  readonly name: string;
  readonly size: number;
  readonly unit: string;
  /** Median CPU milliseconds for size, 2 × size, 4 × size; shorter when one of them took too long to go on. */
  readonly milliseconds: readonly number[];
  /** How often more each doubling costs; linear work is at 2. */
  readonly ratios: readonly number[];
}

const RUNS = 5;
/** Work below this is repeated within one run, as clocks are coarse. */
const SHORTEST_MS = 20;
/** A size that takes longer ends the case: a quadratic one would keep the machine for minutes. */
const LONGEST_MS = 3_000;

/** Measures the CPU time of this process, which other processes of a busy machine disturb least. */
export async function measureGrowth({ name, size, unit, prepare }: CostCase): Promise<Growth> {
  const milliseconds: number[] = [];
  for (const factor of [1, 2, 4]) {
    const work = prepare(size * factor);
    const first = await cpuMilliseconds(work, 1);
    const repeat = Math.max(1, Math.ceil(SHORTEST_MS / Math.max(first, 0.01)));
    const runs = first > LONGEST_MS ? [first] : [];
    while (runs.length < RUNS && first <= LONGEST_MS) runs.push(await cpuMilliseconds(work, Math.min(repeat, 2_000)));
    milliseconds.push(median(runs));
    if (first > LONGEST_MS) break;
  }
  const ratios = milliseconds.slice(1).map((ms, index) => ms / (milliseconds[index] ?? Number.NaN));
  return { name, size, unit, milliseconds, ratios };
}

async function cpuMilliseconds(work: () => unknown, repeat: number): Promise<number> {
  const before = process.cpuUsage();
  for (let count = 0; count < repeat; count++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / repeat;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}
