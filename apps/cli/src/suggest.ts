import leven from 'leven';

/** The known word that was most likely meant, or nothing when none is near. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: distanceBetween(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(lengthOf(word, candidate) / 3)))
    .toSorted((left, right) => left.distance - right.distance);
  return nearest?.candidate;
}

/** Letters that merely changed places are one mistake. */
function distanceBetween(one: string, other: string): number {
  const distance = leven(one, other);
  return sortedLetters(one) === sortedLetters(other) ? distance / 2 : distance;
}

function sortedLetters(word: string): string {
  return Array.from(word).toSorted().join('');
}

/** The dashes of an option are not what was mistyped. */
function lengthOf(...words: readonly string[]): number {
  return Math.max(...words.map((word) => word.replace(/^-+/, '').length));
}
