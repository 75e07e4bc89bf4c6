import { promotionRule } from './promotion-rule.ts';
import type { TextContext } from './text-position.ts';
import { readBlanks, readWhile, readWord } from './text-reader.ts';
import type { Parse, TextReader } from './text-reader.ts';
import { CLOSINGS, readToolCalls } from './tool-call-syntaxes.ts';
import type { FoundCalls } from './tool-call-syntaxes.ts';
import type { ToolIndex } from './tool-index.ts';

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
  tools: ToolIndex,
  place: { readonly context: TextContext; readonly before: string },
): Parse<CandidateOutcome> {
  const first = yield* readToolCalls(reader, tools);
  if (first === 'closing') return { groups: [], end: place.context === 'after-block' ? reader.offset : 0 };
  const rule = first ? promotionRule(first.form, place) : 'never';
  if (!first || rule === 'never') return NO_CALL;
  const groups = [first];
  let end = reader.offset;
  // Small models often close one brace too many; an outer object has one brace more for a reason.
  if (rule === 'at-line-end' && (yield* readWhile(reader, /\}/y, 0)) !== '') end = reader.offset;
  while (rule !== 'now') {
    const blanks = yield* readWhile(reader, /[\s;,]+/y);
    if (reader.peek() === '') return { groups, end: reader.offset };
    // After a comma another call follows, possibly on the next line.
    if (rule === 'at-line-end' && blanks.includes('\n') && !/[,;]/.test(blanks)) return { groups, end };
    const next = yield* readToolCalls(reader, tools);
    if (!next) return NO_CALL;
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
  const { word } = yield* readWord(reader, CLOSINGS);
  return { groups: [], end: word === undefined ? 0 : reader.offset };
}
