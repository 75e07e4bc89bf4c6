import { readClosingWords } from './closing-words.ts';
import { promotionRule } from './promotion-rule.ts';
import type { TextContext } from './text-position.ts';
import { readBlanks, readWhile } from './text-reader.ts';
import type { Parse, TextReader } from './text-reader.ts';
import { readClosing } from './tool-call-syntaxes.ts';
import type { FoundCalls, ToolCallReader } from './tool-call-syntaxes.ts';

/** The result of reading a candidate. */
export interface CandidateOutcome {
  /** The calls; empty if the candidate is only text. */
  readonly groups: readonly FoundCalls[];
  /** The end of the calls. What was read after it is text. */
  readonly end: number;
}

const NO_CALL: CandidateOutcome = { groups: [], end: 0 };

/** Reads one call, or several that are judged together, and the text after them as far as the rule needs it. */
export function* readCandidate(
  reader: TextReader,
  calls: ToolCallReader,
  place: { readonly context: TextContext; readonly before: string },
): Parse<CandidateOutcome> {
  const first = yield* calls.read(reader);
  if (first === 'closing') return { groups: [], end: place.context === 'after-block' ? reader.offset : 0 };
  if (!first) return NO_CALL;
  const rule = promotionRule(first.form, place);
  if (rule === 'never') return NO_CALL;
  const groups = [first];
  let end = reader.offset;
  // Small models often close one bracket too many; an outer object has one more for a reason.
  if (rule === 'at-line-end' && (yield* readWhile(reader, /[}\]]/y, 0)) !== '') end = reader.offset;
  while (rule !== 'now') {
    const blanks = yield* readWhile(reader, /[\s;,]+/y);
    if (reader.peek() === '') return { groups, end: reader.offset };
    // After a comma another call follows, possibly on the next line.
    if (rule === 'at-line-end' && blanks.includes('\n') && !/[,;]/.test(blanks)) return { groups, end };
    const behind = reader.offset;
    const next = yield* calls.read(reader);
    if (!next) {
      reader.moveTo(behind);
      const closes = rule === 'before-closing-words' && (yield* readClosingWords(reader, place));
      return closes ? { groups, end } : NO_CALL;
    }
    end = reader.offset;
    if (next !== 'closing') groups.push(next);
    // A closing marker after JSON shows that the opening one is missing.
    if (first.form !== 'marked' && (next === 'closing' || next.form === 'marked')) return { groups, end };
  }
  return { groups, end };
}

/** Reads a closing tag that the server left after its own call. */
export function* readStrayClosing(reader: TextReader): Parse<CandidateOutcome> {
  yield* readBlanks(reader);
  const closing = yield* readClosing(reader);
  return { groups: [], end: closing === undefined ? 0 : reader.offset };
}
