import leven from 'leven';

/** Names longer than this are not compared: nobody mistypes them by hand, and comparing takes time. */
const MAX_NAME_LENGTH = 200;

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

/** A third of the letters may be wrong, and two of a short name. */
function distanceOf(written: string, names: readonly string[]): number {
  const farthest = Math.max(2, Math.floor(written.length / 3));
  const nearest = Math.min(...names.map((name) => leven(written, name.toLowerCase(), { maxDistance: farthest + 1 })));
  return nearest <= farthest ? nearest : Infinity;
}
