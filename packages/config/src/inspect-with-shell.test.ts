import { spawnSync } from 'node:child_process';
import { chmodSync, createReadStream, existsSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { createTemporaryHome } from '../test/temporary-home.ts';
import { setConfigValue } from './edit-config.ts';
import { loadConfig } from './load-config.ts';
import { resolveCredential } from './resolve-credential.ts';

const file = '.openclaw/openclaw.json';

/** A home whose shell is a script; it leaves a file `ran` behind. */
function createHomeWithShell(config: object, { script = '', env = {} }: { script?: string; env?: object } = {}) {
  const home = createTemporaryHome({
    [file]: JSON.stringify(config),
    shell: `#!/bin/sh\necho "$@" > "$HOME/ran"\n${script}\nexec /bin/sh "$@"\n`,
  });
  chmodSync(home.path('shell'), 0o700);
  const location = { ...home.location, env: { ...home.location.env, SHELL: home.path('shell'), ...env } };
  return { ...home, location, hasRun: () => existsSync(home.path('ran')) };
}

const box = { baseUrl: 'http://127.0.0.1:1/v1', models: [] };
const on = { shellEnv: { enabled: true } };

describe('the login shell', () => {
  test('gives variables that are missing, and replaces none', async () => {
    const { location } = createHomeWithShell(
      { env: { ...on, vars: { MINE: 'of the section' } }, logging: { file: '/${MINE}/${SET}/${MISSING}' } },
      { script: 'export MINE=shell SET=shell MISSING=shell OTHER=shell', env: { SET: 'of the process' } },
    );
    const { config, env, warnings } = await loadConfig(location);
    expect(config.logging.file).toBe('/of the section/of the process/shell');
    expect(env).not.toHaveProperty('OTHER');
    expect(warnings).toEqual([]);
  });

  test.each([
    ['of a provider without a key', { 'my-box': box }, 'my-box', 'MY_BOX_API_KEY'],
    ['that an entry names', { 'my-box': { ...box, apiKey: 'BOX_KEY' } }, 'my-box', 'BOX_KEY'],
    ['that an entry refers to', { 'my-box': { ...box, apiKey: '${BOX_KEY}' } }, 'my-box', 'BOX_KEY'],
    ['that switches Ollama on', {}, 'ollama', 'OLLAMA_API_KEY'],
  ])('gives the key %s', async (_, providers, id, name) => {
    const { location } = createHomeWithShell({ env: on, models: { providers } }, { script: `export ${name}=k` });
    expect(resolveCredential(id, await loadConfig(location))?.value).toBe('k');
  });

  test('gives what the file names and the keys at once', async () => {
    const { location } = createHomeWithShell(
      { env: on, logging: { file: '${WHERE}' } },
      { script: 'export WHERE=here OLLAMA_API_KEY=k' },
    );
    expect(resolveCredential('ollama', await loadConfig(location))?.value).toBe('k');
  });

  test('is /bin/sh when SHELL names none, and reads the profile, whatever that prints and leaves running', async () => {
    const { location, write } = createHomeWithShell(
      { env: { shellEnv: { enabled: true, timeoutMs: 15_000 } }, logging: { file: '${WHERE}' } },
      { env: { SHELL: '' } },
    );
    write('.profile', `echo WHERE=nowhere; sleep 20 & export WHERE="here\nand there"`);
    const { config, warnings } = await loadConfig(location);
    expect({ file: config.logging.file, warnings }).toEqual({ file: 'here\nand there', warnings: [] });
  });

  test.each([
    ['it is off', {}, {}, {}],
    ['the environment says 0', on, {}, { OPENCLAW_LOAD_SHELL_ENV: '0' }],
    ['nothing is missing', on, { models: { providers: { ollama: box } } }, {}],
    ['every provider has its key', on, { models: { mode: 'replace', providers: { b: { ...box, apiKey: 'k' } } } }, {}],
    ['only an unused section lacks one', on, { models: { mode: 'replace' }, channels: { token: '${TOKEN}' } }, {}],
  ])('is not started when %s', async (_, env, config, variables) => {
    const { location, hasRun } = createHomeWithShell({ env, ...config }, { env: variables });
    await loadConfig(location);
    expect(hasRun()).toBe(false);
  });

  test('is started once when OPENCLAW_LOAD_SHELL_ENV asks for it, and does not start itself again', async () => {
    const { location, read } = createHomeWithShell(
      { logging: { file: '${WHERE}' } },
      { script: 'export WHERE="$OPENCLAW_LOAD_SHELL_ENV"', env: { OPENCLAW_LOAD_SHELL_ENV: '1' } },
    );
    expect((await loadConfig(location)).config.logging.file).toBe('0');
    expect(read('ran')).toMatch(/^-l -c /);
  });

  test('is not one that a file in the working directory names', async () => {
    const { location, hasRun, path, write } = createHomeWithShell({ env: on }, { env: { SHELL: '' } });
    write('work/.env', `SHELL=${path('shell')}\n`);
    await loadConfig(location);
    expect(hasRun()).toBe(false);
  });

  test.each([
    ['fails', 'echo secret; exit 3', 'ended with exit code 3 before it answered'],
    ['dies', 'kill -9 $$', 'ended with SIGKILL before it answered'],
    ['prints without end', 'exec yes secret', 'printed without end'],
  ])('that %s is a warning with its cause, and the rest goes on', async (_, script, cause) => {
    const { location, path } = createHomeWithShell({ env: on, models: { providers: { 'my-box': box } } }, { script });
    const { warnings, config } = await loadConfig(location);
    expect(warnings).toMatchObject([{ code: 'login-shell', path: 'env.shellEnv', file: path(file) }]);
    expect(warnings[0]!.message).toContain(cause);
    expect(warnings[0]!.message).toContain('not imported: MY_BOX_API_KEY, OLLAMA_API_KEY.');
    expect(JSON.stringify(warnings)).not.toContain('secret');
    expect(Object.keys(config.models.providers)).toEqual(['my-box']);
  });

  test('that fails is reported beside the settings that need it', async () => {
    const { location } = createHomeWithShell({ env: on, logging: { file: '${WHERE}' } }, { script: 'exit 3' });
    const { warnings } = await loadConfig(location);
    expect(warnings).toMatchObject([{ code: 'missing-variable' }, { code: 'login-shell' }]);
  });

  test('that does not exist is a warning', async () => {
    const { location } = createHomeWithShell({ env: on }, { env: { SHELL: '/nowhere/zsh' } });
    const { warnings } = await loadConfig(location);
    expect(warnings[0]!.message).toContain('cannot start the login shell /nowhere/zsh: there is no such file');
  });

  test('that hangs is killed with what it has started', async () => {
    const { location, path } = createHomeWithShell(
      { env: { shellEnv: { enabled: true, timeoutMs: 2000 } } },
      { script: 'exec 3> "$HOME/alive"; sleep 1000 & sleep 1000' },
    );
    spawnSync('/bin/sh', ['-c', 'mkfifo "$0"', path('alive')]);
    // Ends when the last process that can write to it is gone.
    const ended = readAll(createReadStream(path('alive')));
    const { warnings } = await loadConfig(location);
    expect(warnings[0]!.message).toContain('did not answer within 2000 ms (env.shellEnv.timeoutMs)');
    expect(await ended).toBe('');
  });

  test('is asked for an edit, too', async () => {
    const { location, read } = createHomeWithShell({ env: on }, { script: 'export TOKEN=t' });
    await setConfigValue('gateway.auth.token', { text: '${TOKEN}', ...location });
    expect(read(file)).toContain('"${TOKEN}"');
  });
});
