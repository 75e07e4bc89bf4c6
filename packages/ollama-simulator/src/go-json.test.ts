import { assert, json, property } from 'fast-check';
import { expect, test } from 'vitest';
import { encodeGoJson } from './go-json.ts';

test('escapes what Go escapes, and nothing else', () => {
  expect(encodeGoJson('<a & b>\u2028\u2029 é 🦙')).toBe('"\\u003ca \\u0026 b\\u003e\\u2028\\u2029 é 🦙"');
});

test('reads back as the same value', () => {
  assert(
    property(json(), (text) => {
      expect(JSON.parse(encodeGoJson(JSON.parse(text)))).toEqual(JSON.parse(text));
    }),
  );
});

test('sorts keys at every depth when asked to', () => {
  expect(encodeGoJson({ b: [{ d: 1, c: 2 }], a: null }, { sortKeys: true })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
});
