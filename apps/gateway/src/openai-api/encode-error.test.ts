import { ProviderError } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { encodeError } from './encode-error.ts';

test.each(['overloaded', 'local-overload'] as const)('%s asks the client to come back', (code) => {
  expect(encodeError(new ProviderError(code, 'Too much to do.'))).toMatchObject({
    status: 503,
    headers: { 'retry-after': '1' },
  });
});
