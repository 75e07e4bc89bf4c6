import { expect, test } from 'vitest';
import { createTextPosition } from './text-position.ts';

test.for([
  ['', 'start'],
  ['Hello', 'sentence'],
  ['Hello ', 'word'],
  ['Hello. ', 'sentence'],
  ['Hello\n', 'line'],
  ['Hello\n  ', 'line'],
  ['Hello\n    ', 'quoted'],
  ['Hello\n\t', 'quoted'],
  ['Hello\n> ', 'quoted'],
  ['Hello "', 'quoted'],
  ['Hello (', 'quoted'],
  ['Hello `', 'code'],
  ['Hello `x` ', 'word'],
  ['Hello ``x` ', 'code'],
  ['Hello ``x`` ', 'word'],
  ['Hello `x\n', 'line'],
  ['```\n', 'code'],
  ['```js\nx\n', 'code'],
  ['```\nx\n```\n', 'line'],
  ['```\nx\n``\n', 'code'],
  ['````\nx\n```\n', 'code'],
  ['```\nx\n```y\n', 'code'],
  ['~~~\n```\n', 'code'],
  ['~~~\n~~~\n', 'line'],
  ['  ```\nx\n  ```\n', 'line'],
  ['a ~~~ b\n', 'line'],
] as const)('after %o: %s', ([text, context]) => {
  const whole = createTextPosition();
  whole.read(text);
  const inPieces = createTextPosition();
  for (const character of text) {
    inPieces.context();
    inPieces.read(character);
  }

  expect([whole.context(), inPieces.context()]).toEqual([context, context]);
});

test('is after a block until there is text', () => {
  const position = createTextPosition();
  position.read('Hello ');
  position.passBlock();

  expect(position.context()).toBe('after-block');
  position.read('x');
  expect(position.context()).toBe('sentence');
});

test('keeps the end of a long text', () => {
  const position = createTextPosition();
  for (let index = 0; index < 10_000; index += 1) position.read(`${index} `);

  expect(position.recent).toHaveLength(240);
  expect(position.recent.endsWith('9998 9999 ')).toBe(true);
});
