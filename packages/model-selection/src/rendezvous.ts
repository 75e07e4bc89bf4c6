/** Something that a key can be assigned to. */
export interface WeightedTarget {
  readonly endpoint: string;
  readonly weight: number;
}

/**
 * Orders targets for a key by weighted rendezvous hashing: the same key gets the same order in every process, each target
 * is first for its share of the keys, and only the keys of a target that is removed move.
 */
export function rankByRendezvous<T extends WeightedTarget>(key: string, targets: readonly T[]): readonly T[] {
  return targets
    .map((target) => ({ target, score: -target.weight / Math.log(toUnitInterval(`${key}\0${target.endpoint}`)) }))
    .toSorted((a, b) => b.score - a.score || (a.target.endpoint < b.target.endpoint ? -1 : 1))
    .map(({ target }) => target);
}

/** Hashes a text to a number between 0 and 1, both excluded: FNV-1a, then the finalizer of MurmurHash3. */
function toUnitInterval(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) + 0.5) / 2 ** 32;
}
