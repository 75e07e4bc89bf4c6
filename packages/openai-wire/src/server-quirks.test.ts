import { expect, test } from 'vitest';
import { quirksOf } from './server-quirks.ts';

test('a host that departs from its kind has quirks of its own', () => {
  expect(quirksOf('unknown', { baseUrl: new URL('https://api.mistral.ai/v1') }).usageInStream).toBe(false);
  expect(quirksOf('unknown', { baseUrl: new URL('https://api.deepseek.com') }).reasoningField).toBe(
    'reasoning_content',
  );
  expect(quirksOf('unknown', { baseUrl: new URL('http://127.0.0.1:8000/v1') }).usageInStream).toBe(true);
});
