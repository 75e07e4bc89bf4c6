/** A parser that pauses (`yield`) while it needs text that has not arrived yet. */
export type Parse<T> = Generator<void, T, void>;

/**
 * Text that arrives in deltas, read by parsers that may pause in the middle of a word. Only the newest delta is
 * searched, so that the cost does not depend on the number of deltas.
 */
export interface TextReader {
  /** How many characters were read. */
  readonly offset: number;
  /** Everything that arrived, read or not. */
  readonly text: string;
  /** The next character; empty when there is none. */
  peek(): string;
  /** Whether a parser must wait: all text is read, and more may arrive. */
  readonly starved: boolean;
  /** Whether the text ended because the answer was cut, not because the model finished. */
  readonly cut: boolean;
  give(text: string): void;
  end(cut: boolean): void;
  advance(): void;
  /** Unreads the last characters that were read. */
  rewind(characters: number): void;
  /** Reads what a sticky pattern matches in the newest piece, and returns it. */
  take(pattern: RegExp): string;
}

/** Creates a reader without text. */
export function createTextReader(): TextReader {
  let text = '';
  let piece = '';
  let index = 0;
  let ended = false;
  let cut = false;
  return {
    get offset() {
      return text.length - piece.length + index;
    },
    get text() {
      return text;
    },
    peek() {
      return piece.charAt(index);
    },
    get starved() {
      return index >= piece.length && !ended;
    },
    get cut() {
      return cut;
    },
    give(more) {
      text += more;
      piece = index < piece.length ? piece.slice(index) + more : more;
      index = 0;
    },
    end(wasCut) {
      ended = true;
      cut = wasCut;
    },
    advance() {
      index += 1;
    },
    rewind(characters) {
      index -= characters;
      if (index >= 0) return;
      piece = text.slice(text.length - piece.length + index);
      index = 0;
    },
    take(pattern) {
      pattern.lastIndex = index;
      const taken = pattern.exec(piece)?.[0] ?? '';
      index += taken.length;
      return taken;
    },
  };
}

/** Reads blanks and line ends, and returns them. */
export function* readBlanks(reader: TextReader): Parse<string> {
  return yield* readWhile(reader, /\s+/y);
}

/** Reads as long as a sticky pattern matches, and returns what it matched. With a `limit`, stops soon after it. */
export function* readWhile(reader: TextReader, pattern: RegExp, limit = Infinity): Parse<string> {
  let read = '';
  while (read.length <= limit) {
    while (reader.starved) yield;
    const taken = reader.take(pattern);
    if (taken === '') return read;
    read += taken;
  }
  return read;
}

/**
 * Reads the longest of the words that match the text. If none matches, `word` is `undefined` and `read` is the longest
 * start of any of them.
 */
export function* readWord(
  reader: TextReader,
  words: readonly string[],
): Parse<{ readonly read: string; readonly word: string | undefined }> {
  let read = '';
  let word: string | undefined;
  for (;;) {
    while (reader.starved) yield;
    const longer = read + reader.peek();
    if (reader.peek() === '' || !words.some((candidate) => candidate.startsWith(longer))) break;
    read = longer;
    reader.advance();
    if (words.includes(read)) word = read;
  }
  if (word === undefined) return { read, word };
  reader.rewind(read.length - word.length);
  return { read: word, word };
}
