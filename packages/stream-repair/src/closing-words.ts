import { announcesAction } from './announces-example.ts';
import { readWhile } from './text-reader.ts';
import type { Parse, TextReader } from './text-reader.ts';

/** The longest line that may close an answer behind a call, in characters. */
const MAX_CLOSING_LENGTH = 80;
const SENTENCE_END = /[.!?…。！？]["'”’)*_`]*$/u;
/** The start of a heading, a list item, a quotation or a numbered line. */
const BLOCK_START = /^(?:#|>|[-*+•]\s|\d+[.)]|\*\*)/;

/**
 * Reads the text behind a call, as far as it decides whether the call is an example. A model that calls says little
 * more: one short line that ends the answer. A model that explains a call goes on. The reader is at the first word.
 */
export function* readClosingWords(reader: TextReader, { before }: { readonly before: string }): Parse<boolean> {
  if (!announcesAction(before) && !endsSentence(before)) return false;
  const line = yield* readWhile(reader, /[^\n]/y, MAX_CLOSING_LENGTH);
  if (line.length > MAX_CLOSING_LENGTH || BLOCK_START.test(line)) return false;
  yield* readWhile(reader, /\s+/y);
  return reader.peek() === '';
}

/** Whether the last line ends a sentence, and is neither a heading nor an item of a list. */
function endsSentence(before: string): boolean {
  const line = before.trimEnd().split('\n').at(-1)?.trim() ?? '';
  return SENTENCE_END.test(line) && !BLOCK_START.test(line);
}
