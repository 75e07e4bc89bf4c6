import { parseConfig } from '@openclaw/config';
import { expect, test } from 'vitest';
import { describeServedModels, renderGatewayGreeting } from './gateway-greeting.ts';

const loaded = (config: object) => ({ ...parseConfig(JSON.stringify(config), { env: {} }) }) as never;

test('names the page, the base URL, the token and the line to paste', () => {
  expect(renderGatewayGreeting({ url: 'http://127.0.0.1:18789', requiresToken: false }).split('\n')).toEqual([
    'The gateway is listening on http://127.0.0.1:18789/v1. Press Ctrl-C to stop it.',
    '  Page      http://127.0.0.1:18789/',
    '  Base URL  http://127.0.0.1:18789/v1',
    '  Token     not required, only this machine can connect',
    '  Client    export OPENAI_BASE_URL=http://127.0.0.1:18789/v1 OPENAI_API_KEY=unused',
    '  Programs  openclaw connect <program> sets one up, openclaw connect lists them',
  ]);
});

test.each([
  ['http://0.0.0.0:80', 'http://127.0.0.1:80'],
  ['http://[::]:80', 'http://[::1]:80'],
])('an address for all interfaces (%s) is shown as one that a client can use', (url, reachable) => {
  const text = renderGatewayGreeting({ url, requiresToken: true });
  expect(text).toContain(`OPENAI_BASE_URL=${reachable}/v1 OPENAI_API_KEY=<token>`);
  expect(text).toContain('Token     required');
});

test('without models, the reasons and the commands follow', () => {
  const hidden = [{ ref: 'ollama/gemma', code: 'no-tools', reason: 'gemma has no tools.' }] as const;
  const none = describeServedModels({ models: [], hidden, problems: [] }, loaded({}));
  expect(none.text).toBe('  Models    none\n            gemma has no tools.');
  expect(none.nextCommands).toContain('openclaw models set ollama/gemma');
  expect(describeServedModels({ models: [], hidden: [], problems: [] }, loaded({})).nextCommands).toEqual([
    'openclaw doctor',
  ]);
});
