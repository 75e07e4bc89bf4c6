import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import { readUntil } from './read-until.ts';
import type { WrittenArgument } from './typed-arguments.ts';

/** The tags of one XML notation of calls. */
export interface XmlNotation {
  /** Before the attributes of a parameter. */
  readonly openings: readonly string[];
  readonly closings: readonly string[];
  /** The ends of a call; the first stands for one that is missing. */
  readonly callEnds: readonly string[];
  /** Ends of the section around a call, which end the call, too. */
  readonly sectionEnds: readonly string[];
  /** Whether the line ends at both ends of a value belong to it. @default false: they are layout */
  readonly keepsLineEnds?: boolean;
}

/** `<parameter=key>value</parameter>` up to `</function>`, and its variants. */
export const XML_NOTATION: XmlNotation = {
  openings: ['<parameter=', '<parameter name=', '<param name='],
  closings: ['</parameter>', '</param>'],
  callEnds: ['</function>', '</invoke>'],
  sectionEnds: ['</tool_call>'],
};

/** The parameters of a call. */
export interface WrittenParameters {
  readonly written: readonly WrittenArgument[];
  /** Whether the end of the call was there. It may be missing at the end of an answer. */
  readonly isClosed: boolean;
}

const MAX_KEY_LENGTH = 256;
const CDATA = '<![CDATA[';

/** Reads parameters up to and with the end of their call. */
export function* readParameters(reader: TextReader, notation: XmlNotation): Parse<WrittenParameters | undefined> {
  const written: WrittenArgument[] = [];
  let tag = yield* readTag(reader, notation);
  while (tag !== undefined && notation.openings.includes(tag)) {
    const key = yield* readKey(reader);
    if (!key) return undefined;
    const value = yield* readValue(reader, notation);
    if (!value) return undefined;
    written.push({ ...key, text: value.text });
    tag = value.tag;
  }
  return tag === undefined ? undefined : { written, isClosed: tag !== MISSING_END };
}

/** The tag in place of a missing end of a call. */
const MISSING_END = '';

/** Reads the tag that follows: that of a parameter, or the end of the call. */
function* readTag(reader: TextReader, notation: XmlNotation): Parse<string | undefined> {
  const { read, word } = yield* readWord(reader, tagsOf(notation).next);
  return word ?? (isUnfinishedClosing(reader, read) ? MISSING_END : undefined);
}

/** Whether the answer ended within a closing tag, and was not cut: some parsers remove the rest of it. */
function isUnfinishedClosing(reader: TextReader, read: string): boolean {
  return reader.peek() === '' && !reader.cut && read.startsWith('</');
}

/** Reads the attributes of a parameter, up to and with `>`: `key`, `"key"`, or `"key" string="true"`. */
function* readKey(reader: TextReader): Parse<Omit<WrittenArgument, 'text'> | undefined> {
  const attributes = (yield* readWhile(reader, /[^>\n]/y, MAX_KEY_LENGTH)).trim();
  if (reader.peek() !== '>') return undefined;
  reader.advance();
  const [, quoted, isString] = /^(?:"([^"]*)"|'[^']*')\s+string="(true|false)"$/.exec(attributes) ?? [];
  if (quoted !== undefined) return { key: quoted, type: isString === 'true' ? 'text' : 'json' };
  return { key: /^(["']).*\1$/.test(attributes) ? attributes.slice(1, -1) : attributes };
}

/**
 * Reads a value and the tag after it: the tag of the next parameter, or the end of the call. A closing tag counts only
 * if the call continues or ends after it, so that a value may contain such tags. It may also be missing. One line end
 * after the opening tag and one before the closing tag are layout, the rest is the value.
 */
function* readValue(
  reader: TextReader,
  notation: XmlNotation,
): Parse<{ readonly text: string; readonly tag: string } | undefined> {
  const { openings, callEnds } = notation;
  const { inValue } = tagsOf(notation);
  const withoutLayout = (text: string): string =>
    notation.keepsLineEnds === true ? text : text.replace(/^\r?\n/, '').replace(/\r?\n$/, '');
  let text = '';
  let endsLine = false;
  for (;;) {
    while (reader.starved) yield;
    if (reader.peek() === '') return undefined;
    const plain = reader.take(/[^<]+/y);
    if (plain !== '') {
      text += plain;
      endsLine = plain.endsWith('\n');
      continue;
    }
    const { read, word } = yield* readWord(reader, inValue);
    if (word === CDATA && text.trim() === '') {
      const literal = yield* readUntil(reader, { first: ']', ends: [']]>'] });
      return literal && (yield* readEndOfLiteral(reader, { notation, text: literal.text }));
    }
    if (word !== undefined && openings.includes(word) && endsLine) return { text: withoutLayout(text), tag: word };
    if (word === undefined || word === CDATA || openings.includes(word)) {
      text += read;
      if (word === undefined && isUnfinishedClosing(reader, read)) {
        return { text: withoutLayout(text.slice(0, -read.length)), tag: MISSING_END };
      }
      continue;
    }
    const blanks = yield* readBlanks(reader);
    if (callEnds.includes(word)) {
      if (reader.peek() === '' || reader.peek() === '<') return { text: withoutLayout(text), tag: word };
      text += read + blanks;
      continue;
    }
    if (reader.peek() === '' && !reader.cut) return { text: withoutLayout(text), tag: MISSING_END };
    const next = yield* readWord(reader, tagsOf(notation).next);
    const tag = next.word ?? (isUnfinishedClosing(reader, next.read) ? MISSING_END : undefined);
    if (tag !== undefined) return { text: withoutLayout(text), tag };
    text += read + blanks + next.read;
  }
}

/** Reads the closing tag of a value in `CDATA`, and the tag after it. */
function* readEndOfLiteral(
  reader: TextReader,
  { notation, text }: { readonly notation: XmlNotation; readonly text: string },
): Parse<{ readonly text: string; readonly tag: string } | undefined> {
  yield* readBlanks(reader);
  yield* readWord(reader, notation.closings);
  yield* readBlanks(reader);
  if (reader.peek() === '' && !reader.cut) return { text, tag: MISSING_END };
  const tag = yield* readTag(reader, notation);
  return tag === undefined ? undefined : { text, tag };
}

interface Tags {
  /** Those that may follow a parameter. */
  readonly next: readonly string[];
  /** Those that mean something within a value. */
  readonly inValue: readonly string[];
}

const TAGS_OF = new WeakMap<XmlNotation, Tags>();

function tagsOf(notation: XmlNotation): Tags {
  const known = TAGS_OF.get(notation);
  if (known) return known;
  const { openings, closings, callEnds, sectionEnds } = notation;
  const tags = {
    next: [...openings, ...callEnds, ...sectionEnds],
    inValue: [...closings, ...callEnds, ...openings, CDATA],
  };
  TAGS_OF.set(notation, tags);
  return tags;
}
