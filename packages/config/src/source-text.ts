import type { ConfigIssue } from './config-error.ts';

/** The text of one file. */
export interface SourceText {
  /** Absolute path, or the name of the text in messages. */
  file: string;
  text: string;
}

/** Line and column of an offset, with the line itself. */
export type Locate = (
  source: SourceText,
  offset: number,
) => Pick<ConfigIssue, 'file' | 'line' | 'column' | 'excerpt' | 'excerptColumn'>;

/**
 * Finds many places. Each text is split into lines once, each line is masked once, and only the part around the place
 * of a long line is shown, so that the time is proportional to the sum of text and places. Known secrets, by file, and
 * likely secrets are masked.
 */
export function createLocator({ secrets }: { secrets?: ReadonlyMap<string, readonly Span[]> } = {}): Locate {
  const known = new Map<SourceText, CutText>();
  return (source, offset) => {
    const cut = known.get(source) ?? cutText(source, secrets?.get(source.file) ?? []);
    known.set(source, cut);
    const index = lastAtOrBefore(cut.starts, offset);
    const start = cut.starts[index] ?? 0;
    const column = offset - start + 1;
    return { file: source.file, line: index + 1, column, ...excerptOf(maskedLine(cut, index), column) };
  };
}

/** Only a part of longer lines is shown. */
const MAX_EXCERPT = 1000;

function excerptOf(line: string, column: number): Pick<ConfigIssue, 'excerpt' | 'excerptColumn'> {
  if (line.length <= MAX_EXCERPT) return { excerpt: line };
  const start = Math.max(0, Math.min(column - 1 - MAX_EXCERPT / 2, line.length - MAX_EXCERPT));
  return { excerpt: line.slice(start, start + MAX_EXCERPT), ...(start > 0 && { excerptColumn: start + 1 }) };
}

/** A range of a text: the first character, and the one after the last. */
export interface Span {
  start: number;
  end: number;
}

/** Masks the content of the strings at `spans`; keeps the number of lines. */
export function maskSpans(
  text: string,
  { spans, mask }: { spans: readonly Span[]; mask: (secret: string) => string },
): string {
  let result = '';
  let copied = 0;
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    const secret = text.slice(start + 1, end - 1).replaceAll(/[^\r\n]+/g, mask);
    result += text.slice(copied, start + 1) + secret;
    copied = end - 1;
  }
  return result + text.slice(copied);
}

const NEWLINE = /\r\n|\n|\r/;

interface CutText {
  /** The start offset of each line. */
  starts: readonly number[];
  /** As wide as the text. */
  shown: string;
  /** Masked lines by index. */
  masked: Map<number, string>;
}

function maskedLine({ starts, shown, masked }: CutText, index: number): string {
  const known = masked.get(index);
  if (known !== undefined) return known;
  const [line = ''] = shown.slice(starts[index], starts[index + 1]).split(NEWLINE, 1);
  const result = maskSecretsInLine(line);
  masked.set(index, result);
  return result;
}

function cutText({ text }: SourceText, spans: readonly Span[]): CutText {
  const ends = text.matchAll(/\r\n|\n|\r/g);
  return {
    starts: [0, ...Array.from(ends, ({ index, 0: end }) => index + end.length)],
    shown: spans.length > 0 ? maskSpans(text, { spans, mask: keepingWidth }) : text,
    masked: new Map(),
  };
}

/** The index of the last number that is not larger; they ascend, and the first is 0. */
function lastAtOrBefore(ascending: readonly number[], limit: number): number {
  let found = 0;
  let end = ascending.length;
  while (end - found > 1) {
    const middle = (found + end) >> 1;
    if ((ascending[middle] ?? 0) <= limit) found = middle;
    else end = middle;
  }
  return found;
}

/**
 * A key and its colon. It matches only at the start of a word: an expression that can match at every character of a
 * long word would take quadratic time.
 */
const KEY = /(?<![\w$-])([\w$-]+)["']?\s*:\s*/g;
const SECRET_KEY = /api_?key|token|password|passwd|secret|authorization|cookie/i;
/** Limits on tokens of text. */
const HARMLESS_KEY = /^max_?(?:completion_?)?tokens/i;
const VALUE = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s,{}[\]"'\d][^\s,}]*/y;
/** References to variables and masked values are not secrets. */
const HARMLESS_VALUE = /^(?:["']?\$\{\w+\}["']?|["']\*+["'])$/;

/** Masks `key: value` if the key suggests a secret. Works on invalid text, too. */
function maskSecretsInLine(line: string): string {
  let masked = '';
  let copied = 0;
  for (const { index, 0: assignment, 1: key = '' } of line.matchAll(KEY)) {
    const start = index + assignment.length;
    // Text that looks like a key inside of a masked value is part of the value.
    if (index < copied || !SECRET_KEY.test(key) || HARMLESS_KEY.test(key)) continue;
    VALUE.lastIndex = start;
    const value = VALUE.exec(line)?.[0];
    if (value === undefined) continue;
    masked += line.slice(copied, start) + (HARMLESS_VALUE.test(value) ? value : keepingWidth(value));
    copied = start + value.length;
  }
  return (masked + line.slice(copied)).replaceAll(
    /(https?:\/\/)([^\s/@"']+)@/gi,
    (_, scheme: string, credentials: string) => `${scheme}${keepingWidth(credentials)}@`,
  );
}

/** As wide as the value, so that the mark below the line is at the right place. */
function keepingWidth(value: string): string {
  return '*'.repeat(value.length);
}
