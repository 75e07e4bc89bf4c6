import type { Parse, TextReader } from '../text-reader.ts';

/** A JSON value as it was written, not validated. */
export interface RawValue {
  readonly text: string;
  /** `whole`, or where the text ended: between two things, or within a string. */
  readonly end: 'whole' | 'open' | 'in-string';
}

const PLAIN = /[^"'{}[\]]+/y;
const SCALAR = /[^\s,;:{}[\]<"']+/y;
const IN_STRING: Readonly<Record<string, RegExp>> = { '"': /[^"\\]+/y, "'": /[^'\\]+/y };

/**
 * Reads one value by its brackets and quotes. Tolerates the mistakes of small models (single quotes, line ends in
 * strings, missing commas), since the arguments are repaired later. Never recurses: depth is a number.
 */
export function* readRawValue(reader: TextReader): Parse<RawValue> {
  while (reader.starved) yield;
  if (!/["'{[]/.test(reader.peek())) return yield* readScalar(reader);
  let text = '';
  let depth = 0;
  let lastVisible = ':';
  do {
    while (reader.starved) yield;
    const mark = reader.peek();
    if (mark === '') return { text, end: 'open' };
    if (mark === '"' || (mark === "'" && '{[,:'.includes(lastVisible))) {
      const string = yield* readRawString(reader, mark);
      text += string.text;
      if (string.end !== 'whole') return { text, end: 'in-string' };
      lastVisible = mark;
      continue;
    }
    const plain = reader.take(PLAIN);
    if (plain !== '') {
      text += plain;
      lastVisible = plain.trimEnd().slice(-1) || lastVisible;
      continue;
    }
    if (mark === '{' || mark === '[') depth += 1;
    if (mark === '}' || mark === ']') depth -= 1;
    text += mark;
    lastVisible = mark;
    reader.advance();
  } while (depth > 0);
  return { text, end: 'whole' };
}

/** Reads a string with its quotes. The reader is at the first of them. */
function* readRawString(reader: TextReader, quote: string): Parse<RawValue> {
  const inString = IN_STRING[quote] ?? /(?!)/y;
  let text = quote;
  reader.advance();
  let escaped = false;
  for (;;) {
    while (reader.starved) yield;
    const mark = reader.peek();
    if (mark === '') return { text, end: 'in-string' };
    const inside = escaped ? '' : reader.take(inString);
    if (inside !== '') {
      text += inside;
      continue;
    }
    text += mark;
    reader.advance();
    if (!escaped && mark === quote) return { text, end: 'whole' };
    escaped = !escaped && mark === '\\';
  }
}

function* readScalar(reader: TextReader): Parse<RawValue> {
  let text = '';
  for (;;) {
    while (reader.starved) yield;
    const more = reader.take(SCALAR);
    if (more === '') return { text, end: text === '' ? 'open' : 'whole' };
    text += more;
  }
}
