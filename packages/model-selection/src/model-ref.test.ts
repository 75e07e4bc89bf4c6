import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatModelRef, parseModelRef } from './model-ref.ts';

test.each([
  ['ollama/gpt-oss:20b', 'ollama', 'gpt-oss:20b'],
  ['ollama/hf.co/User/Repo-GGUF:Q4_K_M', 'ollama', 'hf.co/User/Repo-GGUF:Q4_K_M'],
  ['openrouter/moonshotai/kimi-k2', 'openrouter', 'moonshotai/kimi-k2'],
  ['  OLLAMA / Llama3.3 ', 'ollama', 'Llama3.3'],
])('splits %j at the first slash, the provider in lower case', (text, provider, model) => {
  expect(parseModelRef(text)).toEqual({ provider, model });
});

test.each(['gpt-oss:20b', '/gpt-oss', 'ollama/', ' / ', ''])('refuses %j, which lacks a side', (text) => {
  expect(() => parseModelRef(text)).toThrow(
    expect.objectContaining({
      code: 'invalid-reference',
      wanted: text,
      message: expect.stringContaining('provider/model'),
    }),
  );
});

test('does not repeat a name of any length in its message', () => {
  expect(() => parseModelRef('x'.repeat(100_000))).toThrow(
    expect.objectContaining({ message: expect.stringMatching(/^.{0,300}$/) }),
  );
});

test('reads what it formats', () => {
  const provider = fc.stringMatching(/^[a-z0-9._-]+$/);
  const model = fc.string({ minLength: 1 }).filter((text) => text.trim() === text);
  fc.assert(
    fc.property(fc.record({ provider, model }), (ref) => {
      expect(parseModelRef(formatModelRef(ref))).toEqual(ref);
    }),
  );
});
