import { ProviderError } from '@openclaw/provider';
import type { ProviderErrorCode, ProviderErrorDetails } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { GatewayError } from '../../gateway-error.ts';
import { toFailure } from '../../http/to-failure.ts';
import { encodeError } from './encode-error.ts';

function encode(code: ProviderErrorCode, details?: ProviderErrorDetails) {
  const { status, headers, body } = encodeError(toFailure(new ProviderError(code, 'It failed.', details)));
  return { status, retry: headers?.['x-should-retry'], body: JSON.parse(body) as { error: { message: string } } };
}

test.each([
  ['invalid-request', 400, 'invalid_request_error', 'false'],
  ['billing', 402, 'billing_error', 'false'],
  ['model-not-found', 404, 'not_found_error', 'false'],
  ['rate-limited', 429, 'rate_limit_error', 'true'],
  ['authentication-failed', 502, 'api_error', 'false'],
  ['connection-failed', 502, 'api_error', 'true'],
  ['server-error', 502, 'api_error', 'true'],
  ['timeout', 504, 'timeout_error', 'true'],
  ['local-overload', 529, 'overloaded_error', 'true'],
  ['overloaded', 529, 'overloaded_error', 'true'],
] as const)('%s is a %d of type %s', (code, status, type, retry) => {
  expect(encode(code)).toEqual({
    status,
    retry,
    body: { type: 'error', error: { type, message: 'It failed.' }, request_id: null },
  });
});

test.each([
  ['unauthorized', 401, 'authentication_error'],
  ['host-not-allowed', 403, 'permission_error'],
  ['body-too-large', 413, 'request_too_large'],
] as const)('%s of the gateway is a %d of type %s', (code, status, type) => {
  const { status: written, body } = encodeError({ ...toFailure(new GatewayError(code, 'No.')), requestId: 'req_1' });
  expect([written, JSON.parse(body)]).toEqual([
    status,
    { type: 'error', error: { type, message: 'No.' }, request_id: 'req_1' },
  ]);
});

test('says a full context in the words that Claude Code reads, with both numbers if they are known', () => {
  const known = encode('context-length-exceeded', { neededTokens: 41_000, contextTokens: 32_768 });
  expect(known.body.error.message).toBe('prompt is too long: 41000 tokens > 32768 maximum');
  expect(encode('context-length-exceeded').body.error.message).toBe('Prompt is too long: It failed.');
});
