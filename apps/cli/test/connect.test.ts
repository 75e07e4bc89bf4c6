import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from './sandbox.ts';

async function open(gateway: object = {}) {
  const simulator = await startOllamaSimulator({ models: [{ name: 'gpt-oss:20b', contextLength: 65_536 }] });
  onTestFinished(simulator.close);
  const sandbox = createSandbox({ OLLAMA_HOST: simulator.url });
  sandbox.write('openclaw.json', { agents: { defaults: { model: 'ollama/gpt-oss:20b' } }, gateway });
  const file = join(sandbox.home, '.claude/settings.json');
  const put = (text: string) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const read = () => JSON.parse(readFileSync(file, 'utf8'));
  return { ...sandbox, file, put, read };
}

test('lists the clients', async () => {
  const { openclaw } = await open();
  const { stdout } = await openclaw(['connect', '--json']);
  expect(JSON.parse(stdout).clients).toContainEqual({
    id: 'claude-code',
    name: 'Claude Code',
    api: 'Anthropic messages',
  });
  expect((await openclaw(['connect', 'nothing'])).code).toBe(2);
});

test('shows the settings with the window of the default model, and writes nothing', async () => {
  const { openclaw, file } = await open({ port: 4242 });
  const { stdout, code } = await openclaw(['connect', 'claude-code']);
  expect(code).toBe(0);
  expect(stdout).toContain('"ANTHROPIC_BASE_URL": "http://127.0.0.1:4242"');
  expect(stdout).toContain('"CLAUDE_CODE_MAX_CONTEXT_TOKENS": "65536"');
  expect(existsSync(file)).toBe(false);
  const other = await openclaw(['connect', 'codex', '--url', 'http://10.0.0.5:1/v1/', '--model', 'ollama/gpt-oss:20b']);
  expect(other.stdout).toContain('base_url = "http://10.0.0.5:1/v1"');
  expect(other.stdout).toContain('model = "ollama/gpt-oss:20b"');
});

test('names the commands that come next: which client, write its settings, start the gateway', async () => {
  const gateway = createServer((_request, response) => response.writeHead(200, { 'x-openclaw-gateway': '1' }).end());
  await once(gateway.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void gateway.close());
  const { port } = gateway.address() as AddressInfo;
  const { openclaw } = await open({ port });
  expect((await openclaw(['connect'])).stderr).toBe('  Next: openclaw connect claude-code\n');
  expect((await openclaw(['connect', 'claude-code'])).stderr).toBe('  Next: openclaw connect claude-code --write\n');
  expect((await openclaw(['connect', 'claude-code', '--json'])).stderr).toBe('');
  const stopped = await open({ port: 9 });
  const { stderr } = await stopped.openclaw(['connect', 'claude-code', '--write', '--yes']);
  expect(stderr).toMatch(/\n {2}Next: openclaw gateway run\n$/);
});

test('writes the settings beside those that are there, and shows the difference first', async () => {
  const { openclaw, put, read } = await open();
  put('{\n  "theme": "dark",\n  "env": {\n    "OTHER_API_KEY": "sk-mine"\n  }\n}\n');
  const { stderr, stdout, code } = await openclaw(['connect', 'claude-code', '--write', '--yes']);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stderr).toContain('+   "model": "openclaw"');
  expect(stderr).not.toContain('sk-mine');
  expect(stdout).toContain('Wrote ~/.claude/settings.json');
  expect(read()).toMatchObject({ theme: 'dark', model: 'openclaw', env: { OTHER_API_KEY: 'sk-mine' } });
  expect((await openclaw(['connect', 'claude-code', '--write', '--yes'])).stdout).toContain('No change');
});

test('writes the token, and never shows it', async () => {
  const { openclaw, read } = await open({ auth: { token: 'a-secret-token' } });
  const shown = await openclaw(['connect', 'claude-code']);
  const written = await openclaw(['connect', 'claude-code', '--write', '--yes']);
  expect(shown.stdout).toContain('YOUR_GATEWAY_TOKEN');
  for (const { stdout, stderr } of [shown, written]) expect(stdout + stderr).not.toContain('a-secret-token');
  expect(read().env.ANTHROPIC_AUTH_TOKEN).toBe('a-secret-token');
});

test('writes nothing without a confirmation, or where it cannot merge', async () => {
  const { openclaw, put, file } = await open();
  expect((await openclaw(['connect', 'claude-code', '--write'])).code).toBe(2);
  expect(existsSync(file)).toBe(false);
  put('{ // mine\n}');
  const refused = await openclaw(['connect', 'claude-code', '--write', '--yes']);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('by hand') });
  expect(readFileSync(file, 'utf8')).toBe('{ // mine\n}');
  expect((await openclaw(['connect', 'curl', '--write', '--yes'])).code).toBe(1);
});
