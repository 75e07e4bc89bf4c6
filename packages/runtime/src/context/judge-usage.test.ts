import { expect, test } from 'vitest';
import { judgeUsage } from './judge-usage.ts';

const FITS = { least: 500, length: 4096, isCertain: true };

test.each([
  ['fits', 1000, 100, FITS, undefined],
  ['has exactly as many tokens as the context', 4096, 1, FITS, 'prompt-truncated'],
  [
    'must have more tokens than the context, and fewer were counted',
    299,
    10,
    { ...FITS, least: 5000 },
    'prompt-truncated',
  ],
  ['has fewer tokens than estimated, and room for more', 300, 10, FITS, undefined],
  ['fits, and its answer exceeds the context', 3000, 2000, FITS, 'context-shifted'],
  [
    'exceeds the default of the release, which shows a longer context',
    5000,
    10,
    { ...FITS, isCertain: false },
    undefined,
  ],
  ['is counted exactly as the default of the release', 4096, 10, { ...FITS, isCertain: false }, 'prompt-truncated'],
  ['has fewer tokens than estimated in an unknown context', 300, 10, { ...FITS, isCertain: false }, 'prompt-truncated'],
] as const)('a prompt that %s', (_, inputTokens, outputTokens, options, expected) => {
  const usage = { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
  expect(judgeUsage(usage, options)).toBe(expected);
});
