import { expect, test } from 'vitest';
import { canEmbed, canPassThrough, isClosable } from './abilities.ts';
import type { Provider } from './provider.ts';

const provider: Provider = {
  id: 'table',
  async *stream({ model }) {
    yield { type: 'start', model };
    yield { type: 'finish', reason: 'stop' };
  },
};

test('a provider that only streams has no other ability', () => {
  expect([canEmbed(provider), canPassThrough(provider), isClosable(provider)]).toEqual([false, false, false]);
});

test('abilities are recognised by their method', () => {
  const able: Provider = Object.assign({}, provider, {
    embed: () => Promise.reject(new Error('not called')),
    post: () => Promise.reject(new Error('not called')),
    close: () => Promise.resolve(),
  });

  expect([canEmbed(able), canPassThrough(able), isClosable(able)]).toEqual([true, true, true]);
});
