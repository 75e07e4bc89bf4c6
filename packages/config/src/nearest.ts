import leven from 'leven';

/** The candidate nearest to a mistyped word, or undefined if none is near enough. */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  if (written.length > MAX_WORD) return undefined;
  const limit = Math.max(2, Math.floor(written.length / 3));
  const lower = written.toLowerCase();
  const ranked = [...candidates]
    .map((candidate) => ({ candidate, distance: distance(lower, candidate.toLowerCase()) }))
    .filter(({ distance: far, candidate }) => far <= limit && far < candidate.length)
    .toSorted((one, other) => one.distance - other.distance);
  return ranked[0]?.candidate;
}

/** No candidate is this long, and the comparison takes time in proportion to both lengths. */
const MAX_WORD = 100;

/** Edit distance. Swapped letters count as one edit, so `modle` is nearer to `model` than to `models`. */
function distance(one: string, other: string): number {
  const far = leven(one, other);
  return one.length === other.length && sortedLetters(one) === sortedLetters(other) ? far / 2 : far;
}

function sortedLetters(text: string): string {
  return Array.from(text).toSorted().join('');
}
