import { expect, test } from 'vitest';
import { defaultContextLength, isReleaseAtLeast } from './release.ts';

test.each([
  ['0.12.6', '0.12.6', true],
  ['0.13.0-rc1', '0.12.6', true],
  ['v1.0.0', '0.12.6', true],
  ['0.12.5', '0.12.6', false],
  ['0.6.10', '0.12.6', false],
  ['0.0.0', '0.12.6', undefined],
  ['unknown', '0.12.6', undefined],
  [undefined, '0.12.6', undefined],
])('%s is at least %s: %s', (version, other, expected) => {
  expect(isReleaseAtLeast(version, other)).toBe(expected);
});

test('the default context is 2048 before 0.6.7, and for a release that is not known', () => {
  expect(['0.6.6', '0.6.7', '0.17.4', undefined, '0.0.0'].map(defaultContextLength)).toEqual([
    2048, 4096, 4096, 2048, 2048,
  ]);
});
