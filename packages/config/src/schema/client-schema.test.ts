import { chmodSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createTemporaryHome } from '../../test/temporary-home.ts';
import { ConfigError } from '../config-error.ts';
import { loadConfig, parseConfig } from '../load-config.ts';

const HASH = `sha256:${'0a'.repeat(32)}`;

function issuesOf(tokens: object) {
  try {
    parseConfig(JSON.stringify({ gateway: { auth: { tokens } } }));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.map(({ path, message }) => [path, message]);
    throw error;
  }
}

test('a client has a token, plain or hashed, and limits', () => {
  const tokens = {
    ci: { token: HASH, models: ['ollama/qwen3:8b', '*/gpt*', '*'], maxConcurrent: 2, priority: 'batch' },
    'desk.2': { token: 'secret', requestsPerMinute: 60, tokensPerDay: 100_000 },
  };
  expect(parseConfig(JSON.stringify({ gateway: { auth: { tokens } } })).config.gateway.auth.tokens).toEqual(tokens);
});

test.each([
  [{ owner: { token: 'x' } }, 'not "owner"'],
  [{ 'a b': { token: 'x' } }, 'expected the name of a client'],
  [{ ci: { token: 'sha256:s3cret' } }, '64 hexadecimal digits'],
  [{ ci: { token: 'x', models: ['qwen3'] } }, 'expected a pattern of model references'],
  [{ ci: { token: 'x', maxConcurrent: 0 } }, 'maxConcurrent'],
  [{ ci: { token: 'x', priority: 'urgent' } }, 'batch'],
])('%j is refused with an explanation and without the token', (tokens, why) => {
  const issues = issuesOf(tokens);
  expect(JSON.stringify(issues)).toContain(why.replaceAll('"', '\\"'));
  expect(JSON.stringify(issues)).not.toContain('s3cret');
});

test('a client whose variable is not set has no token, and is reported', () => {
  const { config, warnings } = parseConfig('{ gateway: { auth: { tokens: { ci: { token: "${CI_TOKEN}" } } } } }');
  expect(config.gateway.auth.tokens).toEqual({ ci: {} });
  expect(warnings).toMatchObject([{ code: 'missing-variable', path: 'gateway.auth.tokens.ci.token' }]);
});

test('the token of a client may be in a file', async () => {
  const home = createTemporaryHome({ 'tokens.json': JSON.stringify({ ci: HASH }) });
  chmodSync(home.path('tokens.json'), 0o600);
  const config = {
    secrets: { providers: { files: { source: 'file', path: home.path('tokens.json') } } },
    gateway: { auth: { tokens: { ci: { token: { source: 'file', provider: 'files', id: '/ci' } } } } },
  };
  home.write('.openclaw/openclaw.json', JSON.stringify(config));
  expect((await loadConfig(home.location)).config.gateway.auth.tokens).toEqual({ ci: { token: HASH } });
});
