import { expect, test } from 'vitest';
import type { ProviderSetup } from '../provider-setup.ts';
import { listServerModels } from './list-server-models.ts';

const SETUP = { id: 'vllm', baseUrl: 'http://127.0.0.1:8000/v1', headers: {} } as Partial<ProviderSetup>;

async function failure(cause: unknown): Promise<unknown> {
  const fetch = () => Promise.reject(cause);
  const options = { fetch, requestTimeoutMs: 60_000, signal: new AbortController().signal };
  return await listServerModels(SETUP as ProviderSetup, options).catch((error: unknown) => error);
}

test.each([
  ['ECONNREFUSED', { code: 'connection-failed', connection: 'refused' }],
  ['HPE_INVALID_CONSTANT', { code: 'invalid-response' }],
  ['EMFILE', { code: 'local-overload' }],
])('a list that fails with %s has the error of a chat request that does', async (code, expected) => {
  const cause = Object.assign(new Error(`connect ${code}`), { code, syscall: 'connect' });
  expect(await failure(cause)).toMatchObject({ ...expected, cause });
});

test('a bug stays a bug', async () => {
  const bug = new TypeError('undefined is not a function');
  expect(await failure(bug)).toBe(bug);
});
