import { execFileSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startGateway } from '../src/start-gateway.ts';
import { scriptedRuntime } from './scripted-runtime.ts';
import { startLogged } from './start-logged.ts';

// Files are looked at twice a second, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const agents = { defaults: { model: 'ollama/gpt-oss:20b' } };
const reload = { debounceMs: 0 };
const config = { agents, gateway: { reload, auth: { token: 'kept' } } };
const SKIPPED = 'configuration change skipped; the last good one stays in force';

async function start(first: object = config, files: Readonly<Record<string, string>> = {}) {
  const stack = await startLogged({ watch: true, config: first, files });
  const stateDir = dirname(stack.configPath);
  const authorized = { headers: { authorization: 'Bearer kept' } };
  return {
    ...stack,
    at: (name: string) => join(stateDir, name),
    restore: () => writeFile(stack.configPath, JSON.stringify(first)),
    statusOf: async (init?: RequestInit) => (await fetch(`${stack.gateway.url}/v1/models`, init)).status,
    authorized,
    async problem() {
      const response = await fetch(`${stack.gateway.url}/status`, authorized);
      return ((await response.json()) as { config: { problem?: string } }).config.problem;
    },
  };
}

type Started = Awaited<ReturnType<typeof start>>;

const replaceBy = (make: (path: string) => unknown) => async (path: string) => {
  await rm(path);
  await make(path);
};

const listenAt = (path: string) => {
  const server = createServer();
  onTestFinished(() => void server.close());
  return new Promise<void>((resolve) => server.listen(path, resolve));
};

test.each<[string, (path: string) => unknown, string]>([
  ['empty', (path) => truncate(path), 'is empty now'],
  ['blank', (path) => writeFile(path, '\n \n'), 'is empty now'],
  ['nothing but a comment', (path) => writeFile(path, '// later\n'), 'is empty now'],
  ['an empty object', (path) => writeFile(path, '{}'), 'is empty now'],
  ['half a file', (path) => writeFile(path, JSON.stringify(config).slice(0, -2)), 'is never closed'],
  ['gone', (path) => rm(path), 'is gone'],
  ['a named pipe', replaceBy((path) => execFileSync('mkfifo', [path])), 'it is a named pipe, not a file'],
  ['a directory', replaceBy((path) => mkdir(path)), 'it is a directory, not a file'],
  ['a device', replaceBy((path) => symlink('/dev/zero', path)), 'it is a device, not a file'],
  ['a socket', replaceBy(listenAt), 'it is a socket or a device, not a file'],
  ['a loop of links', replaceBy((path) => symlink('openclaw.json', path)), 'symbolic links form a loop'],
  ['too large', (path) => truncate(path, 9 * 1024 * 1024), 'it is larger than 8388608 bytes'],
])('a configuration that is %s leaves the last good one in force, until it is there again', async (_, change, why) => {
  const started = await start();
  await change(started.configPath);
  expect((await started.logged(SKIPPED))['problem']).toContain(why);
  expect(await started.problem()).toContain(why);
  expect(await started.statusOf()).toBe(401);
  expect((await started.chat({}, started.authorized)).status).toBe(200);
  await rm(started.configPath, { recursive: true, force: true });
  await started.restore();
  await started.logged('configuration reloaded');
  expect(await started.problem()).toBeUndefined();
});

test.skipIf(process.getuid?.() === 0)(
  'a configuration that may not be read leaves the last good one in force',
  async () => {
    const started = await start();
    await chmod(started.configPath, 0o000);
    expect((await started.logged(SKIPPED))['problem']).toContain('permission denied');
    expect(await started.statusOf()).toBe(401);
  },
);

const gateway = { reload, auth: { token: 'kept' } };
const fromVariable = { agents, gateway: { reload, auth: { token: '${TOKEN}' } }, env: { TOKEN: 'kept' } };
const write = (next: object) => (started: Started) => writeFile(started.configPath, JSON.stringify(next));
const LOSS = 'would leave the running gateway without a token';

test.each<[string, object, Readonly<Record<string, string>>, (started: Started) => unknown, string]>([
  ['the section is gone', config, {}, write({ agents, gateway: { reload } }), LOSS],
  [
    'the mode is "none"',
    config,
    {},
    write({ agents, gateway: { reload, auth: { token: 'kept', mode: 'none' } } }),
    LOSS,
  ],
  ['the token is empty', config, {}, write({ agents, gateway: { reload, auth: { token: '' } } }), LOSS],
  ['its variable is empty', fromVariable, {}, write({ ...fromVariable, env: { TOKEN: '' } }), 'TOKEN is not set'],
  [
    'the included file with it is empty',
    { agents, gateway: { $include: './gateway.json5' } },
    { 'gateway.json5': JSON.stringify(gateway) },
    ({ at }) => truncate(at('gateway.json5')),
    'gateway.json5 is empty now',
  ],
  [
    'the included file with it is not included any more',
    { agents, gateway: { $include: './gateway.json5' } },
    { 'gateway.json5': JSON.stringify(gateway) },
    write({ agents, gateway: { reload } }),
    LOSS,
  ],
  [
    'the .env file with it is empty',
    { agents, gateway: { reload } },
    { '.env': 'OPENCLAW_GATEWAY_TOKEN=kept\n' },
    ({ at }) => truncate(at('.env')),
    LOSS,
  ],
  [
    'the .env file with it is gone',
    { agents, gateway: { reload } },
    { '.env': 'OPENCLAW_GATEWAY_TOKEN=kept\n' },
    ({ at }) => rm(at('.env')),
    LOSS,
  ],
])('a change that takes the token away is refused: %s', async (_, first, files, change, why) => {
  const started = await start(first, files);
  expect(await started.statusOf()).toBe(401);
  await change(started);
  expect((await started.logged(SKIPPED))['problem']).toContain(why);
  expect(await started.problem()).toContain(why);
  expect(await started.statusOf()).toBe(401);
  expect(await started.statusOf(started.authorized)).toBe(200);
});

test.each([
  ['a named pipe', (path: string) => execFileSync('mkfifo', [path])],
  ['a directory', (path: string) => mkdir(path)],
])('an .env file that becomes %s is refused, and what changes afterwards is read', async (kind, make) => {
  const started = await start(config, { '.env': 'OTHER=1\n' });
  await replaceBy(make)(started.at('.env'));
  expect((await started.logged(SKIPPED))['problem']).toContain(`it is ${kind}, not a file`);
  await rm(started.at('.env'), { recursive: true });
  await started.logged('configuration reloaded');
  await writeFile(
    started.configPath,
    JSON.stringify({ ...config, agents: { defaults: { model: 'ollama/qwen3:8b' } } }),
  );
  await started.logged('configuration reloaded', 2);
  expect((await started.chat({}, started.authorized)).headers.get('x-openclaw-model')).toBe('ollama/qwen3:8b');
});

test('an .env file that was no file from the start does not keep changes from being read', async () => {
  const started = await start(config);
  await mkdir(started.at('.env'));
  await started.logged(SKIPPED);
  const other = await startLogged({ watch: true, config, files: { '.env/x': '' } });
  await writeFile(other.configPath, JSON.stringify({ ...config, logging: {} }));
  const { warnings } = await other.logged('configuration reloaded');
  expect(warnings).toEqual([expect.stringContaining('it is a directory, not a file')]);
});

test('no request meets an emptied configuration while a program writes it in place again and again', async () => {
  const { configPath, chat, authorized, logged, lines } = await start();
  for (let turn = 0; turn < 60; turn += 1) {
    const model = turn % 2 === 0 ? 'ollama/qwen3:8b' : 'ollama/gpt-oss:20b';
    truncateSync(configPath);
    expect((await chat({}, authorized)).status).toBe(200);
    writeFileSync(
      configPath,
      JSON.stringify({ ...config, agents: { defaults: { model } }, meta: { lastTouchedAt: turn } }),
    );
    expect((await chat({})).status).toBe(401);
  }
  writeFileSync(configPath, JSON.stringify({ ...config, agents: { defaults: { model: 'ollama/qwen3:8b' } }, ui: {} }));
  for (let reload = 1; !lines.some(({ warnings }) => String(warnings).includes('`ui`')); reload += 1) {
    await logged('configuration reloaded', reload);
  }
  expect((await chat({}, authorized)).headers.get('x-openclaw-model')).toBe('ollama/qwen3:8b');
});

test.each([
  ['gateway.auth.token', 'schlüssel', 'a character that is not printable ASCII'],
  ['gateway.auth.token', ' ', 'is blank'],
  ['gateway.auth.token', 'tok ', 'begins or ends with white space'],
  ['OPENCLAW_GATEWAY_TOKEN', 'tok\n', 'begins or ends with white space'],
  ['OPENCLAW_GATEWAY_TOKEN', ' ', 'is blank'],
  ['OPENCLAW_GATEWAY_PASSWORD', 'pass\u0000word', 'a character that is not printable ASCII'],
  ['--token', '', 'is blank'],
])('a token that no client can send is refused at the start: %s', async (from, token, why) => {
  const runtime = scriptedRuntime(undefined, { gateway: from.startsWith('gateway') ? { auth: { token } } : {} });
  const loaded = { ...runtime.loaded, env: { [from]: token } };
  const starting = startGateway({
    runtime: { ...runtime, loaded },
    port: 0,
    ...(from === '--token' && { token }),
  });
  await expect(starting).rejects.toMatchObject({ code: 'invalid-settings', message: expect.stringContaining(why) });
  await expect(starting).rejects.toMatchObject({ message: expect.stringMatching(new RegExp(`^${from}`)) });
  if (token.length > 3) await expect(starting).rejects.not.toMatchObject({ message: expect.stringContaining(token) });
});

test('a token that no client can send leaves the last good one in force at a reload', async () => {
  const started = await start();
  await write({ agents, gateway: { reload, auth: { token: 'kept ' } } })(started);
  expect((await started.logged(SKIPPED))['problem']).toContain('gateway.auth.token begins or ends with white space');
  expect(await started.statusOf(started.authorized)).toBe(200);
});
