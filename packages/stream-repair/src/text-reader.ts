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
  /** Goes on at a place in the text that arrived. */
  moveTo(offset: number): void;
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
      this.moveTo(this.offset - characters);
    },
    moveTo(offset) {
      index = offset - (text.length - piece.length);
      if (index >= 0) return;
      piece = text.slice(offset);
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

/** Words and their beginnings, so that the cost of a search does not depend on the number of words. */
export interface WordSet {
  has(word: string): boolean;
  /** Whether any of the words starts with this text. */
  begins(text: string): boolean;
}

/** Creates a set of words, together with those of another set. */
export function createWordSet(words: Iterable<string>, others?: WordSet): WordSet {
  const all = new Set(words);
  const beginnings = new Set<string>();
  for (const word of all) for (let end = 1; end <= word.length; end += 1) beginnings.add(word.slice(0, end));
  if (others === undefined) return { has: (word) => all.has(word), begins: (text) => beginnings.has(text) };
  return {
    has: (word) => all.has(word) || others.has(word),
    begins: (text) => beginnings.has(text) || others.begins(text),
  };
}

/**
 * Reads the longest of the words that match the text. If none matches, `word` is `undefined` and `read` is the longest
 * start of any of them.
 */
export function* readWord(
  reader: TextReader,
  words: readonly string[] | WordSet,
): Parse<{ readonly read: string; readonly word: string | undefined }> {
  const set = 'has' in words ? words : listOf(words);
  let read = '';
  let word: string | undefined;
  for (;;) {
    while (reader.starved) yield;
    const longer = read + reader.peek();
    if (reader.peek() === '' || !set.begins(longer)) break;
    read = longer;
    reader.advance();
    if (set.has(read)) word = read;
  }
  if (word === undefined) return { read, word };
  reader.rewind(read.length - word.length);
  return { read: word, word };
}

/** A short list, whose beginnings are not worth a set. */
function listOf(words: readonly string[]): WordSet {
  return {
    has: (word) => words.includes(word),
    begins: (text) => words.some((word) => word.startsWith(text)),
  };
}
