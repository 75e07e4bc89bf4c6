import { expect, test } from 'vitest';
import { isKnownConfigPath, getConfigValue } from './get-config-value.ts';
import { parseConfig } from './load-config.ts';
import { maskSecret, redactConfig } from './redact-config.ts';

const { authored } = parseConfig(
  `{
    models: { providers: {
      acme: { apiKey: 'sk-1', headers: { 'X-Team': 'red' }, baseUrl: 'https://me:pw@acme/v1', models: [{ id: 'a', maxTokens: 5, compat: { maxTokensField: 'max_tokens' } }] },
      other: { apiKey: '\${OTHER_KEY}' },
    } },
    gateway: { port: 1, auth: { mode: 'token', token: 't0p' }, remote: { token: 'r', url: 'ws://x' } },
    env: { vars: { ANY: 'v' }, FLAT: 'f' },
    channels: { telegram: { botToken: 'b', name: 'bot' } },
  }`,
  { env: { OTHER_KEY: 'k' } },
);

test('secrets are masked, references and everything else are shown', () => {
  expect(redactConfig(authored)).toEqual({
    models: {
      providers: {
        acme: {
          apiKey: '***',
          headers: { 'X-Team': '***' },
          baseUrl: 'https://***@acme/v1',
          models: [{ id: 'a', maxTokens: 5, compat: { maxTokensField: 'max_tokens' } }],
        },
        other: { apiKey: '${OTHER_KEY}' },
      },
    },
    gateway: { port: 1, auth: { mode: 'token', token: '***' }, remote: { token: '***', url: 'ws://x' } },
    env: { vars: { ANY: '***' }, FLAT: '***' },
    channels: { telegram: { botToken: '***', name: 'bot' } },
  });
});

test.each([
  ['models.providers.acme.apiKey', '***'],
  ['models.providers.acme.headers', { 'X-Team': '***' }],
  ['gateway.port', 1],
  ['models.providers.acme.models[0].id', 'a'],
  ['channels.telegram.botToken', '***'],
])('a part is masked like the whole: %s', (path, shown) => {
  const value = getConfigValue(authored, path);
  expect(redactConfig(value!, { path: path.replaceAll(/[[\]]/g, '.').split('.').filter(Boolean) })).toEqual(shown);
});

test.each([
  ['gateway.port', true],
  ['agents.defaults.models["a/b"].alias', true],
  ['agents.defaults.model.primary', true],
  ['models.providers.x.models[3].id', true],
  ['gateway.prot', false],
  ['nosuch.path', false],
])('whether the schema knows %s: %s', (path, known) => {
  expect(isKnownConfigPath(path)).toBe(known);
});

test('what is not written is undefined, also when Object has it', () => {
  expect(getConfigValue(authored, 'gateway.toString')).toBeUndefined();
  expect(getConfigValue(authored, 'gateway.port.x')).toBeUndefined();
  expect(getConfigValue(authored, '')).toBe(authored);
});

test('long keys show their ends, short ones nothing', () => {
  expect(maskSecret('sk-0123456789abcdefghij')).toBe('sk-0***ghij');
  expect(maskSecret('sk-0123456789')).toBe('***');
});
