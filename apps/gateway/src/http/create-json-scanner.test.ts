import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createJsonScanner } from './create-json-scanner.ts';
import type { JsonLimits } from './create-json-scanner.ts';

const UNLIMITED: JsonLimits = { maxDepth: Infinity, maxParts: Infinity, maxValues: Infinity };

/** The code of the refusal, or `undefined`. */
function refusalOf(chunks: readonly Uint8Array[], limits: Partial<JsonLimits>): string | undefined {
  const scanner = createJsonScanner({ ...UNLIMITED, ...limits });
  try {
    for (const chunk of chunks) scanner.scan(chunk);
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** What a text holds, by way of the parsed value. */
function measure(value: unknown): { depth: number; parts: number } {
  if (typeof value === 'string') return { depth: 0, parts: 1 };
  if (typeof value !== 'object' || value === null) return { depth: 0, parts: 0 };
  const inner = Object.values(value).map(measure);
  const keys = Array.isArray(value) ? 0 : inner.length;
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    parts: 1 + keys + inner.reduce((sum, { parts }) => sum + parts, 0),
  };
}

test('counts what the parsed value holds, wherever the text is cut', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'large' }), fc.nat(), (value, seed) => {
      const bytes = Buffer.from(JSON.stringify(value));
      const cut = seed % (bytes.length + 1);
      const chunks = [bytes.subarray(0, cut), bytes.subarray(cut)];
      const { depth, parts } = measure(JSON.parse(bytes.toString()));
      expect(refusalOf(chunks, { maxDepth: depth, maxParts: parts })).toBeUndefined();
      if (depth > 0) expect(refusalOf(chunks, { maxDepth: depth - 1 })).toBe('invalid-request');
      if (parts > 0) expect(refusalOf(chunks, { maxParts: parts - 1 })).toBe('body-too-large');
    }),
  );
});

test('is not misled by quotes, brackets and commas inside strings, cut at every byte', () => {
  const bytes = Buffer.from(String.raw`{"a\"[{,":"\\","é[":[1,2,"\\\",["]}`);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const chunks = [bytes.subarray(0, cut), bytes.subarray(cut)];
    expect(refusalOf(chunks, { maxDepth: 2, maxParts: 6, maxValues: 4 })).toBeUndefined();
    expect(refusalOf(chunks, { maxDepth: 1 })).toBe('invalid-request');
    expect(refusalOf(chunks, { maxParts: 5 })).toBe('body-too-large');
    expect(refusalOf(chunks, { maxValues: 3 })).toBe('body-too-large');
  }
});
