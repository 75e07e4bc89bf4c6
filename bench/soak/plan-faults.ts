import { createRandom } from './create-random.ts';

/** Every fault that the soak can inject. */
export const FAULT_KINDS = [
  'kill',
  'stop',
  'cut',
  'storm',
  'broken-replies',
  'stale',
  'disk',
  'log-stall',
  'config',
  'leave',
  'slow',
  'silent',
  'half-sent',
  'garbage',
  'large',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** One fault of the schedule. */
export interface PlannedFault {
  readonly kind: FaultKind;
  /** Milliseconds after the start of the load. */
  readonly atMs: number;
  /** How long it lasts, for faults that last. */
  readonly forMs: number;
  /** Random numbers of the fault: which upstream, which edit, how many. */
  readonly seed: number;
}

export interface FaultPlanOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly kinds: readonly FaultKind[];
}

/** Faults begin after the first tenth of the load, and none begins in the last fifth. */
const FIRST_SHARE = 0.1;
const LAST_SHARE = 0.8;
const INTERVAL_MS = 2_000;
const SHORTEST_MS = 500;
const LONGEST_MS = 5_000;

/** The schedule of a run. One seed always gives the same one. Each kind occurs at least once. */
export function planFaults({ seconds, seed, kinds }: FaultPlanOptions): PlannedFault[] {
  if (kinds.length === 0) return [];
  const random = createRandom(seed);
  const startMs = seconds * 1000 * FIRST_SHARE;
  const windowMs = seconds * 1000 * (LAST_SHARE - FIRST_SHARE);
  const rounds = Math.max(1, Math.floor(windowMs / INTERVAL_MS / kinds.length));
  const order = Array.from({ length: rounds }, () => random.shuffle(kinds)).flat();
  const intervalMs = windowMs / order.length;
  const longestMs = Math.max(SHORTEST_MS, Math.min(LONGEST_MS, windowMs / 4));
  return order.map((kind, position) => ({
    kind,
    atMs: Math.round(startMs + (position + random.next()) * intervalMs),
    forMs: Math.round(random.between(SHORTEST_MS, longestMs)),
    seed: random.between(0, 2 ** 31),
  }));
}

/** `kill,stop` → kinds; an empty text stands for all. */
export function parseFaultKinds(text: string): readonly FaultKind[] {
  const names = text.split(',').filter((name) => name !== '');
  const kinds = FAULT_KINDS.filter((kind) => names.includes(kind));
  const unknown = names.filter((name) => !kinds.some((kind) => kind === name));
  if (unknown.length > 0) {
    throw new RangeError(`Unknown faults: ${unknown.join(', ')}. There are: ${FAULT_KINDS.join(', ')}.`);
  }
  return names.length === 0 ? FAULT_KINDS : kinds;
}
