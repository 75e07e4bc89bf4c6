import { expect, test } from 'vitest';
import { decodePieces } from '../test/decode-pieces.ts';

const nest = (depth: number): string => '[{"a":'.repeat(depth / 2) + '""' + '}]'.repeat(depth / 2);

test.each([
  ['an error', (deep: string) => `{"error":${deep}}`],
  ['arguments', (deep: string) => `{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":${deep}}}]}}]}`],
  ['parts', (deep: string) => `{"choices":[{"delta":{"content":[{"thinking":${deep}}]}}]}`],
])('%s nested too deeply is an invalid response', (_title, embed) => {
  const events = decodePieces([Buffer.from(`data: ${embed(nest(200_000))}\n\n`)]);

  expect(events).toMatchObject([{ type: 'error', error: { code: 'invalid-response' } }]);
});
