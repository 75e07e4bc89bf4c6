import leven from 'leven';

/** The known word that was most likely meant, or nothing when none is near. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: leven(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= tolerance(Math.max(word.length, candidate.length)))
    .toSorted((left, right) => left.distance - right.distance);
  return nearest?.candidate;
}

/** Two letters that changed places count twice, so even short words are allowed that much. */
function tolerance(length: number): number {
  return Math.max(length < 4 ? 1 : 2, Math.floor(length / 3));
}
