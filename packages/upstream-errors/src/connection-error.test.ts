import { expect, test } from 'vitest';
import { classifyConnectionError } from './connection-error.ts';
import type { ConnectionErrorKind } from './connection-error.ts';

test.each<[string, string | undefined, ConnectionErrorKind]>([
  ['ECONNREFUSED', 'connect', 'refused'],
  ['ECONNABORTED', 'write', 'reset'],
  ['UND_ERR_CLOSED', undefined, 'closed'],
  ['ENETDOWN', 'connect', 'unreachable'],
  ['EAI_FAIL', 'getaddrinfo', 'dns'],
  ['HOSTNAME_MISMATCH', undefined, 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', undefined, 'tls'],
  ['EMFILE', 'connect', 'shortage'],
  ['HPE_INVALID_CONSTANT', undefined, 'not-http'],
  ['UND_ERR_CONNECT_TIMEOUT', undefined, 'connect-timeout'],
  ['UND_ERR_PRX_CONN', undefined, 'proxy'],
  ['EACCES', 'connect', 'unreachable'],
  ['EIO', 'read', 'reset'],
  ['EAI_MEMORY', 'getaddrinfo', 'dns'],
])('%s of %s is %s', (code, syscall, kind) => {
  const error = Object.assign(new Error('It failed.'), { code, ...(syscall !== undefined && { syscall }) });

  expect(classifyConnectionError(error)).toMatchObject({ kind, code });
  // Node tries IPv6 and IPv4, and joins their errors; fetch wraps both.
  const wrapped = new TypeError('fetch failed', { cause: new AggregateError([error, error]) });
  expect(classifyConnectionError(wrapped)).toMatchObject({ kind, code });
});

test.each([
  ['UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling'],
  ['UND_ERR_INVALID_ARG', 'Proxy Authentication Required (407)'],
])('a refusal of a proxy is recognised by its message, as %s means other things, too', (code, message) => {
  expect(classifyConnectionError(Object.assign(new Error(message), { code }))).toMatchObject({ kind: 'proxy', code });
  expect(classifyConnectionError(Object.assign(new Error('Request aborted'), { code }))).toBeUndefined();
});

test('what undici cannot parse is not HTTP, with or without a code', () => {
  const error = Object.assign(new Error('Expected HTTP/'), { name: 'HTTPParserError' });

  expect(classifyConnectionError(new TypeError('fetch failed', { cause: error }))).toMatchObject({ kind: 'not-http' });
});

test.each([
  ['a bug', new TypeError('x is not a function')],
  ['a wrong argument', Object.assign(new TypeError('bad'), { code: 'ERR_INVALID_ARG_TYPE' })],
  ['an abort', new DOMException('gone', 'AbortError')],
  ['no error', undefined],
])('%s is no failure of a connection', (_title, error) => {
  expect(classifyConnectionError(error)).toBeUndefined();
});

test('an error that is its own cause is read once', () => {
  const error: Error & { cause?: unknown } = new Error('loop');
  error.cause = error;

  expect(classifyConnectionError(error)).toBeUndefined();
});
