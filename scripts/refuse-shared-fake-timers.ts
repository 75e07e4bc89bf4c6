import { vi } from 'vitest';

const { useFakeTimers } = vi;

/**
 * Test files that share a worker share its connections. Undici calls the global `setTimeout` whenever one of them changes,
 * so that its timers would be counted among the fake ones, and its clock could be a fake one that stands still afterwards.
 */
vi.useFakeTimers = (config) => {
  if (config?.toFake?.includes('setTimeout') ?? true) {
    throw new Error('A test file that fakes setTimeout needs a worker of its own. Name it *.isolated.test.ts.');
  }
  return useFakeTimers(config);
};
