import type { CallForm } from './model-family.ts';
import { mayBePromoted } from './promotion-rule.ts';
import { LINE_STARTS } from './text-position.ts';
import type { TextPosition } from './text-position.ts';
import { WORD_CHARACTER } from './tool-call-syntaxes.ts';
import type { ToolCallReader } from './tool-call-syntaxes.ts';

/** The form of a candidate by its first character, where that is unambiguous. */
const FORMS: Readonly<Record<string, CallForm>> = { '{': 'bare', '`': 'fenced' };

export interface CallStartOptions {
  readonly calls: Pick<ToolCallReader, 'markerStart' | 'lineStart'>;
  /** Follows the text that is passed. */
  readonly position: TextPosition;
  /** Whether the next text is directly at the start of a line, of the answer, or behind a call. */
  readonly isAtLineStart: () => boolean;
  /** Called with the text in front of the start, in pieces. */
  readonly pass: (text: string) => void;
  /** Whether a mark counts at the position. @default if a call can be promoted there */
  readonly counts?: (mark: string, position: TextPosition) => boolean;
}

/** Returns the text from the first place on that may start a call; empty if there is none. */
export function findCallStart(
  text: string,
  { calls, position, isAtLineStart, pass, counts = isPromotable }: CallStartOptions,
): string {
  const start = isAtLineStart() || text.includes('\n') ? calls.lineStart : calls.markerStart;
  start.lastIndex = 0;
  let from = 0;
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const [mark] = match;
    if (match.index > from) pass(text.slice(from, match.index));
    from = match.index;
    if (!isInLine(mark, match.index) && counts(mark, position)) return text.slice(from);
  }
  pass(text.slice(from));
  return '';

  /** Whether a marker that counts only at the start of a line is elsewhere. */
  function isInLine(mark: string, index: number): boolean {
    return index === 0 && WORD_CHARACTER.test(mark) && !(isAtLineStart() && LINE_STARTS.has(position.context()));
  }
}

function isPromotable(mark: string, position: TextPosition): boolean {
  const isWithinRow = mark === '`' && position.last === '`';
  return !isWithinRow && mayBePromoted(FORMS[mark] ?? 'marked', position.context());
}
