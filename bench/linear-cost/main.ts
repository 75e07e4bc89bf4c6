/**
 * Measures the cost of two and four times as much text: CPU time should double with the size. A mean ratio above 2.5 is
 * marked. Run: `node --conditions=@openclaw/source bench/linear-cost/main.ts [part of a name]`
 */
import { FILE_CASES } from './file-cases.ts';
import { measureGrowth } from './measure-growth.ts';
import type { Growth } from './measure-growth.ts';
import { WIRE_CASES } from './wire-cases.ts';

const MOST_PER_DOUBLING = 2.5;

const [wanted = ''] = process.argv.slice(2);
const cases = [...WIRE_CASES, ...FILE_CASES].filter(({ name }) => name.includes(wanted));
const width = Math.max(...cases.map(({ name }) => name.length));
console.log('CPU milliseconds, medians; the ratios are for each doubling.\n');
console.log(row('work', ['n', '2n', '4n', '2n/n', '4n/2n']));
let marked = 0;
for (const one of cases) {
  const growth = await measureGrowth(one);
  const isMarked = meanRatio(growth) > MOST_PER_DOUBLING;
  if (isMarked) marked++;
  console.log(describe(growth) + (isMarked ? '  GROWS TOO FAST' : ''));
}
console.log(`\n${marked} of ${cases.length} cost more than ${MOST_PER_DOUBLING} times as much per doubling.`);

/** Mean of both doublings, because a single one varies on a busy machine; a case that ended early has fewer. */
function meanRatio({ ratios }: Growth): number {
  if (ratios.length === 0) return Infinity;
  return ratios.reduce((product, ratio) => product * ratio, 1) ** (1 / ratios.length);
}

function describe({ name, size, unit, milliseconds, ratios }: Growth): string {
  const [n, twice, fourTimes] = milliseconds;
  const [first, second] = ratios;
  const cells = [number(n, 2), number(twice, 2), number(fourTimes, 2), number(first, 1), number(second, 1)];
  return `${row(name, cells)}  n = ${size} ${unit}`;
}

function row(name: string, cells: readonly string[]): string {
  return [name.padEnd(width), ...cells.map((cell) => cell.padStart(9))].join(' ');
}

function number(value: number | undefined, digits: number): string {
  return value === undefined ? '-' : value.toFixed(digits);
}
