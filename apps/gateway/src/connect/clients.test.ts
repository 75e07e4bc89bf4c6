import { expect, test } from 'vitest';
import { renderFile } from './client-setup.ts';
import { CLIENTS } from './clients.ts';
import { describeConnection } from './describe-connection.ts';
import { ProviderError } from '@openclaw/provider';
import { MODEL } from '../../test/scripted-runtime.ts';

const CONNECTION = { url: 'http://127.0.0.1:18789', key: 'a-key', model: 'openclaw', contextWindow: 40_000 };

test.each(CLIENTS.map((client) => [client.id, client] as const))(
  'sets up %s with the address of its API',
  (_id, client) => {
    const setup = client.setUp(CONNECTION);
    const text = [setup.file === undefined ? '' : renderFile(setup.file), setup.shell, setup.code?.text].join('\n');
    expect(text).toContain(CONNECTION.url);
    const isBelowV1 = text.includes(`${CONNECTION.url}/v1`);
    expect(isBelowV1).toBe(client.api.startsWith('OpenAI'));
    expect(text).not.toContain('undefined');
  },
);

test.each(['claude-code', 'codex', 'opencode', 'pi', 'zed'])('tells %s the window of the model', (id) => {
  const file = CLIENTS.find((client) => client.id === id)?.setUp(CONNECTION).file;
  expect(file === undefined ? '' : renderFile(file)).toMatch(/40000/);
});

test('names each client once', () => {
  expect(new Set(CLIENTS.map(({ id }) => id)).size).toBe(CLIENTS.length);
});

test('takes the window of the model that will answer, and a small one while it cannot be found', async () => {
  const options = { url: CONNECTION.url, hasToken: true };
  expect(await describeConnection({ findModel: async () => MODEL }, options)).toEqual({
    url: CONNECTION.url,
    key: 'YOUR_GATEWAY_TOKEN',
    model: 'openclaw',
    contextWindow: 131_072,
  });
  const missing = { findModel: () => Promise.reject(new ProviderError('model-not-found', 'none')) };
  expect(await describeConnection(missing, { ...options, hasToken: false, model: 'm' })).toMatchObject({
    key: 'unused',
    model: 'm',
    contextWindow: 32_768,
  });
});
