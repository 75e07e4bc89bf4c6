import { expect, test } from 'vitest';
import { createFailures } from './failures.ts';
import { translateConnectionError } from './translate-connection-error.ts';

const url = 'http://127.0.0.1:1/v1/chat/completions';
const failures = () =>
  createFailures({ provider: 'local', server: 'unknown', model: 'm', url, capability: 'chat', secrets: [] });

test.each([
  ['EMFILE', 'connect', { code: 'local-overload' }],
  ['ENFILE', 'connect', { code: 'local-overload' }],
  ['ENOBUFS', 'write', { code: 'local-overload' }],
  ['ENOMEM', 'connect', { code: 'local-overload' }],
  ['EAGAIN', 'connect', { code: 'local-overload' }],
  ['EACCES', 'connect', { code: 'connection-failed', connection: 'unreachable' }],
  ['EPERM', 'connect', { code: 'connection-failed', connection: 'unreachable' }],
  ['EINVAL', 'bind', { code: 'connection-failed', connection: 'unreachable' }],
  ['EIO', 'read', { code: 'connection-failed', connection: 'reset' }],
  ['EAI_MEMORY', 'getaddrinfo', { code: 'connection-failed', connection: 'dns' }],
  ['ECONNREFUSED', 'connect', { code: 'connection-failed', connection: 'refused' }],
])('%s of %s', (code, syscall, expected) => {
  const error = Object.assign(new Error(`${syscall} ${code}`), { code, syscall });

  expect(translateConnectionError(error, { failures })).toMatchObject({ ...expected, cause: error });
  // Node tries IPv6 and IPv4, and joins their errors.
  expect(translateConnectionError(new AggregateError([error]), { failures })).toMatchObject(expected);
});

test('what neither undici nor a syscall names is a bug', () => {
  const error = new TypeError('undefined is not a function');

  expect(translateConnectionError(error, { failures })).toBe(error);
});
