import { describe, expect, test } from 'vitest';
import type { AuthProfile } from './auth-profiles.ts';
import { parseConfig } from './load-config.ts';
import { apiKeyVariable, defaultAgentId, resolveCredential } from './resolve-credential.ts';

const profile = (id: string, secret: string, rest: Partial<AuthProfile> = {}): AuthProfile => ({
  id,
  provider: id.split(':')[0]!,
  type: 'api_key',
  secret,
  ...rest,
});

function loaded({
  text = '{}',
  env = {},
  profiles = {},
  order = {},
}: {
  text?: string;
  env?: Record<string, string>;
  profiles?: Record<string, AuthProfile[]>;
  order?: Record<string, string[]>;
} = {}) {
  const stores = Object.entries(profiles).map(([agent, list]) => [agent, { file: `/${agent}`, profiles: list, order }]);
  return { ...parseConfig(text, { env }), authProfiles: Object.fromEntries(stores) };
}

const entry = (apiKey: string) => `{ models: { providers: { ollama: { apiKey: ${JSON.stringify(apiKey)} } } } }`;

describe('which source wins', () => {
  const env = { OLLAMA_API_KEY: 'from-env' };
  const profiles = { main: [profile('ollama:manual', 'from-profile')] };
  const text = entry('from-file');

  test.each([
    ['a profile over all', { text, env, profiles }, 'from-profile', 'auth-profile', 'ollama:manual'],
    ['the environment over the file', { text, env }, 'from-env', 'environment', 'OLLAMA_API_KEY'],
    ['the file when there is nothing else', { text }, 'from-file', 'configuration', 'models.providers.ollama.apiKey'],
    [
      'the environment for an entry without a key',
      { text: '{ models: { providers: { ollama: { baseUrl: "http://x:1" } } } }', env },
      'from-env',
      'environment',
      'OLLAMA_API_KEY',
    ],
  ])('%s', (_, input, value, source, detail) => {
    expect(resolveCredential('ollama', loaded(input))).toEqual({ value, source, detail });
  });

  test('nothing, if there is no key', () => {
    expect(resolveCredential('ollama', loaded())).toBeUndefined();
  });

  test('a key of one provider is never given to another', () => {
    expect(resolveCredential('other', loaded({ text, env, profiles }))).toBeUndefined();
  });

  test('the placeholder from the documentation gives way to a real key', () => {
    const input = { text: entry('sk-real'), env: { OLLAMA_API_KEY: 'ollama-local' } };
    expect(resolveCredential('ollama', loaded(input))).toMatchObject({ value: 'sk-real', source: 'configuration' });
    expect(resolveCredential('ollama', loaded({ env: input.env }))).toMatchObject({ value: 'ollama-local' });
  });
});

describe('apiKey', () => {
  test('may be a reference to a variable', () => {
    expect(resolveCredential('ollama', loaded({ text: entry('${MY_KEY}'), env: { MY_KEY: 'v' } }))?.value).toBe('v');
  });

  test('may be the name of a variable', () => {
    expect(resolveCredential('ollama', loaded({ text: entry('MY_KEY'), env: { MY_KEY: 'v' } }))).toEqual({
      value: 'v',
      source: 'configuration',
      detail: 'models.providers.ollama.apiKey (MY_KEY)',
    });
  });

  test('is itself when no variable has that name', () => {
    expect(resolveCredential('ollama', loaded({ text: entry('ABC123') }))?.value).toBe('ABC123');
  });
});

describe('profiles', () => {
  const two = { main: [profile('ollama:a', 'a'), profile('ollama:b', 'b')] };

  test('are taken in the order of the store, then of the configuration, then as stored', () => {
    const text = '{ auth: { order: { ollama: ["ollama:b"] } } }';
    expect(resolveCredential('ollama', loaded({ profiles: two }))?.value).toBe('a');
    expect(resolveCredential('ollama', loaded({ profiles: two, text }))?.value).toBe('b');
    expect(resolveCredential('ollama', loaded({ profiles: two, text, order: { ollama: ['ollama:a'] } }))?.value).toBe(
      'a',
    );
  });

  test('that have ended are passed over', () => {
    const profiles = {
      main: [profile('ollama:a', 'a', { expires: 1000 }), profile('ollama:b', 'b', { expires: 3000 })],
    };
    expect(resolveCredential('ollama', loaded({ profiles }), { now: () => 2000 })?.value).toBe('b');
  });

  test('belong to an agent; one without any uses those of main', () => {
    const profiles = { main: [profile('ollama:m', 'm')], work: [profile('ollama:w', 'w')] };
    expect(resolveCredential('ollama', loaded({ profiles }), { agent: 'work' })?.value).toBe('w');
    expect(resolveCredential('ollama', loaded({ profiles }), { agent: 'idle' })?.value).toBe('m');
  });
});

test.each([
  ['ollama', 'OLLAMA_API_KEY'],
  ['my-gpu.box', 'MY_GPU_BOX_API_KEY'],
])('the variable of %s is %s', (id, name) => {
  expect(apiKeyVariable(id)).toBe(name);
});

test.each([
  ['{}', 'main'],
  ['{ agents: { list: [{ id: "a" }, { id: "b", default: true }] } }', 'b'],
  ['{ agents: { list: [{ id: "a" }] } }', 'a'],
  ['{ agents: { entries: { a: {}, b: { default: true } } } }', 'b'],
  ['{ agents: { entries: { a: {} } } }', 'main'],
])('the default agent of %s is %s', (text, id) => {
  expect(defaultAgentId(parseConfig(text).config)).toBe(id);
});
