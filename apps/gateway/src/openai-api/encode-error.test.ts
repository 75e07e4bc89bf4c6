import type * as contract from '@openclaw/provider';
import { ProviderError } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { encodeError } from './encode-error.ts';

test('a failure from a second copy of the provider contract keeps its status and code', async () => {
  const url = new URL('../../../../packages/provider/src/provider-error.ts?second-copy', import.meta.url).href;
  const second: Pick<typeof contract, 'ProviderError'> = await import(url);

  const encoded = encodeError(new second.ProviderError('rate-limited', 'Too many requests.'));

  expect(encoded).toMatchObject({ status: 429, code: 'rate-limited' });
  expect(encoded.body).toContain('Too many requests.');
});

test.each(['overloaded', 'local-overload'] as const)('%s asks the client to come back', (code) => {
  expect(encodeError(new ProviderError(code, 'Too much to do.'))).toMatchObject({
    status: 503,
    headers: { 'retry-after': '1' },
  });
});
