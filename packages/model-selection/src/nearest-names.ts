import leven from 'leven';

/** Longer names are not compared: they are not typed by hand, and the comparison is slow. */
const MAX_NAME_LENGTH = 200;

/** A reference with its names. */
export interface Named {
  readonly ref: string;
  readonly names: readonly string[];
}

/** The references with the most similar names, the nearest first. */
export function nearestNames(
  wanted: string,
  { among, count = 3 }: { among: readonly Named[]; count?: number },
): string[] {
  if (wanted.length > MAX_NAME_LENGTH) return [];
  const written = wanted.trim().toLowerCase();
  const withoutProvider = written.slice(written.indexOf('/') + 1);
  return among
    .map(({ ref, names }) => ({
      ref,
      distance: Math.min(distanceOf(written, names), distanceOf(withoutProvider, names)),
    }))
    .filter(({ distance }) => distance < Infinity)
    .toSorted((a, b) => a.distance - b.distance || a.ref.localeCompare(b.ref))
    .slice(0, count)
    .map(({ ref }) => ref);
}

/** The edit distance to the nearest name: at most a third of the letters, and two of a short name. */
function distanceOf(written: string, names: readonly string[]): number {
  const farthest = Math.max(2, Math.floor(written.length / 3));
  const nearest = Math.min(...names.map((name) => leven(written, name.toLowerCase(), { maxDistance: farthest + 1 })));
  return nearest <= farthest ? nearest : Infinity;
}
