import { ProviderError } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { retryWaitMs } from './retry-wait.ts';

const busy = new ProviderError('overloaded', 'Busy.');
const asksFor = (retryAfterMs: number): ProviderError =>
  new ProviderError('rate-limited', 'Slow down.', { retryAfterMs });
const start = { retries: 0, elapsedMs: 0, random: () => 0 };

test('doubles the wait with every retry, up to a bound', () => {
  const waits = [0, 1, 2, 3, 9].map((retries) => retryWaitMs(busy, { ...start, maxRetries: 10, retries }));

  expect(waits).toEqual([250, 500, 1000, 2000, 8000]);
});

test('shortens the wait by up to a half at random, so that clients do not retry together', () => {
  expect(retryWaitMs(busy, { ...start, random: () => 0.999_999 })).toBeCloseTo(125, 1);
});

test('ends after the maximum number of retries', () => {
  expect(retryWaitMs(busy, { ...start, retries: 2 })).toBeUndefined();
  expect(retryWaitMs(busy, { ...start, maxRetries: 0 })).toBeUndefined();
});

test('waits as long as the server asks for, if that fits the budget', () => {
  expect(retryWaitMs(asksFor(3000), start)).toBe(3000);
  expect(retryWaitMs(asksFor(0), start)).toBe(0);
  expect(retryWaitMs(asksFor(10_001), start)).toBeUndefined();
  expect(retryWaitMs(asksFor(1_800_000), start)).toBeUndefined();
});

test('counts elapsed time towards the budget', () => {
  expect(retryWaitMs(asksFor(3000), { ...start, elapsedMs: 7000 })).toBe(3000);
  expect(retryWaitMs(asksFor(3000), { ...start, elapsedMs: 7001 })).toBeUndefined();
  expect(retryWaitMs(busy, { ...start, budgetMs: 100 })).toBeUndefined();
});
