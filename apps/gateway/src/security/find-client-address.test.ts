import { expect, test } from 'vitest';
import { findClientAddress } from './find-client-address.ts';

function find(remoteAddress: string, forwarded?: string, trusted: readonly string[] = ['10.0.0.0/8', '::1']): string {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return findClientAddress({ socket: { remoteAddress }, headers } as never, trusted);
}

test.each([
  ['10.0.0.1', undefined, '10.0.0.1'],
  ['::ffff:10.0.0.1', '203.0.113.7', '203.0.113.7'],
  ['10.0.0.1', '198.51.100.1, 203.0.113.7, 10.9.9.9', '203.0.113.7'],
  ['::1', ' [2001:db8::1]:443 ', '2001:db8::1'],
  ['10.0.0.1', '203.0.113.7:1234', '203.0.113.7'],
  ['10.0.0.1', '10.0.0.2', '10.0.0.1'],
  ['10.0.0.1', 'unknown', '10.0.0.1'],
  ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
])('%s with %s is %s', (remote, forwarded, client) => {
  expect(find(remote, forwarded)).toBe(client);
});

test('without trusted proxies the header counts for nothing', () => {
  expect(find('10.0.0.1', '203.0.113.7', [])).toBe('10.0.0.1');
});
