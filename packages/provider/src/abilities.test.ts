import { expect, test } from 'vitest';
import { canPassThrough, isClosable } from './abilities.ts';
import type { Provider } from './provider.ts';

const provider: Provider = {
  id: 'table',
  async *stream({ model }) {
    yield { type: 'start', model };
    yield { type: 'finish', reason: 'stop' };
  },
};

test('a provider that only streams has no other ability', () => {
  expect([canPassThrough(provider), isClosable(provider)]).toEqual([false, false]);
});

test('abilities are recognised by their method', () => {
  const able: Provider = Object.assign({}, provider, {
    post: () => Promise.reject(new Error('not called')),
    close: () => Promise.resolve(),
  });

  expect([canPassThrough(able), isClosable(able)]).toEqual([true, true]);
});
