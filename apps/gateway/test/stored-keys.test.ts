import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { addAuthProfile, loadConfig, removeAuthProfile } from '@openclaw/config';
import { expect, onTestFinished, test } from 'vitest';
import { startGateway } from '../src/start-gateway.ts';
import { scriptedRuntime } from './scripted-runtime.ts';
import { startLogged } from './start-logged.ts';

const config = { agents: { defaults: { model: 'ollama/gpt-oss:20b' } }, gateway: { reload: { debounceMs: 0 } } };

async function open(options: Parameters<typeof startLogged>[0] = {}) {
  const stack = await startLogged({ watch: true, config, ...options });
  const stateDir = dirname(stack.configPath);
  return {
    ...stack,
    location: { env: { OPENCLAW_STATE_DIR: stateDir } },
    file: join(stateDir, 'agents/main/agent/auth-profiles.json'),
    reloaded: (number: number) => stack.logged('configuration reloaded', number),
    /** What the server is sent with the next chat. */
    async sentKey() {
      expect((await stack.chat({})).status).toBe(200);
      return stack.simulator.journal.of('/v1/chat/completions').at(-1)?.headers['authorization'];
    },
    async problem() {
      const status = (await (await fetch(`${stack.gateway.url}/status`)).json()) as { config: { problem?: string } };
      return status.config.problem;
    },
  };
}

test('a key that is stored, put right or taken away counts in a running gateway', async () => {
  const { location, sentKey, reloaded, lines } = await open();
  expect(await sentKey()).toBeUndefined();
  await addAuthProfile({ provider: 'ollama', key: 'first-secret' }, location);
  await reloaded(1);
  expect(await sentKey()).toBe('Bearer first-secret');
  await addAuthProfile({ provider: 'ollama', key: 'second-secret' }, location);
  await reloaded(2);
  expect(await sentKey()).toBe('Bearer second-secret');
  await removeAuthProfile('ollama:manual', location);
  await reloaded(3);
  expect(await sentKey()).toBeUndefined();
  expect(JSON.stringify(lines)).not.toContain('secret');
});

test('a key in the .env file of the state directory counts in a running gateway', async () => {
  const { location, sentKey, reloaded, lines } = await open();
  const file = join(location.env.OPENCLAW_STATE_DIR, '.env');
  await writeFile(file, 'OLLAMA_API_KEY=first-secret\n');
  await reloaded(1);
  expect(await sentKey()).toBe('Bearer first-secret');
  await rm(file);
  await reloaded(2);
  expect(await sentKey()).toBeUndefined();
  expect(JSON.stringify(lines)).not.toContain('secret');
});

test('a file of keys that cannot be used leaves the last good ones in force, and says why but not what is in it', async () => {
  const { location, file, sentKey, reloaded, logged, problem, lines, configPath, chat } = await open();
  await addAuthProfile({ provider: 'ollama', key: 'first-secret' }, location);
  await reloaded(1);
  await writeFile(file, '{ "profiles": { "ollama:manual": { "key": "broken-secret"');
  const line = await logged('stored API keys skipped; the last good ones stay in force');
  expect(line['problem']).toBe(`${file}:1:1: not a JSON object; the keys in it are not used`);
  expect(await sentKey()).toBe('Bearer first-secret');
  expect(await problem()).toBe(line['problem']);

  await writeFile(configPath, JSON.stringify({ ...config, agents: { defaults: { model: 'ollama/qwen3:8b' } } }));
  await reloaded(2);
  expect((await chat({})).headers.get('x-openclaw-model')).toBe('ollama/qwen3:8b');
  expect(await sentKey()).toBe('Bearer first-secret');
  expect(await problem()).toBe(line['problem']);

  await replace(file, { profiles: { a: { type: 'api_key', provider: 'ollama', key: 'second-secret' } } });
  await reloaded(3);
  expect(await sentKey()).toBe('Bearer second-secret');
  expect(await problem()).toBeUndefined();
  expect(JSON.stringify(lines)).not.toContain('secret');
});

test('a file of keys that is deleted takes its keys with it', async () => {
  const { location, file, sentKey, reloaded } = await open();
  await addAuthProfile({ provider: 'ollama', key: 'first-secret' }, location);
  await reloaded(1);
  await rm(file);
  await reloaded(2);
  expect(await sentKey()).toBeUndefined();
});

test('a key of the agent that answers counts, though the agent has no directory yet', async () => {
  const agents = { ...config.agents, list: [{ id: 'work', default: true }] };
  const { location, sentKey, reloaded } = await open({ config: { ...config, agents } });
  await addAuthProfile({ provider: 'ollama', key: 'work-secret' }, { ...location, agent: 'work' });
  await reloaded(1);
  expect(await sentKey()).toBe('Bearer work-secret');
});

test('a key of an unknown agent adds its provider', async () => {
  const far = { baseUrl: 'http://127.0.0.1:1/v1', models: [{ id: 'm' }] };
  const agents = { defaults: { model: 'far/m' } };
  const { location, client, reloaded } = await open({ config: { ...config, agents, models: { providers: { far } } } });
  const listed = async () => JSON.stringify((await client.models.list()).data);
  expect(await listed()).not.toContain('ollama/');
  const { OPENCLAW_STATE_DIR: stateDir } = location.env;
  const elsewhere = join(stateDir, 'elsewhere');
  await addAuthProfile({ provider: 'ollama', key: 'k' }, { env: { OPENCLAW_STATE_DIR: elsewhere }, agent: 'other' });
  await rename(join(elsewhere, 'agents'), join(stateDir, 'agents'));
  await reloaded(1);
  expect(await listed()).toContain('ollama/gpt-oss:20b');
});

test('what else is noted in the file of keys changes nothing', async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'openclaw-keys-'));
  onTestFinished(() => rm(stateDir, { recursive: true }));
  const location = { env: { OPENCLAW_STATE_DIR: stateDir }, cwd: stateDir };
  await writeFile(join(stateDir, 'openclaw.json'), JSON.stringify(config));
  const { file } = await addAuthProfile({ provider: 'ollama', key: 'k' }, location);
  const { promise: read, resolve } = Promise.withResolvers<void>();
  let reloads = 0;
  const runtime = scriptedRuntime(undefined, { loaded: await loadConfig(location), reload: () => void reloads++ });
  const load = () => loadConfig(location).finally(resolve);
  const gateway = await startGateway({ runtime, port: 0, loadConfig: load });
  onTestFinished(() => gateway.close());
  const profiles = { 'ollama:manual': { type: 'api_key', provider: 'ollama', key: 'k' } };
  await replace(file, { version: 1, profiles, usageStats: { 'ollama:manual': { lastUsed: 5 } } });
  await read;
  await gateway.drain();
  expect(reloads).toBe(0);
});

/** In one step, so that no reader sees half of it. */
async function replace(file: string, content: object): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(content));
  await rename(`${file}.new`, file);
}

test('a key that cannot be used is logged, though nothing else changes', async () => {
  const { file, location, reloaded, lines } = await open();
  await addAuthProfile({ provider: 'ollama', key: 'first-secret' }, location);
  await reloaded(1);
  const ollama = { type: 'api_key', provider: 'ollama', key: 'first-secret' };
  await replace(file, { profiles: { 'ollama:manual': ollama, other: { type: 'api_key', key: 7 } } });
  expect((await reloaded(2))['warnings']).toEqual([expect.stringContaining('`key` must be a string')]);
  expect(JSON.stringify(lines)).not.toContain('secret');
});
