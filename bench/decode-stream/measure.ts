/** A reader of a streamed reply, which returns its text. */
export interface Contestant {
  readonly name: string;
  readonly read: (pieces: readonly Uint8Array[]) => Promise<string>;
}

export interface MeasureOptions {
  readonly pieces: readonly Uint8Array[];
  /** The text that every reader must return. */
  readonly expectedText: string;
  readonly rounds: number;
}

const WARM_UP_ROUNDS = 4;

/** The time of one contestant for the whole reply. */
export interface Figure {
  /** Median over the rounds. */
  readonly nanoseconds: number;
  /**
   * Median over the rounds of its time to that of the first contestant in the same round: a busy machine slows both.
   */
  readonly ratio: number;
}

/** Every round measures all contestants, each time starting with a different one. */
export async function measure(
  contestants: readonly Contestant[],
  { pieces, expectedText, rounds }: MeasureOptions,
): Promise<ReadonlyMap<string, Figure>> {
  const times = contestants.map((): number[] => []);
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const place = (turn + round + WARM_UP_ROUNDS) % contestants.length;
      const contestant = contestants[place];
      if (contestant === undefined) continue;
      const since = process.hrtime.bigint();
      const text = await contestant.read(pieces);
      const nanoseconds = Number(process.hrtime.bigint() - since);
      if (text !== expectedText)
        throw new Error(`${contestant.name} read another text: ${JSON.stringify(text.slice(0, 100))}`);
      if (round >= 0) times[place]?.push(nanoseconds);
    }
  }
  const [first = []] = times;
  return new Map(
    contestants.map(({ name }, place) => {
      const own = times[place] ?? [];
      const ratios = own.map((nanoseconds, round) => nanoseconds / (first[round] ?? Number.NaN));
      return [name, { nanoseconds: median(own), ratio: median(ratios) }];
    }),
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
