import { createOpenAICompatProvider } from '@openclaw/provider-openai-compat';
import { expect, test } from 'vitest';
import { loadedConfig } from '../test/start-runtime.ts';
import type { StartRuntimeOptions } from '../test/start-runtime.ts';
import { providerSetups } from './provider-setup.ts';

function setups(options: StartRuntimeOptions) {
  return providerSetups(loadedConfig(options)).setups;
}

function ollama(entry: object, env: Record<string, string> = {}) {
  return setups({ config: { models: { providers: { ollama: entry } } }, env })[0];
}

const implicit = { id: 'ollama', server: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1', discovers: true };
const profile = { id: 'ollama:manual', provider: 'Ollama', type: 'api_key' as const, secret: 'ollama-local' };

test.each<[string, StartRuntimeOptions]>([
  ['a key in the environment', { env: { OLLAMA_API_KEY: 'ollama-local' } }],
  ['a stored profile', { authProfiles: { main: { file: 'f', order: {}, profiles: [profile] } } }],
  [
    'a profile in the configuration',
    { config: { auth: { profiles: { 'ollama:x': { provider: 'ollama', mode: 'api_key' } } } } },
  ],
  ['an entry with nothing but a key', { config: { models: { providers: { ollama: { apiKey: 'ollama-local' } } } } }],
  [
    'an entry with nothing but clocks',
    { config: { models: { providers: { ollama: { timeouts: { connectMs: 9 } } } } } },
  ],
  ['an entry in another spelling', { config: { models: { providers: { Ollama: { apiKey: 'x' } } } } }],
  ['an empty list of models', { config: { models: { providers: { ollama: { models: [] } } } } }],
  ['a primary', { config: { agents: { defaults: { model: 'ollama/x' } } } }],
  ['a fallback', { config: { agents: { defaults: { model: { fallbacks: ['OLLAMA/x'] } } } } }],
  ['an image model', { config: { agents: { defaults: { imageModel: 'ollama/x' } } } }],
  ['the settings of a model', { config: { agents: { defaults: { models: { 'ollama/x': { alias: 'x' } } } } } }],
  ['the model of an agent', { config: { agents: { list: [{ id: 'a', model: 'ollama/x' }] } } }],
])('finds Ollama by itself for %s', (_what, options) => {
  expect(setups(options)).toMatchObject([implicit]);
});

test.each<[string, StartRuntimeOptions]>([
  ['nothing says anything of it', {}],
  ['the key is blank', { env: { OLLAMA_API_KEY: ' ' } }],
  ['only other providers are named', { config: { agents: { defaults: { model: 'openai/gpt-4' } } } }],
  ['only entries count', { config: { models: { mode: 'replace' } }, env: { OLLAMA_API_KEY: 'x' } }],
])('leaves Ollama alone when %s', (_what, options) => {
  expect(setups(options).filter(({ id }) => id === 'ollama')).toEqual([]);
});

test.each([
  [{ baseUrl: 'http://h:1/v1' }, 'http://h:1/v1', false],
  [{ baseUrl: 'http://h:1' }, 'http://h:1/v1', false],
  [{ baseUrl: 'http://h:1/v1', models: [{ id: 'a' }] }, 'http://h:1/v1', false],
  [{ models: [{ id: 'a' }] }, 'http://127.0.0.1:11434/v1', false],
  [{ baseUrl: 'http://h:1/v1', discover: true }, 'http://h:1/v1', true],
  [{ models: [{ id: 'a' }], discover: true }, 'http://127.0.0.1:11434/v1', true],
  [{ discover: false }, 'http://127.0.0.1:11434/v1', false],
  [{ apiKey: 'x', discover: true }, 'http://127.0.0.1:11434/v1', true],
])('reads the entry %j as written', (entry, baseUrl, discovers) => {
  expect(ollama(entry)).toMatchObject({ baseUrl, discovers });
});

test('honours OLLAMA_HOST unless the entry says where Ollama is', () => {
  const env = { OLLAMA_HOST: '0.0.0.0:5000', OLLAMA_API_KEY: 'x' };
  expect(setups({ env })).toMatchObject([{ nativeUrl: 'http://127.0.0.1:5000' }]);
  expect(ollama({ baseUrl: 'http://h:1' }, env)).toMatchObject({ nativeUrl: 'http://h:1' });
});

test('tells an OLLAMA_HOST that cannot be used', () => {
  const { setups: none, unusable } = providerSetups(
    loadedConfig({ env: { OLLAMA_HOST: 'ftp://h', OLLAMA_API_KEY: 'x' } }),
  );
  expect(none).toEqual([]);
  expect(unusable).toMatchObject([{ id: 'ollama', message: expect.stringMatching(/^OLLAMA_HOST: .*ftp/) }]);
});

test.each([
  [
    'second',
    { baseUrl: 'http://h:1', discover: true },
    { server: 'ollama', discovers: true, baseUrl: 'http://h:1/v1' },
  ],
  ['ollama-gpu', { baseUrl: 'http://h:1' }, { server: 'ollama', discovers: false }],
  ['box', { baseUrl: 'http://h:11434/v1' }, { server: 'ollama', discovers: false }],
  ['vllm', { baseUrl: 'http://h:8000/v1/' }, { server: 'openai', discovers: false, baseUrl: 'http://h:8000/v1' }],
])('takes the provider %s with %j for what it is', (id, entry, expected) => {
  expect(setups({ config: { models: { providers: { [id]: entry } } } })).toMatchObject([{ id, ...expected }]);
});

test('knows where well-known providers are once they are named', () => {
  const config = { agents: { defaults: { model: 'openai/gpt-4' } } };
  const [openai] = setups({ config, env: { OPENAI_API_KEY: 'sk-real' } });
  expect(openai).toMatchObject({ baseUrl: 'https://api.openai.com/v1', apiKey: 'sk-real', named: ['gpt-4'] });
});

test('does not create a provider from a key in the environment', () => {
  expect(setups({ env: { OPENAI_API_KEY: 'sk-real' } })).toEqual([]);
});

test('keeps a well-known provider’s key from the environment away from other hosts', () => {
  const env = { OPENAI_API_KEY: 'sk-real' };
  const elsewhere = { baseUrl: 'http://h:1/v1' };
  const keyOf = (openai: object) => setups({ config: { models: { providers: { openai } } }, env })[0]?.apiKey;
  expect(keyOf(elsewhere)).toBeUndefined();
  expect(keyOf({ ...elsewhere, apiKey: 'own' })).toBe('own');
  expect(keyOf({ ...elsewhere, apiKey: 'OPENAI_API_KEY' })).toBe('sk-real');
  expect(keyOf({ baseUrl: 'https://api.openai.com/v1/' })).toBe('sk-real');
});

test('gives OLLAMA_API_KEY to an explicit entry without a key, and to no other provider', () => {
  const providers = { ollama: { baseUrl: 'http://h:1' }, other: { baseUrl: 'http://h:2' } };
  const keys = setups({ config: { models: { providers } }, env: { OLLAMA_API_KEY: 'ollama-local' } });
  expect(keys.map(({ id, apiKey }) => [id, apiKey])).toEqual([
    ['ollama', 'ollama-local'],
    ['other', undefined],
  ]);
});

test('does not look for Ollama elsewhere when its entry was switched off', () => {
  const config = {
    models: { providers: { ollama: { baseUrl: '${NOT_SET}/v1' } } },
    agents: { defaults: { model: 'ollama/x' } },
  };
  const { setups: none, unusable } = providerSetups(loadedConfig({ config }));
  expect(none).toEqual([]);
  expect(unusable).toMatchObject([{ id: 'ollama', message: expect.stringMatching(/NOT_SET/) }]);
});

test('says what is missing of a provider that is nowhere', () => {
  const { unusable } = providerSetups(
    loadedConfig({ config: { models: { providers: { box: { models: [{ id: 'a' }] } } } } }),
  );
  expect(unusable).toMatchObject([
    { id: 'box', message: expect.stringMatching(/models\.providers\.box has no baseUrl/) },
  ]);
});

test.each([
  ['ollama', 'http://h:8080/v1'],
  ['ollama-gpu', 'http://h:8080/v1'],
  ['box', 'http://h:11434/v1'],
  ['box', 'https://ollama.com/v1'],
  ['vllm', 'http://h:11434/v1'],
  ['box', 'http://h:8080/v1'],
  ['openai', 'https://api.openai.com/v1'],
])('takes %s at %s for Ollama exactly when the provider does', (id, baseUrl) => {
  const provider = createOpenAICompatProvider({ id, baseUrl });
  const { setups } = providerSetups(loadedConfig({ config: { models: { providers: { [id]: { baseUrl } } } } }));

  expect(setups.find((setup) => setup.id === id)?.server === 'ollama').toBe(provider.server === 'ollama');
});
