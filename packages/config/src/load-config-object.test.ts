import { expect, test } from 'vitest';
import { ConfigError } from './config-error.ts';
import { loadConfigObject } from './load-config-object.ts';

test('adds defaults, substitutes variables, and reads no file', async () => {
  const loaded = await loadConfigObject(
    { models: { providers: { box: { baseUrl: '${BOX_URL}/v1', models: [{ id: 'qwen3:8b' }] } } } },
    { env: { BOX_URL: 'http://box:8000' } },
  );

  expect(loaded.config.models.providers['box']?.baseUrl).toBe('http://box:8000/v1');
  expect(loaded.config.agents.defaults.timeoutSeconds).toBeGreaterThan(0);
  expect(loaded.files).toEqual([]);
});

test('names wrong keys and values by their path', async () => {
  const config = { agents: { defaults: { modle: 'ollama/qwen3:8b', timeoutSeconds: 'soon' } } };
  // As a program in plain JavaScript passes it.
  const failure = await loadConfigObject(config as object, { env: {} }).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(ConfigError);
  expect((failure as ConfigError).message).toContain('`agents.defaults.modle`: ');
  expect((failure as ConfigError).message).toContain('did you mean `model`?');
  expect((failure as ConfigError).message).toContain('`agents.defaults.timeoutSeconds`: ');
  expect((failure as ConfigError).message).not.toMatch(/config:\d/);
});

test('an invalid provider is disabled, and the others work', async () => {
  const { config, disabledProviders } = await loadConfigObject(
    {
      models: { providers: { good: { baseUrl: 'http://good/v1' }, bad: { baseUrl: 'ftp://bad' } } },
    },
    { env: {} },
  );

  expect(Object.keys(config.models.providers)).toEqual(['good']);
  expect(disabledProviders).toMatchObject([{ id: 'bad', reason: 'invalid' }]);
});
