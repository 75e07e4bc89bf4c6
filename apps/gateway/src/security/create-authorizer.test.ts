import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { createAuthorizer } from './create-authorizer.ts';

const rateLimit = { maxAttempts: 3, windowMs: 60_000, lockoutMs: 300_000, exemptLoopback: true };

function from(remoteAddress: string, token: string): IncomingMessage {
  return { headers: { authorization: `Bearer ${token}` }, socket: { remoteAddress } } as unknown as IncomingMessage;
}

function withHeaders(headers: IncomingMessage['headers']): IncomingMessage {
  return { headers, socket: { remoteAddress: '10.0.0.1' } } as unknown as IncomingMessage;
}

/** The code of the refusal, or `owner`. */
function codeOf(check: () => void): string {
  try {
    check();
    return 'owner';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

test.each([
  [{ authorization: 'Bearer right' }, 'owner'],
  [{ 'x-api-key': 'right' }, 'owner'],
  [{ authorization: 'Bearer wrong', 'x-api-key': 'right' }, 'owner'],
  [{ authorization: 'Bearer right', 'x-api-key': 'wrong' }, 'owner'],
  [{ 'x-api-key': 'wrong' }, 'unauthorized'],
  [{ authorization: 'right' }, 'unauthorized'],
  [{}, 'unauthorized'],
])('takes the token from either header: %j', (headers, expected) => {
  const authorizer = createAuthorizer({
    settings: () => ({ token: 'right', clients: [], rateLimit, trustedProxies: [] }),
    now: () => 0,
  });
  expect(codeOf(() => authorizer.check(withHeaders(headers)))).toBe(expected);
});

test('counts two wrong tokens of one request as one attempt', () => {
  const authorizer = createAuthorizer({
    settings: () => ({ token: 'right', clients: [], rateLimit, trustedProxies: [] }),
    now: () => 0,
  });
  const check = () => codeOf(() => authorizer.check(withHeaders({ authorization: 'Bearer a', 'x-api-key': 'b' })));
  expect([check(), check(), check(), check()]).toEqual([
    'unauthorized',
    'unauthorized',
    'unauthorized',
    'too-many-attempts',
  ]);
});

test('remembers 4096 addresses and forgets the one that failed longest ago', () => {
  const authorizer = createAuthorizer({
    settings: () => ({ token: 'right', clients: [], rateLimit, trustedProxies: [] }),
    now: () => 0,
  });
  const guess = (number: number) =>
    codeOf(() => authorizer.check(from(`10.0.${number >> 8}.${number & 255}`, 'wrong')));
  const lockOut = (number: number) => [guess(number), guess(number), guess(number)];
  lockOut(0);
  lockOut(1);
  expect([guess(0), guess(1)]).toEqual(['too-many-attempts', 'too-many-attempts']);
  for (let number = 2; number <= 4096; number++) guess(number);
  expect([guess(1), guess(0)]).toEqual(['too-many-attempts', 'unauthorized']);
});

test('keeps lock-outs when the settings change, and compares with the token that is in force then', () => {
  let token = 'first';
  const authorizer = createAuthorizer({
    settings: () => ({ token, clients: [], rateLimit: { ...rateLimit }, trustedProxies: [] }),
    now: () => 0,
  });
  const check = (given: string) => codeOf(() => authorizer.check(from('10.0.0.1', given)));
  for (let attempt = 0; attempt < 3; attempt++) expect(check('wrong')).toBe('unauthorized');
  token = 'second';
  expect([check('wrong'), check('first'), check('second')]).toEqual([
    'too-many-attempts',
    'too-many-attempts',
    'owner',
  ]);
});
