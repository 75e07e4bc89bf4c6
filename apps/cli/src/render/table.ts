import { escapeControls } from '@openclaw/runtime/escape-controls';
import { textWidth } from './text-width.ts';

/** One column of a table. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** Applied after padding, so that colours do not disturb the widths. */
  readonly paint?: (text: string, row: Row) => string;
}

interface TableOptions<Row> {
  readonly columns: readonly Column<Row>[];
  readonly paintTitle?: (text: string) => string;
  /** Width of the terminal: cells of the first column are cut, so that a row fits. @default nothing is cut */
  readonly width?: number | undefined;
}

const GAP = '  ';

/** The first column is not cut below this width. */
const NARROWEST = 12;

/**
 * Renders rows below titles. Each column is as wide as its widest cell, with two spaces between. A cell is one line.
 */
export function renderTable<Row>(
  rows: readonly Row[],
  { columns, paintTitle = (text) => text, width = Infinity }: TableOptions<Row>,
): string {
  const written = columns.map(({ cell }) => rows.map((row) => escapeControls(cell(row))));
  const [first = 0, ...others] = columns.map(({ title }, index) =>
    Math.max(title.length, ...(written[index] ?? []).map((text) => textWidth(text))),
  );
  const rest = others.reduce((sum, next) => sum + next + GAP.length, 0);
  const widths = [Math.min(first, Math.max(NARROWEST, width - rest)), ...others];
  const cells = written.map((texts, index) => texts.map((text) => cut(text, widths[index] ?? 0)));
  const pad = (text: string, index: number): string =>
    index === columns.length - 1 ? text : text + ' '.repeat((widths[index] ?? 0) - textWidth(text));
  const head = columns.map(({ title }, index) => paintTitle(pad(title, index))).join(GAP);
  const body = rows.map((row, at) =>
    columns
      .map(({ paint = (text) => text }, index) => paint(pad(cells[index]?.[at] ?? '', index), row))
      .join(GAP)
      .trimEnd(),
  );
  return [head, ...body].join('\n');
}

function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let shown = '';
  for (const character of text) {
    if (textWidth(shown + character) > width - 1) break;
    shown += character;
  }
  return `${shown}…`;
}
