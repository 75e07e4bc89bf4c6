import type { TagRole } from './reasoning-tags.ts';
import type { TextContext } from './text-position.ts';
import type { OpenCall } from './written-calls.ts';

/** How much text is held while it may still be reasoning, in characters: longer text is text. */
const MAX_HELD = {
  /** The start of an answer. */
  expecting: 32_768,
  /** Behind a tag that a sentence follows. */
  explained: 32_768,
  /** Behind a tag within a line. */
  inline: 4096,
  /** Behind reasoning of the server that ended within a sentence. */
  late: 32,
} as const;

/** What an opening tag is. */
export type OpeningRole = Extract<TagRole, { type: 'opens' }>;

/** How text is read at the moment. In `inline`, `explained`, `expecting` and `late` it is held until the next tag decides. */
export type ReasoningMode =
  | { readonly type: 'text' }
  | { readonly type: 'reasoning'; readonly role: OpeningRole; readonly ends: readonly string[] }
  | { readonly type: 'inline' | 'explained'; readonly opening: string; readonly role: OpeningRole }
  | { readonly type: 'expecting' | 'late' }
  /** Behind a tag that counts only if nothing but `ends` follows it: blanks and tokens that end a turn. */
  | { readonly type: 'answer-end'; readonly tag: string; readonly ends: string }
  /** Behind a tag within a call, if it is one: text that is part of the call if the call has an end. */
  | { readonly type: 'call'; readonly call: OpenCall; readonly text: string };

export const TEXT_MODE: ReasoningMode = { type: 'text' };

/** What a mark around the answer is. */
export type AnswerMarkRole = Extract<TagRole, { type: 'opens-answer' | 'closes-answer' | 'ends-answer' }>;

/** How many characters may be held in a mode. */
export function limitOf(mode: Exclude<ReasoningMode, { type: 'text' | 'answer-end' | 'call' }>): number {
  return mode.type === 'reasoning' ? Infinity : MAX_HELD[mode.type];
}

/** Whether a closing tag is where a block of its own ends: at the end of a line, or at its start. */
export function touchesLineEnd(behind: string, context: TextContext): boolean {
  const isAtEnd = behind.startsWith('\n') || behind.trim() === '';
  return (isAtEnd || context === 'line') && !/^[ \t]+\p{Ll}/u.test(behind);
}
