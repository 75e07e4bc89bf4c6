import type { TextContext } from './text-position.ts';

/** Opening tags and their closing tags. `[THINK]` is Magistral's, `<seed:think>` Seed-OSS's. */
const CLOSING_OF: Readonly<Record<string, string>> = {
  '<think>': '</think>',
  '<thinking>': '</thinking>',
  '<seed:think>': '</seed:think>',
  '[THINK]': '[/THINK]',
};
const TAGS = Object.entries(CLOSING_OF).flat();
const ANY_TAG = new RegExp(TAGS.map((tag) => tag.replaceAll(/[[\]/]/g, '\\$&')).join('|'));
const MAX_TAG_LENGTH = Math.max(...TAGS.map((tag) => tag.length));

/** A tag in a text. */
export interface ReasoningTag {
  readonly tag: string;
  readonly index: number;
  /** The closing tag of an opening tag. */
  readonly closing: string | undefined;
}

/** The meaning of a tag at its place; `unknown` until the next character has arrived. */
export type TagMeaning = 'opens' | 'opens-if-closed' | 'closes' | 'text' | 'unknown';

/** The first reasoning tag in a text. */
export function findReasoningTag(text: string): ReasoningTag | undefined {
  // Most texts have no bracket, and this check is much faster than the expression.
  if (!text.includes('<') && !text.includes('[')) return undefined;
  const match = ANY_TAG.exec(text);
  return match ? { tag: match[0], index: match.index, closing: CLOSING_OF[match[0]] } : undefined;
}

/** How many characters at the end of a text may become a tag; any tag, or the given one. */
export function unfinishedTagLength(text: string, tag?: string): number {
  const tags = tag === undefined ? TAGS : [tag];
  const end = text.slice(1 - MAX_TAG_LENGTH);
  const start = /[<[][^<[]*$/.exec(end)?.[0] ?? '';
  return tags.some((whole) => whole.startsWith(start)) ? start.length : 0;
}

/**
 * The meaning of a tag at its place. An opening tag counts at the start of the answer and of a line. Within a line it
 * must touch the text that it encloses and must be closed, since a sentence may mention tags. A closing tag alone must
 * touch the text before it, or start a line.
 */
export function tagMeaning(
  { closing }: ReasoningTag,
  place: { readonly context: TextContext; readonly last: string; readonly next: string | undefined },
): TagMeaning {
  const { context, last, next } = place;
  if (context === 'code' || context === 'quoted') return 'text';
  const startsLine = context !== 'sentence' && context !== 'word';
  if (closing === undefined) return startsLine || /\S/.test(last) ? 'closes' : 'text';
  if (startsLine) return 'opens';
  if (next === undefined) return 'unknown';
  return /[\p{L}\p{N}]/u.test(next) || (next === '\n' && context === 'sentence') ? 'opens-if-closed' : 'text';
}
