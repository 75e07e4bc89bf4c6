import { escapeControls } from '@openclaw/runtime/escape-controls';
import widthOf from 'fast-string-width';

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
}

/**
 * Renders rows below titles. Each column is as wide as its widest cell, with two spaces between. A cell is one line.
 */
export function renderTable<Row>(
  rows: readonly Row[],
  { columns, paintTitle = (text) => text }: TableOptions<Row>,
): string {
  const cells = columns.map(({ cell }) => rows.map((row) => escapeControls(cell(row))));
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...(cells[index] ?? []).map((text) => widthOf(text))),
  );
  const pad = (text: string, index: number): string =>
    index === columns.length - 1 ? text : text + ' '.repeat((widths[index] ?? 0) - widthOf(text));
  const head = columns.map(({ title }, index) => paintTitle(pad(title, index))).join('  ');
  const body = rows.map((row, at) =>
    columns
      .map(({ paint = (text) => text }, index) => paint(pad(cells[index]?.[at] ?? '', index), row))
      .join('  ')
      .trimEnd(),
  );
  return [head, ...body].join('\n');
}
