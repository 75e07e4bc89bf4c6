/** Characters of a token. Longer ones are used where a shorter text is taken. */
const LENGTHS = [5, 6, 4, 7, 3, 8, 2, 9, 10, 12, 14, 16, 1, 20, 24];
/** Positions to try for one text, before it counts as one that cannot be divided. */
const MAX_STEPS = 200_000;

/**
 * Divides a text into pieces that differ from each other and from all that are `taken`: a token has one successor, so it
 * can have one place only. Returns undefined if there is no such division.
 */
export function divideText(text: string, taken: (piece: string) => boolean): string[] | undefined {
  const characters = Array.from(text);
  const pieces: { readonly text: string; readonly end: number; readonly choice: number }[] = [];
  const used = new Set<string>();
  let choice = 0;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const start = pieces.at(-1)?.end ?? 0;
    if (start === characters.length) return pieces.map((piece) => piece.text);
    const length = LENGTHS[choice];
    if (length === undefined) {
      // None of the lengths fits here: the piece before gets another length.
      const last = pieces.pop();
      if (last === undefined) return undefined;
      used.delete(last.text);
      choice = last.choice + 1;
      continue;
    }
    const end = Math.min(start + length, characters.length);
    const piece = characters.slice(start, end).join('');
    if (used.has(piece) || taken(piece)) {
      choice += 1;
    } else {
      pieces.push({ text: piece, end, choice });
      used.add(piece);
      choice = 0;
    }
  }
  return undefined;
}
