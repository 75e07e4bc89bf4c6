import { readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';

/** A text and the mark that ends it. */
export interface EndedText {
  readonly text: string;
  readonly end: string;
}

/** Reads up to and with the first of the marks, which all start with `first`; `undefined` if none of them follows. */
export function* readUntil(
  reader: TextReader,
  { first, ends }: { readonly first: string; readonly ends: readonly string[] },
): Parse<EndedText | undefined> {
  const plain = new RegExp(`[^${first === ']' ? '\\]' : first}]+`, 'y');
  let text = '';
  for (;;) {
    while (reader.starved) yield;
    if (reader.peek() === '') return undefined;
    const more = reader.take(plain);
    if (more !== '') {
      text += more;
      continue;
    }
    const { read, word } = yield* readWord(reader, ends);
    if (word !== undefined) return { text, end: word };
    // The mark may start within what looked like one.
    reader.rewind(read.length - 1);
    text += first;
  }
}
