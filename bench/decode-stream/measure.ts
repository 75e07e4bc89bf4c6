/** Somebody who reads a streamed reply and tells its text. */
export interface Contestant {
  readonly name: string;
  readonly read: (pieces: readonly Uint8Array[]) => Promise<string>;
}

export interface MeasureOptions {
  readonly pieces: readonly Uint8Array[];
  /** What everybody must have read, or the figure means nothing. */
  readonly expectedText: string;
  readonly rounds: number;
}

const WARM_UP_ROUNDS = 4;

/** Median nanoseconds for the whole reply. Everybody takes a turn in every round, first a different one each time. */
export async function measure(
  contestants: readonly Contestant[],
  { pieces, expectedText, rounds }: MeasureOptions,
): Promise<ReadonlyMap<string, number>> {
  const times = new Map(contestants.map(({ name }) => [name, [] as number[]]));
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const contestant = contestants[(turn + round + WARM_UP_ROUNDS) % contestants.length];
      if (contestant === undefined) continue;
      const since = process.hrtime.bigint();
      const text = await contestant.read(pieces);
      const nanoseconds = Number(process.hrtime.bigint() - since);
      if (text !== expectedText)
        throw new Error(`${contestant.name} read another text: ${JSON.stringify(text.slice(0, 100))}`);
      if (round >= 0) times.get(contestant.name)?.push(nanoseconds);
    }
  }
  return new Map([...times].map(([name, list]) => [name, median(list)]));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
