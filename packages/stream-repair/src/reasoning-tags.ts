import type { TextContext } from './text-position.ts';

/** Opening tags and what closes them. `[THINK]` is Magistral's, `<seed:think>` Seed-OSS's. */
const CLOSING_OF: Readonly<Record<string, string>> = {
  '<think>': '</think>',
  '<thinking>': '</thinking>',
  '<seed:think>': '</seed:think>',
  '[THINK]': '[/THINK]',
};
const TAGS = Object.entries(CLOSING_OF).flat();
const ANY_TAG = new RegExp(TAGS.map((tag) => tag.replaceAll(/[[\]/]/g, '\\$&')).join('|'));
const LONGEST_TAG = Math.max(...TAGS.map((tag) => tag.length));

/** A tag in a text. */
export interface ReasoningTag {
  readonly tag: string;
  readonly index: number;
  /** For an opening tag: what closes it. */
  readonly closing: string | undefined;
}

/** What a tag is at its place; `unknown` as long as the character behind it has not arrived. */
export type TagMeaning = 'opens' | 'opens-if-closed' | 'closes' | 'text' | 'unknown';

/** The first reasoning tag in a text. */
export function findReasoningTag(text: string): ReasoningTag | undefined {
  // Most texts have no bracket at all, which is seen much sooner than that they have no tag.
  if (!text.includes('<') && !text.includes('[')) return undefined;
  const match = ANY_TAG.exec(text);
  return match ? { tag: match[0], index: match.index, closing: CLOSING_OF[match[0]] } : undefined;
}

/** How many characters at the end of a text may become a tag; of any kind, or the one given. */
export function unfinishedTagLength(text: string, tag?: string): number {
  const tags = tag === undefined ? TAGS : [tag];
  const end = text.slice(1 - LONGEST_TAG);
  const begin = /[<[][^<[]*$/.exec(end)?.[0] ?? '';
  return tags.some((whole) => whole.startsWith(begin)) ? begin.length : 0;
}

/**
 * What a tag means where it stands. An opening tag counts at the begin of the answer and of a line; within a line it has
 * to touch what it encloses and to be closed, since a sentence may speak of tags. A closing tag alone has to touch what
 * it closes, or to begin a line.
 */
export function tagMeaning(
  { closing }: ReasoningTag,
  place: { readonly context: TextContext; readonly last: string; readonly next: string | undefined },
): TagMeaning {
  const { context, last, next } = place;
  if (context === 'code' || context === 'quoted') return 'text';
  const beginsLine = context !== 'sentence' && context !== 'word';
  if (closing === undefined) return beginsLine || /\S/.test(last) ? 'closes' : 'text';
  if (beginsLine) return 'opens';
  if (next === undefined) return 'unknown';
  return /[\p{L}\p{N}]/u.test(next) || (next === '\n' && context === 'sentence') ? 'opens-if-closed' : 'text';
}
