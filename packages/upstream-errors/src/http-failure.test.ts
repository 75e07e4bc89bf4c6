import { ProviderError } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { toHttpFailure } from './http-failure.ts';

test("a key that the provider refused is not the client's 401", () => {
  expect(toHttpFailure(new ProviderError('authentication-failed', 'Wrong key.')).status).toBe(502);
});

test('names the field of a model that was not found', () => {
  expect(toHttpFailure(new ProviderError('model-not-found', 'No such model.'))).toMatchObject({
    status: 404,
    param: 'model',
  });
});

test('a failure that may pass soon says when to come back, by the server if it said so', () => {
  expect(toHttpFailure(new ProviderError('overloaded', 'Busy.')).retryAfterMs).toBe(1_000);
  expect(toHttpFailure(new ProviderError('overloaded', 'Busy.', { retryAfterMs: 7_000 })).retryAfterMs).toBe(7_000);
  expect(toHttpFailure(new ProviderError('timeout', 'Too late.')).retryAfterMs).toBeUndefined();
});
