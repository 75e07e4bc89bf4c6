import { ProviderError } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { errorResponse } from './error-response.ts';

test.each([
  [0, '1'],
  [300, '1'],
  [1_001, '2'],
])('a client waits at least as long as the server asks (%d ms: %s s)', (retryAfterMs, seconds) => {
  const response = errorResponse(new ProviderError('rate-limited', 'Too many requests.', { retryAfterMs }));
  expect(response.status).toBe(429);
  expect(response.headers.get('retry-after')).toBe(seconds);
});

test('names the field that is wrong', async () => {
  const error = new ProviderError('invalid-request', 'A message is missing.', { param: 'messages[2]' });
  expect(await errorResponse(error).json()).toMatchObject({ error: { param: 'messages[2]' } });
});
