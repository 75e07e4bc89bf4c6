import type { ModelFamily } from './model-family.ts';
import { FAMILIES } from './syntaxes/families.ts';
import type { TextContext } from './text-position.ts';
import { createWordSet } from './text-reader.ts';

/** What a tag does outside of a reasoning block. */
export type TagRole =
  | {
      readonly type: 'opens';
      readonly closings: readonly string[];
      readonly endsBefore: readonly string[];
      readonly jsonIsText: boolean;
    }
  /** Ends a block whose opening was not seen. */
  | { readonly type: 'closes' }
  | { readonly type: 'opens-answer'; readonly closings: readonly string[]; readonly afterReasoning: boolean }
  /** `isEnd`: it ends a turn, too. */
  | { readonly type: 'closes-answer'; readonly closesAlone: boolean; readonly isEnd: boolean }
  | { readonly type: 'ends-answer' };

/** A tag in a text. */
export interface ReasoningTag {
  readonly tag: string;
  readonly index: number;
  readonly role: TagRole;
}

/** The meaning of an opening tag at its place; `unknown` until the next character has arrived. */
export type TagMeaning = 'opens' | 'opens-if-closed' | 'opens-if-closed-at-line-end' | 'text' | 'unknown';

/** The roles of all tags; the first role of a tag counts. */
const ROLES = rolesOf(FAMILIES);
const TAGS = [...ROLES.keys()].toSorted((one, other) => other.length - one.length);
const ANY_TAG = new RegExp(TAGS.map((tag) => tag.replaceAll(/[[\]/|^$.*+?()\\{}]/g, '\\$&')).join('|'));
const MAX_TAG_LENGTH = Math.max(...TAGS.map((tag) => tag.length));
const TAG_WORDS = createWordSet(TAGS);
const ANY_START = /[<[\]]/;
const TAG_START = /[<[\]]/g;

/**
 * The first tag in a text. A tag at its end that may become a longer one is not found yet, unless no more text follows
 * (`isWhole`).
 */
export function findReasoningTag(text: string, { isWhole }: { readonly isWhole: boolean }): ReasoningTag | undefined {
  // Most texts have no bracket, and this check is much faster than the expression.
  if (!text.includes('<') && !text.includes('[')) return undefined;
  const match = ANY_TAG.exec(text);
  const role = match && ROLES.get(match[0]);
  if (match && !isWhole && mayGrow(text.slice(match.index))) return undefined;
  return role ? { tag: match[0], index: match.index, role } : undefined;
}

/** Whether more text may make a longer tag of these characters. */
function mayGrow(text: string): boolean {
  return TAGS.some((tag) => tag.length > text.length && tag.startsWith(text));
}

/** How many characters at the end of a text may become a tag; any tag, or one of the given ones. */
export function unfinishedTagLength(text: string, tags?: readonly string[]): number {
  const end = text.length < MAX_TAG_LENGTH ? text : text.slice(1 - MAX_TAG_LENGTH);
  if (!ANY_START.test(end)) return 0;
  for (const { index } of end.matchAll(TAG_START)) {
    const start = end.slice(index);
    if (tags === undefined ? TAG_WORDS.begins(start) : tags.some((tag) => tag.startsWith(start))) return start.length;
  }
  return 0;
}

/** How many blanks and tokens behind the end of an answer are kept, in characters. Behind more of them it is an end. */
export const MAX_KEPT_ENDS = 4096;

/**
 * Reads blanks and tokens that end a turn, and adds them to the `ends` before. `isEnd`: nothing else follows, but for
 * the start of a tag (`rest`).
 */
export function readAnswerEnd(
  text: string,
  ends: string,
): { readonly ends: string; readonly rest: string; readonly isEnd: boolean } {
  let rest = text.trimStart();
  let isEnd = rest === '' || isTagStart(rest);
  // A longer token may start with a whole shorter one, so the start of a tag is looked for first.
  for (let token = endTokenOf(rest); !isEnd && token !== undefined; token = endTokenOf(rest)) {
    rest = rest.slice(token.length).trimStart();
    isEnd = rest === '' || isTagStart(rest);
  }
  const read = text.slice(0, text.length - rest.length);
  return { ends: (ends + read).slice(0, MAX_KEPT_ENDS + 1), rest, isEnd };
}

function isTagStart(text: string): boolean {
  return text.length <= MAX_TAG_LENGTH && TAG_WORDS.begins(text);
}

function endTokenOf(text: string): string | undefined {
  return TAGS.find((tag) => {
    const role = ROLES.get(tag);
    return text.startsWith(tag) && (role?.type === 'ends-answer' || (role?.type === 'closes-answer' && role.isEnd));
  });
}

/** How many blanks behind a tag are read to see the word behind them. */
const MAX_BLANKS = 16;

/**
 * The meaning of an opening tag at its place, with the text behind it. It counts at the start of the answer and of a
 * line, but if a sentence about the tag follows (`<think> is the tag …`) only if it is closed at a line end. Within a
 * line it must touch the text that it encloses and must be closed, since a sentence may mention tags.
 */
export function openingMeaning({
  context,
  behind,
}: {
  readonly context: TextContext;
  readonly behind: string;
}): TagMeaning {
  if (context === 'code' || context === 'quoted') return 'text';
  const next = behind.charAt(0);
  if (next === '') return 'unknown';
  if (context !== 'sentence' && context !== 'word') {
    const word = behind.slice(0, MAX_BLANKS).replace(/^[ \t]+/, '');
    if (word === '' && behind.length < MAX_BLANKS) return 'unknown';
    return /[ \t]/.test(next) && /^\p{Ll}/u.test(word) ? 'opens-if-closed-at-line-end' : 'opens';
  }
  return /[\p{L}\p{N}]/u.test(next) || (next === '\n' && context === 'sentence') ? 'opens-if-closed' : 'text';
}

/** Whether a closing tag alone counts: it touches the text before it, or starts a line. */
export function closesAlone({ context, last }: { readonly context: TextContext; readonly last: string }): boolean {
  if (context === 'code' || context === 'quoted') return false;
  return (context !== 'sentence' && context !== 'word') || /\S/.test(last);
}

/** The first of the tags that end a block, unless a backtick is before it. `last` is the character before the text. */
export function findBlockEnd(
  tags: readonly string[],
  { text, last }: { readonly text: string; readonly last: string },
): { readonly tag: string; readonly index: number } | undefined {
  let first: { readonly tag: string; readonly index: number } | undefined;
  for (const tag of tags) {
    let index = text.indexOf(tag);
    while (index !== -1 && (index === 0 ? last : text.charAt(index - 1)) === '`') index = text.indexOf(tag, index + 1);
    if (index !== -1 && index < (first?.index ?? Infinity)) first = { tag, index };
  }
  return first;
}

function rolesOf(families: readonly ModelFamily[]): ReadonlyMap<string, TagRole> {
  const roles = new Map<string, TagRole>();
  const add = (tag: string, role: TagRole): void => {
    if (!roles.has(tag)) roles.set(tag, role);
  };
  const marks = families.flatMap(({ reasoning = [] }) => reasoning);
  for (const { opening, closings, endsBefore = [], jsonIsText = false } of marks) {
    add(opening, { type: 'opens', closings, endsBefore, jsonIsText });
  }
  for (const { closings, closesAlone: alone = true } of marks) {
    if (alone) for (const closing of closings) add(closing, { type: 'closes' });
  }
  const endTokens = families.flatMap((family) => family.endTokens ?? []);
  for (const { opening, closings, afterReasoning = false, closesAlone: alone = false } of families.flatMap(
    ({ answer = [] }) => answer,
  )) {
    add(opening, { type: 'opens-answer', closings, afterReasoning });
    for (const closing of closings) {
      add(closing, { type: 'closes-answer', closesAlone: alone, isEnd: endTokens.includes(closing) });
    }
  }
  for (const token of endTokens) add(token, { type: 'ends-answer' });
  return roles;
}
