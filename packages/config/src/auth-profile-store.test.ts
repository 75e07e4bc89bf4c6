import { readdirSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createTemporaryHome } from '../test/temporary-home.ts';
import { addAuthProfile, listAuthProfiles, removeAuthProfile } from './auth-profile-store.ts';
import { loadConfig } from './load-config.ts';
import { resolveCredential } from './resolve-credential.ts';

const file = '.openclaw/agents/main/agent/auth-profiles.json';

test('a key that was added is found, and only its owner can read the file', async () => {
  const { location, path } = createTemporaryHome();
  const summary = await addAuthProfile({ provider: 'ollama', key: ' sk-0123456789abcdefghij \n' }, location);
  expect(summary).toEqual({
    id: 'ollama:manual',
    provider: 'ollama',
    type: 'api_key',
    masked: 'sk-0***ghij',
    file: path(file),
  });
  expect(statSync(path(file)).mode & 0o777).toBe(0o600);
  expect(statSync(path('.openclaw/agents/main/agent')).mode & 0o777).toBe(0o700);
  expect(readdirSync(path('.openclaw/agents/main/agent'))).toEqual(['auth-profiles.json']);
  expect(resolveCredential('ollama', await loadConfig(location))).toEqual({
    value: 'sk-0123456789abcdefghij',
    source: 'auth-profile',
    detail: 'ollama:manual',
  });
});

test('a list shows no secrets', async () => {
  const { location } = createTemporaryHome();
  await addAuthProfile({ provider: 'ollama', key: 'short-key' }, location);
  await addAuthProfile({ provider: 'acme', key: 'sk-0123456789abcdefghij', id: 'acme:work' }, location);
  const profiles = await listAuthProfiles(location);
  expect(profiles).toMatchObject([
    { id: 'ollama:manual', masked: '***' },
    { id: 'acme:work', provider: 'acme', masked: 'sk-0***ghij' },
  ]);
  expect(JSON.stringify(profiles)).not.toContain('short-key');
});

test('what this product does not know in the file is kept', async () => {
  const stored = {
    version: 1,
    profiles: { 'google:me': { type: 'oauth', provider: 'google', access: 'a', refresh: 'r', email: 'me@x.y' } },
    order: { google: ['google:me'] },
    usageStats: { 'google:me': { lastUsed: 5 } },
  };
  const { location, read } = createTemporaryHome({ [file]: JSON.stringify(stored) });
  await addAuthProfile({ provider: 'ollama', key: 'k' }, location);
  expect(JSON.parse(read(file))).toEqual({
    ...stored,
    profiles: { ...stored.profiles, 'ollama:manual': { type: 'api_key', provider: 'ollama', key: 'k' } },
  });
});

test('a profile that was removed is gone, also from the order', async () => {
  const { location, read } = createTemporaryHome({
    [file]: JSON.stringify({
      profiles: { a: { type: 'api_key', provider: 'p', key: '1' }, b: { type: 'api_key', provider: 'p', key: '2' } },
      order: { p: ['a', 'b'] },
    }),
  });
  await removeAuthProfile('a', location);
  expect(JSON.parse(read(file))).toEqual({
    profiles: { b: { type: 'api_key', provider: 'p', key: '2' } },
    order: { p: ['b'] },
  });
  await expect(removeAuthProfile('a', location)).rejects.toThrow(/There is no profile "a" in .*Stored: b\./);
});

test('the older flat shape is read, and taken over when something changes', async () => {
  const { location, read } = createTemporaryHome({ [file]: '{ "ollama-windows": { "apiKey": "ollama-local" } }' });
  expect(await listAuthProfiles(location)).toMatchObject([{ id: 'ollama-windows', provider: 'ollama-windows' }]);
  await addAuthProfile({ provider: 'ollama', key: 'k' }, location);
  expect(JSON.parse(read(file))).toEqual({
    version: 1,
    profiles: {
      'ollama-windows': { type: 'api_key', provider: 'ollama-windows', key: 'ollama-local' },
      'ollama:manual': { type: 'api_key', provider: 'ollama', key: 'k' },
    },
  });
});

test.each(['', '  ', '***', 'sk-0***ghij', '__OPENCLAW_REDACTED__'])('%j is no key', async (key) => {
  const { location } = createTemporaryHome();
  await expect(addAuthProfile({ provider: 'ollama', key }, location)).rejects.toMatchObject({ code: 'bad-value' });
});

test('a broken file is not overwritten', async () => {
  const { location, read } = createTemporaryHome({ [file]: '{ broken' });
  await expect(addAuthProfile({ provider: 'ollama', key: 'k' }, location)).rejects.toMatchObject({
    code: 'unreadable',
  });
  expect(read(file)).toBe('{ broken');
});

test('two that are added at once are both there', async () => {
  const { location } = createTemporaryHome();
  await Promise.all(['a', 'b', 'c', 'd'].map((provider) => addAuthProfile({ provider, key: 'k' }, location)));
  expect((await listAuthProfiles(location)).map(({ id }) => id).toSorted()).toEqual(
    ['a', 'b', 'c', 'd'].map((p) => `${p}:manual`),
  );
});

test('agents keep their own', async () => {
  const { location } = createTemporaryHome();
  await addAuthProfile({ provider: 'ollama', key: 'k' }, { ...location, agent: 'work' });
  expect(await listAuthProfiles(location)).toEqual([]);
  expect(await listAuthProfiles({ ...location, agent: 'work' })).toHaveLength(1);
  await expect(listAuthProfiles({ ...location, agent: '../main' })).rejects.toMatchObject({ code: 'bad-path' });
});
