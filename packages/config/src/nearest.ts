import leven from 'leven';

/** The candidate that was probably meant, or undefined when none is near enough. */
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

/** No candidate is as long; comparing would take a time in proportion to the length of both. */
const MAX_WORD = 100;

/** Edits from one word to the other; letters that merely changed places count as one, so `modle` is nearer to `model` than to `models`. */
function distance(one: string, other: string): number {
  const far = leven(one, other);
  return one.length === other.length && sortedLetters(one) === sortedLetters(other) ? far / 2 : far;
}

function sortedLetters(text: string): string {
  return Array.from(text).toSorted().join('');
}
