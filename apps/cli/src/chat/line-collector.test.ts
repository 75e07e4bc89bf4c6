import { expect, test } from 'vitest';
import { createLineCollector } from './line-collector.ts';

function pushAll(lines: string[]): (string | undefined)[] {
  const collector = createLineCollector();
  return lines.map((line) => collector.push(line));
}

test.each([
  [['one'], ['one']],
  [
    ['one \\', 'two'],
    [undefined, 'one \ntwo'],
  ],
  [
    ['"""', 'a \\', '', 'b', '"""'],
    [undefined, undefined, undefined, undefined, 'a \\\n\nb'],
  ],
  [
    ['"""a', 'b"""', 'c'],
    [undefined, 'a\nb', 'c'],
  ],
  [['"""a"""'], ['a']],
])('%j is gathered into messages', (lines, messages) => {
  expect(pushAll(lines)).toEqual(messages);
});

test('pasted lines wait for the return key', () => {
  const collector = createLineCollector();
  collector.beginPaste();
  expect(collector.push('one')).toBeUndefined();
  expect(collector.push('two')).toBeUndefined();
  collector.endPaste();
  expect(collector.open).toBe(true);
  expect(collector.push('three')).toBe('one\ntwo\nthree');
  expect(collector.open).toBe(false);
});

test('what was begun can be thrown away', () => {
  const collector = createLineCollector();
  collector.push('"""');
  collector.clear();
  expect(collector.push('fresh')).toBe('fresh');
});
