import { textWidth } from './text-width.ts';
import type { Style } from './style.ts';

interface TableOptions {
  readonly style: Style;
  /** Renders the Markdown of one cell as styled text. */
  readonly renderCell: (text: string) => string;
}

type Alignment = 'left' | 'right' | 'centre';

/** The delimiter row: `|:---|---:|`. */
const RULE = /^\s*\|(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*$/;

/** Aligns the columns of a Markdown table. Lines that are not a table stay unchanged. */
export function renderMarkdownTable(lines: readonly string[], { style, renderCell }: TableOptions): string[] {
  const [head, rule, ...body] = lines;
  if (head === undefined || rule === undefined || !RULE.test(rule)) return lines.map(renderCell);
  const rows = [head, ...body].map((line) => splitCells(line).map(renderCell));
  const alignments = splitCells(rule).map(alignmentOf);
  const count = Math.max(...rows.map((cells) => cells.length));
  const widths = Array.from({ length: count }, (_, index) =>
    Math.max(...rows.map((cells) => textWidth(cells[index] ?? ''))),
  );
  const [titles = '', ...others] = rows.map((cells) =>
    widths
      .map((width, index) => pad(cells[index] ?? '', { width, alignment: alignments[index] ?? 'left' }))
      .join('  ')
      .trimEnd(),
  );
  return [style.bold(titles), style.dim(widths.map((width) => '─'.repeat(width)).join('  ')), ...others];
}

/** An escaped bar belongs to the cell. */
function splitCells(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'));
}

function alignmentOf(rule: string): Alignment {
  if (!rule.endsWith(':')) return 'left';
  return rule.startsWith(':') ? 'centre' : 'right';
}

function pad(text: string, { width, alignment }: { width: number; alignment: Alignment }): string {
  const free = Math.max(0, width - textWidth(text));
  const before = { left: 0, right: free, centre: Math.floor(free / 2) }[alignment];
  return ' '.repeat(before) + text + ' '.repeat(free - before);
}
