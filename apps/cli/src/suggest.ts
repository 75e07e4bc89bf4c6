import leven from 'leven';

/** The known word nearest to a mistyped one, or `undefined` if none is near. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: distanceBetween(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(lengthOf(word, candidate) / 3)))
    .toSorted((left, right) => left.distance - right.distance);
  return nearest?.candidate;
}

/** Swapped letters count as one mistake. */
function distanceBetween(one: string, other: string): number {
  const distance = leven(one, other);
  return sortedLetters(one) === sortedLetters(other) ? distance / 2 : distance;
}

function sortedLetters(word: string): string {
  return Array.from(word).toSorted().join('');
}

/** The dashes of an option are not compared. */
function lengthOf(...words: readonly string[]): number {
  return Math.max(...words.map((word) => word.replace(/^-+/, '').length));
}
