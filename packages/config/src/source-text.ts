import type { ConfigIssue } from './config-error.ts';

/** The text of one file. */
export interface SourceText {
  /** Absolute path, or what to call the text in messages. */
  file: string;
  text: string;
}

/** The place of an offset as people and editors name it, with the line it is on. */
export type Locate = (
  source: SourceText,
  offset: number,
) => Pick<ConfigIssue, 'file' | 'line' | 'column' | 'excerpt' | 'excerptColumn'>;

/**
 * Finds any number of places. Each text is cut into lines once and each line masked once, and of a long line only the part around the place is
 * shown, so that the cost grows with the text and the places, not with their product. Known secrets, by file, and what looks like one are
 * masked.
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

/** Longer lines are shown in part. */
const MAX_EXCERPT = 1000;

function excerptOf(line: string, column: number): Pick<ConfigIssue, 'excerpt' | 'excerptColumn'> {
  if (line.length <= MAX_EXCERPT) return { excerpt: line };
  const start = Math.max(0, Math.min(column - 1 - MAX_EXCERPT / 2, line.length - MAX_EXCERPT));
  return { excerpt: line.slice(start, start + MAX_EXCERPT), ...(start > 0 && { excerptColumn: start + 1 }) };
}

/** A part of a text: the first character, and the one after the last. */
export interface Span {
  start: number;
  end: number;
}

/** The text with the inside of each string at `spans` masked; the number of lines stays the same. */
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

const newline = /\r\n|\n|\r/;

interface CutText {
  /** The offset at which each line begins. */
  starts: readonly number[];
  /** As wide as the text. */
  shown: string;
  /** Lines that were asked for, masked, by index. */
  masked: Map<number, string>;
}

function maskedLine({ starts, shown, masked }: CutText, index: number): string {
  const known = masked.get(index);
  if (known !== undefined) return known;
  const [line = ''] = shown.slice(starts[index], starts[index + 1]).split(newline, 1);
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
 * A key and its colon. It begins where a word begins, so that each word is read once: an expression that may begin at every character of a long
 * word would take a time that grows with the square of its length.
 */
const KEY = /(?<![\w$-])([\w$-]+)["']?\s*:\s*/g;
const SECRET_KEY = /api_?key|token|password|passwd|secret|authorization|cookie/i;
/** Limits on tokens of text. */
const HARMLESS_KEY = /^max_?(?:completion_?)?tokens/i;
const VALUE = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s,{}[\]"'\d][^\s,}]*/y;
/** A reference to a variable, and what is masked already, are no secrets. */
const HARMLESS_VALUE = /^(?:["']?\$\{\w+\}["']?|["']\*+["'])$/;

/** Masks `key: value` where the key sounds like a secret; works on broken text, too, where no parser could tell. */
function maskSecretsInLine(line: string): string {
  let masked = '';
  let copied = 0;
  for (const { index, 0: assignment, 1: key = '' } of line.matchAll(KEY)) {
    const start = index + assignment.length;
    // What looks like a key inside of a value that is masked is part of that value.
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

/** As wide as the value, so that a mark below the line still points at the right place. */
function keepingWidth(value: string): string {
  return '*'.repeat(value.length);
}
