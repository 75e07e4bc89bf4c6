import type { ConfigIssue } from './config-error.ts';

/** The text of one file. */
export interface SourceText {
  /** Absolute path, or what to call the text in messages. */
  file: string;
  text: string;
}

/** The place of an offset as people and editors name it, with the line it is on. */
export type Locate = (source: SourceText, offset: number) => Pick<ConfigIssue, 'file' | 'line' | 'column' | 'excerpt'>;

/**
 * Finds any number of places; each text is cut into its lines and masked once, however much there is to say about it. Known secrets, by
 * file, and what looks like one are masked.
 */
export function createLocator({ secrets }: { secrets?: ReadonlyMap<string, readonly Span[]> } = {}): Locate {
  const known = new Map<SourceText, CutText>();
  return (source, offset) => {
    const cut = known.get(source) ?? cutText(source, secrets?.get(source.file) ?? []);
    known.set(source, cut);
    const index = lastAtOrBefore(cut.starts, offset);
    const start = cut.starts[index] ?? 0;
    const [line = ''] = cut.shown.slice(start, cut.starts[index + 1]).split(newline, 1);
    return { file: source.file, line: index + 1, column: offset - start + 1, excerpt: maskSecretsInLine(line) };
  };
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
}

function cutText({ text }: SourceText, spans: readonly Span[]): CutText {
  const ends = text.matchAll(/\r\n|\n|\r/g);
  return {
    starts: [0, ...Array.from(ends, ({ index, 0: end }) => index + end.length)],
    shown: spans.length > 0 ? maskSpans(text, { spans, mask: keepingWidth }) : text,
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

/** `key: value` where the key sounds like a secret; works on broken text, too, where no parser could tell. */
const secretAssignment =
  /((["']?)(?!max_?(?:completion_?)?tokens)[\w$-]*(?:api_?key|token|password|passwd|secret|authorization|cookie)[\w$-]*\2\s*:\s*)("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s,{}[\]"'\d][^\s,}]*)/gi;

function maskSecretsInLine(line: string): string {
  return line
    .replaceAll(secretAssignment, (whole, assignment: string, _quote, value: string) =>
      /^["']?\$\{\w+\}["']?$/.test(value) || /^["']\*+["']$/.test(value) ? whole : assignment + keepingWidth(value),
    )
    .replaceAll(/(https?:\/\/)[^\s/@"']+@/gi, '$1***@');
}

/** As wide as the value, so that a mark below the line still points at the right place. */
function keepingWidth(value: string): string {
  return '*'.repeat(value.length);
}
