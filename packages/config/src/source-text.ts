import type { ConfigIssue } from './config-error.ts';

/** The text of one file. */
export interface SourceText {
  /** Absolute path, or what to call the text in messages. */
  file: string;
  text: string;
}

/** The place of an offset as people and editors name it, with the line it is on. Known secrets and what looks like one are masked. */
export function locate(
  { file, text }: SourceText,
  offset: number,
  { secrets = [] }: { secrets?: readonly Span[] | undefined } = {},
): Pick<ConfigIssue, 'file' | 'line' | 'column' | 'excerpt'> {
  const before = text.slice(0, offset).split(newline);
  const column = (before.at(-1)?.length ?? 0) + 1;
  const lineStart = offset - column + 1;
  const lineEnd = text.slice(offset).search(newline);
  const shown = secrets.length > 0 ? maskSpans(text, { spans: secrets, mask: keepingWidth }) : text;
  const excerpt = maskSecretsInLine(shown.slice(lineStart, lineEnd < 0 ? undefined : offset + lineEnd));
  return { file, line: before.length, column, excerpt };
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
