import { expect, test } from 'vitest';
import type * as contract from './provider-error.ts';
import { isProviderError, ProviderError } from './provider-error.ts';

test('an error of a second copy of the package is recognised, and other errors are not', async () => {
  const url = new URL('./provider-error.ts?second-copy', import.meta.url).href;
  const second: typeof contract = await import(url);
  const error = new second.ProviderError('timeout', 'No answer.');

  expect(error).not.toBeInstanceOf(ProviderError);
  expect(isProviderError(error)).toBe(true);
  expect(second.isProviderError(new ProviderError('timeout', 'No answer.'))).toBe(true);
  for (const other of [new Error('A bug.'), { code: 'timeout', message: 'No answer.' }, 'timeout', null, undefined])
    expect(isProviderError(other)).toBe(false);
});

test('an error event keeps message, code and details as JSON', () => {
  const error = new ProviderError('connection-failed', 'Cannot reach ollama.', {
    provider: 'ollama',
    url: 'http://127.0.0.1:11434/v1',
    connection: 'refused',
    retryAfterMs: 500,
    cause: new Error('connect ECONNREFUSED'),
  });

  expect(JSON.parse(JSON.stringify({ type: 'error', error }))).toEqual({
    type: 'error',
    error: {
      name: 'ProviderError',
      code: 'connection-failed',
      message: 'Cannot reach ollama.',
      provider: 'ollama',
      url: 'http://127.0.0.1:11434/v1',
      connection: 'refused',
      retryAfterMs: 500,
      cause: 'connect ECONNREFUSED',
    },
  });
});

test('credentials of a URL and causes that are no errors stay out of the JSON', () => {
  const url = 'https://user:secret@models.test/v1';
  const error = new ProviderError('server-error', `${url} failed.`, { url, cause: { authorization: 'Bearer secret' } });

  expect(JSON.stringify(error)).not.toContain('secret');
  expect(error.toJSON()).toMatchObject({ url: 'https://models.test/v1', message: 'https://models.test/v1 failed.' });
});

test('fields that a subclass adds are in the JSON', () => {
  class WithAttempts extends ProviderError {
    readonly attempts = [{ model: 'ollama/a', outcome: 'timeout' }];
  }

  expect(new WithAttempts('timeout', 'No answer.').toJSON()).toMatchObject({
    attempts: [{ model: 'ollama/a', outcome: 'timeout' }],
  });
});
