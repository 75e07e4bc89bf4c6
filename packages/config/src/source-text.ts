import type { ConfigIssue } from './config-error.ts';

/** The text of one file. */
export interface SourceText {
  /** Absolute path, or what to call the text in messages. */
  file: string;
  text: string;
}

/** The place of an offset as people and editors name it, with the line it is on. */
export function locate(
  { file, text }: SourceText,
  offset: number,
): Pick<ConfigIssue, 'file' | 'line' | 'column' | 'excerpt'> {
  const before = text.slice(0, offset).split(newline);
  const column = (before.at(-1)?.length ?? 0) + 1;
  const lineStart = offset - column + 1;
  const lineEnd = text.slice(offset).search(newline);
  const excerpt = maskSecretsInLine(text.slice(lineStart, lineEnd < 0 ? undefined : offset + lineEnd));
  return { file, line: before.length, column, excerpt };
}

const newline = /\r\n|\n|\r/;

/** `key: value` where the key sounds like a secret; works on broken text, too, where no parser could tell. */
const secretAssignment =
  /((["']?)(?!max_?(?:completion_?)?tokens)[\w$-]*(?:api_?key|token|password|passwd|secret|authorization|cookie)[\w$-]*\2\s*:\s*)("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s,{}[\]"'\d][^\s,}]*)/gi;

function maskSecretsInLine(line: string): string {
  return line
    .replaceAll(secretAssignment, (whole, assignment: string, _quote, value: string) =>
      /^["']?\$\{\w+\}["']?$/.test(value) ? whole : assignment + maskKeepingWidth(value),
    )
    .replaceAll(/(https?:\/\/)[^\s/@"']+@/gi, '$1***@');
}

/** As wide as the value, so that a mark below the line still points at the right place. */
function maskKeepingWidth(value: string): string {
  return '*'.repeat(Math.max(3, value.length));
}
