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

const RUNS = 3;
/** Work below this is repeated within one run, as the clock of CPU time may be as coarse as ten milliseconds. */
const SHORTEST_MS = 40;
/** A size that takes longer ends the case: a quadratic one would keep the machine for minutes. */
const LONGEST_MS = 1_000;

/** Measures the CPU time of this process, which other processes of a busy machine disturb least. */
export async function measureGrowth({ name, size, unit, prepare }: CostCase): Promise<Growth> {
  const milliseconds: number[] = [];
  for (const factor of [1, 2, 4]) {
    const work = prepare(size * factor);
    const { repeat, milliseconds: first } = await calibrate(work);
    const runs = [first];
    while (runs.length < RUNS && first <= LONGEST_MS) runs.push(await cpuMilliseconds(work, repeat));
    milliseconds.push(median(runs));
    if (first > LONGEST_MS) break;
  }
  const ratios = milliseconds.slice(1).map((ms, index) => ms / (milliseconds[index] ?? Number.NaN));
  return { name, size, unit, milliseconds, ratios };
}

/** How often the work must be repeated to be measured; warms it up, too. */
async function calibrate(work: () => unknown): Promise<{ repeat: number; milliseconds: number }> {
  for (let repeat = 1; ; repeat *= 2) {
    const milliseconds = await cpuMilliseconds(work, repeat);
    if (milliseconds * repeat >= SHORTEST_MS) return { repeat, milliseconds };
  }
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
