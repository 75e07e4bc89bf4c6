import type * as contract from '@openclaw/provider';
import { ProviderError } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { GatewayError } from '../gateway-error.ts';
import { toFailure } from './to-failure.ts';

test('a failure from a second copy of the provider contract keeps its status and code', async () => {
  const url = new URL('../../../../packages/provider/src/provider-error.ts?second-copy', import.meta.url).href;
  const second: Pick<typeof contract, 'ProviderError'> = await import(url);

  const failure = toFailure(new second.ProviderError('rate-limited', 'Too many requests.'));

  expect(failure).toMatchObject({ status: 429, code: 'rate-limited', message: 'Too many requests.' });
});

test.each(['overloaded', 'local-overload'] as const)('%s asks the client to come back', (code) => {
  expect(toFailure(new ProviderError(code, 'Too much to do.'))).toMatchObject({ status: 503, retryAfterMs: 1000 });
});

test('names the field that is wrong', () => {
  const named = new ProviderError('invalid-request', 'Wrong.', { param: 'stop[1]' });
  expect(toFailure(named)).toMatchObject({ status: 400, param: 'stop[1]' });
  expect(toFailure(new ProviderError('model-not-found', 'Unknown.'))).toMatchObject({ status: 404, param: 'model' });
  const refused = new GatewayError('method-not-allowed', 'No.', { headers: { allow: 'GET' } });
  expect(toFailure(refused)).toMatchObject({ status: 405, param: undefined, headers: { allow: 'GET' } });
});

test('does not tell a client what an unexpected error says', () => {
  expect(toFailure(new Error('secret internals'))).toMatchObject({
    code: 'internal',
    status: 500,
    message: expect.not.stringContaining('secret'),
  });
});
