import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

const nest = (depth: number, inside = ''): string =>
  '[{"a":'.repeat(depth / 2) + `"${inside}"` + '}]'.repeat(depth / 2);

test.each([
  ['nested deeply', nest(1_000), true],
  ['nested too deeply', nest(1_002), false],
  ['of many values side by side', JSON.stringify(Array.from({ length: 5_000 }, () => [{}])), true],
  ['with brackets and quotes in its texts', nest(998, '[{\\"['.repeat(2_000)), true],
  ['broken', '[{'.repeat(2_000), false],
])('a text %s', (_title, text, understood) => {
  expect(parseJson(text) !== undefined).toBe(understood);
});
