/**
 * Characters that control a terminal: C0, DEL, C1 (escape sequences start with one of these), the overrides, embeddings
 * and isolates that reorder text, and the two Unicode line ends. The marks U+200E, U+200F and U+061C are not included:
 * Arabic and Hebrew text needs them, and they reorder only adjacent punctuation.
 */
const CONTROLS = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

/** Replaces control characters by their JSON escapes (`\u001b`). Characters in `keep` stay. */
export function escapeControls(text: string, { keep = '' }: { keep?: string } = {}): string {
  return text.replace(CONTROLS, (character) => (keep.includes(character) ? character : escapeCharacter(character)));
}

/** Whether a text has control characters; tabs and line ends count. */
export function hasControls(text: string): boolean {
  return text.search(CONTROLS) !== -1;
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
