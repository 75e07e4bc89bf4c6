import { expect, test } from 'vitest';
import { parseRelease } from './release.ts';

test.each([
  ['0.7.1', true],
  ['0.8.0', false],
  ['v0.8.0-rc1', false],
])('%s buffers a streamed reply when tools are given: %s', (version, expected) => {
  expect(parseRelease(version).has('buffers-when-tools-are-given')).toBe(expected);
});

test.each([
  ['0.7.9', false],
  ['0.8.0', true],
  ['0.9.0', true],
  ['0.9.1', false],
  ['0.10.0', false],
])('%s loses the numbers of streamed calls: %s', (version, expected) => {
  expect(parseRelease(version).has('loses-streamed-call-numbers')).toBe(expected);
});

test('versions are compared as numbers, not as text', () => {
  expect(parseRelease('0.32.10').has('streams-like-openai')).toBe(true);
  expect(parseRelease('0.9.6').has('lists-context-of-running-models')).toBe(false);
});

test.each(['latest', '0.12', '1.2.3.4', ''])('%j is refused as no version', (version) => {
  expect(() => parseRelease(version)).toThrow(/Not a version of Ollama/);
});

test('a release older than the oldest simulated one is refused by name', () => {
  expect(() => parseRelease('0.4.7')).toThrow('Ollama 0.4.7 is not simulated. Choose 0.5.2 or later.');
});
