import leven from 'leven';

/** Names longer than this are not compared: nobody mistypes them by hand, and comparing takes time. */
const longestName = 200;

/** A thing with the names that it goes by. */
export interface Named {
  readonly ref: string;
  readonly names: readonly string[];
}

/** References whose names look most like what was written, the nearest first; none when nothing comes near. */
export function nearestNames(
  wanted: string,
  { among, count = 3 }: { among: readonly Named[]; count?: number },
): string[] {
  if (wanted.length > longestName) return [];
  const written = wanted.trim().toLowerCase();
  const farthest = Math.max(2, Math.floor(written.length / 3));
  return among
    .map(({ ref, names }) => ({ ref, distance: Math.min(...names.map((name) => distanceTo(written, name, farthest))) }))
    .filter(({ distance }) => distance <= farthest)
    .toSorted((a, b) => a.distance - b.distance || a.ref.localeCompare(b.ref))
    .slice(0, count)
    .map(({ ref }) => ref);
}

function distanceTo(written: string, name: string, farthest: number): number {
  return leven(written, name.toLowerCase(), { maxDistance: farthest + 1 });
}
