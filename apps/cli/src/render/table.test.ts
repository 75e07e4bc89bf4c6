import { expect, test } from 'vitest';
import { renderTable } from './table.ts';

const ROWS = [
  { name: 'ollama/a-very-long-name-of-a-model:latest', size: '13.8 GB' },
  { name: 'ollama/漢字漢字漢字漢字', size: '1 GB' },
];
const columns = [
  { title: 'Model', cell: ({ name }: (typeof ROWS)[number]) => name },
  { title: 'Size', cell: ({ size }: (typeof ROWS)[number]) => size },
];

test('rows fit the terminal: long names are cut', () => {
  expect(renderTable(ROWS, { columns, width: 25 })).toBe(
    ['Model             Size', 'ollama/a-very-l…  13.8 GB', 'ollama/漢字漢字…  1 GB'].join('\n'),
  );
});

test('without a width, and on a very narrow terminal, enough of the name remains', () => {
  expect(renderTable(ROWS, { columns })).toContain(ROWS[0]!.name);
  expect(renderTable(ROWS, { columns, width: 5 })).toContain('ollama/a-ve…');
});
