import { isJsonObject } from './json-value.ts';

const ESCAPED: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON as Go's encoder writes it: `<`, `>`, `&` and the two line separators escaped, everything else raw UTF-8. */
export function encodeGoJson(value: unknown, { sortKeys = false }: { sortKeys?: boolean } = {}): string {
  const text = JSON.stringify(sortKeys ? withSortedKeys(value) : value) ?? 'null';
  return text.replace(/[<>&\u2028\u2029]/g, (character) => ESCAPED[character] ?? character);
}

function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, withSortedKeys(value[key])]),
  );
}
