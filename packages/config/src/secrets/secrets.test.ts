import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTemporaryHome } from '../../test/temporary-home.ts';
import { loadConfig, parseConfig } from '../load-config.ts';

const CONFIG = '.openclaw/openclaw.json';
const SECRET = 'sk-very-secret-value';

interface Case {
  readonly files?: Record<string, string>;
  /** Modes of files. @default 0o600 */
  readonly modes?: Record<string, number>;
  /** A function of the home directory. */
  readonly providers: (home: string) => object;
  readonly reference: object;
  readonly env?: Record<string, string>;
}

/** Loads a configuration whose provider `box` has a reference as its key. */
async function load({ files = {}, modes = {}, providers, reference, env = {} }: Case) {
  const home = createTemporaryHome(files);
  for (const name of Object.keys(files)) chmodSync(home.path(name), modes[name] ?? 0o600);
  const config = {
    secrets: { providers: providers(home.home) },
    models: {
      providers: {
        box: { baseUrl: 'http://h:1/v1', apiKey: reference, models: [{ id: 'm' }] },
        other: { baseUrl: 'http://h:2/v1', models: [{ id: 'm' }] },
      },
    },
  };
  home.write(CONFIG, JSON.stringify(config));
  const loaded = await loadConfig({ ...home.location, env: { ...home.location.env, ...env } });
  const { providers: used } = loaded.config.models;
  return { ...home, key: used['box']?.apiKey, others: Object.keys(used), loaded };
}

/** Why `box` is disabled. Everything else must still work, and no secret may be shown. */
async function problemOf(input: Case): Promise<string> {
  const { loaded, others } = await load(input);
  expect(others).toEqual(['other']);
  expect(JSON.stringify(loaded.disabledProviders)).not.toContain(SECRET);
  expect(loaded.disabledProviders).toMatchObject([
    {
      id: 'box',
      reason: 'missing-variable',
      issues: [{ code: 'unresolved-secret', path: 'models.providers.box.apiKey' }],
    },
  ]);
  return loaded.disabledProviders[0]?.issues[0]?.message ?? '';
}

test("the original's own store is not supported, which the problem says", async () => {
  const reference = { source: 'store', provider: 'default', id: 'OPENAI_API_KEY' };
  expect(await problemOf({ providers: () => ({}), reference })).toBe(
    'the secret "OPENAI_API_KEY" of secrets.providers.default (store) cannot be read: the store of the original OpenClaw is not supported. Use an environment variable, a file or a program',
  );
});

describe('a file', () => {
  const files = { 'keys.json': JSON.stringify({ 'a/b': { '~k': SECRET, list: ['x', SECRET], number: 7 } }) };
  const providers = () => ({ keys: { source: 'file', path: '~/keys.json' } });
  const at = (id: string) => ({ source: 'file', provider: 'keys', id });

  test.each(['/a~1b/~0k', '/a~1b/list/1'])('is JSON with a secret at %s', async (id) => {
    expect((await load({ files, providers, reference: at(id) })).key).toBe(SECRET);
  });

  test.each(['\n', '\r\n', ''])('is a single value with the end %j', async (end) => {
    const single = (home: string) => ({ keys: { source: 'file', path: `${home}/key`, mode: 'singleValue' } });
    const { key, loaded } = await load({ files: { key: SECRET + end }, providers: single, reference: at('value') });
    expect(key).toBe(SECRET);
    expect(loaded.warnings).toEqual([]);
  });

  test('is that of the default provider', async () => {
    const only = () => ({ default: { source: 'file', path: '~/keys.json' } });
    expect((await load({ files, providers: only, reference: { source: 'file', id: '/a~1b/~0k' } })).key).toBe(SECRET);
  });

  test.each([
    ['/nothing', 'nothing at /nothing'],
    ['/a~1b/number', 'no text at'],
    ['/a~1b/toString', 'nothing at'],
    ['value', 'must be a JSON pointer'],
  ])('has nothing to use at %s', async (id, why) => {
    expect(await problemOf({ files, providers, reference: at(id) })).toContain(why);
  });

  test.each([
    ['absent', { files: {} }, 'no such file'],
    ['readable by others', { modes: { 'keys.json': 0o644 } }, 'chmod 600'],
    ['not JSON', { files: { 'keys.json': `{ "a": ${SECRET} }` } }, 'is not JSON'],
    [
      'too large',
      { providers: () => ({ keys: { source: 'file', path: '~/keys.json', maxBytes: 5 } }) },
      'larger than 5',
    ],
    ['a directory', { providers: () => ({ keys: { source: 'file', path: '~/work' } }) }, 'not a regular file'],
    [
      'at a relative path',
      { providers: () => ({ keys: { source: 'file', path: 'keys.json' } }) },
      'not an absolute path',
    ],
    ['of another provider', { providers: () => ({}) }, 'there is no secrets.providers.keys'],
    ['a program', { providers: () => ({ keys: { source: 'exec', command: '/bin/false' } }) }, 'source exec, not file'],
  ])('that is %s disables its provider alone', async (_, changes, why) => {
    expect(await problemOf({ files, providers, reference: at('/a~1b/~0k'), ...changes })).toContain(why);
  });

  test('may be readable by others if the configuration says so', async () => {
    const open = () => ({ keys: { source: 'file', path: '~/keys.json', allowInsecurePath: true } });
    const modes = { 'keys.json': 0o644 };
    expect((await load({ files, modes, providers: open, reference: at('/a~1b/~0k') })).key).toBe(SECRET);
  });
});

describe.skipIf(process.platform === 'win32')('a program', () => {
  const reference = { source: 'exec', provider: 'vault', id: 'providers/box#key' };
  const script = (text: string) => ({ 'bin/vault': `#!/bin/sh\n${text}\n` });
  const modes = { 'bin/vault': 0o700 };
  const program = (options: object) => (home: string) => ({
    vault: { source: 'exec', command: `${home}/bin/vault`, ...options },
  });
  const answer = (body: object) =>
    `cat > /dev/null; cat <<'END'\n${JSON.stringify({ protocolVersion: 1, ...body })}\nEND`;
  const values = { [reference.id]: SECRET };

  test('gets the ids on its input, its arguments, and only the named variables', async () => {
    const files = script(
      `cat > "$0.input"; printf '%s %s %s' "$1" "$PASSED" "$HIDDEN$FIXED" > "$0.saw"; ${answer({ values })}`,
    );
    const { key, path } = await load({
      files,
      modes,
      providers: program({ args: ['$(touch x); *'], passEnv: ['PATH', 'PASSED', 'UNSET'], env: { FIXED: 'fixed' } }),
      reference,
      env: { PASSED: 'passed', HIDDEN: 'hidden', PATH: '/usr/bin:/bin' },
    });
    expect(key).toBe(SECRET);
    expect(JSON.parse(readFileSync(path('bin/vault.input'), 'utf8'))).toEqual({
      protocolVersion: 1,
      provider: 'vault',
      ids: [reference.id],
    });
    expect(readFileSync(path('bin/vault.saw'), 'utf8')).toBe('$(touch x); * passed fixed');
  });

  test.each([
    ['plain output', `printf '${SECRET}\\n'`, { jsonOnly: false }],
    ['output that leaves its input unread', `exec printf '${JSON.stringify({ values })}'`, {}],
  ])('may give %s', async (_, text, options) => {
    expect((await load({ files: script(text), modes, providers: program(options), reference })).key).toBe(SECRET);
  });

  test.each([
    ['fails', 'exit 3', {}, 'exit code 3'],
    ['prints no JSON', `echo ${SECRET}`, {}, 'did not print JSON'],
    ['prints too much', `echo ${SECRET}`, { maxOutputBytes: 4 }, 'more than 4 bytes'],
    ['does not end', 'exec tail -f /dev/null', { timeoutMs: 50 }, 'within 50 ms'],
    ['is silent', 'exec tail -f /dev/null', { timeoutMs: 60_000, noOutputTimeoutMs: 50 }, 'nothing for 50 ms'],
    ['has no value', answer({ values: {} }), {}, 'no value for this `id`'],
    ['says why', answer({ errors: { [reference.id]: { message: 'the vault is sealed' } } }), {}, 'the vault is sealed'],
    ['has an empty value', answer({ values: { [reference.id]: '' } }), {}, 'no value'],
    ['is elsewhere', answer({ values }), { trustedDirs: ['/opt/vault'] }, 'in none of the trustedDirs'],
    ['is named by a relative path', answer({ values }), { command: 'vault' }, 'not an absolute path'],
    ['is absent', answer({ values }), { command: '/nowhere/vault' }, 'no such file'],
    ['is not named', answer({ values }), { command: '' }, 'has no `command`'],
  ])('that %s disables its provider alone', async (_, text, options, why) => {
    expect(await problemOf({ files: script(text), modes, providers: program(options), reference })).toContain(why);
  });

  test('that others can change is not started', async () => {
    const input = { files: script(`touch "$0.ran"; ${answer({ values })}`), modes: { 'bin/vault': 0o722 } };
    expect(await problemOf({ ...input, providers: program({}), reference })).toMatch(
      /other users can access .*chmod 700/,
    );
  });

  test('may be a symbolic link if the configuration says so', async () => {
    const { path } = createTemporaryHome(script(answer({ values })));
    chmodSync(path('bin/vault'), 0o700);
    symlinkSync(path('bin/vault'), path('bin/link'));
    const linked = (options: object) => program({ command: path('bin/link'), ...options });
    expect(await problemOf({ providers: linked({}), reference })).toContain('is a symbolic link');
    const trusted = { allowSymlinkCommand: true, trustedDirs: [dirname(path('bin/vault'))] };
    expect((await load({ providers: linked(trusted), reference })).key).toBe(SECRET);
  });

  test.each(['a/../b', '../x', ' ', 'a b'])('is not asked for %j', async (id) => {
    const input = { files: script(answer({ values })), modes, providers: program({}), reference: { ...reference, id } };
    expect(await problemOf(input)).toContain('letters, digits');
  });

  test('is started once for all ids, and not for what this product does not use', async () => {
    const home = createTemporaryHome(
      script(
        `cat > /dev/null; echo run >> "$0.runs"; echo '${JSON.stringify({ values: { one: 'first', two: 'second' } })}'`,
      ),
    );
    chmodSync(home.path('bin/vault'), 0o700);
    const entry = (id: string) => ({ baseUrl: 'http://h:1/v1', apiKey: { ...reference, id }, models: [{ id: 'm' }] });
    const config = {
      secrets: { providers: program({})(home.home) },
      models: {
        providers: { a: entry('one'), b: { ...entry('two'), headers: { 'X-Key': { ...reference, id: 'one' } } } },
      },
      channels: { chat: { token: { ...reference, id: 'three' } } },
      env: { vars: { X: 'y' } },
    };
    home.write(CONFIG, JSON.stringify(config));
    const { providers } = (await loadConfig(home.location)).config.models;
    expect(providers).toMatchObject({ a: { apiKey: 'first' }, b: { apiKey: 'second', headers: { 'X-Key': 'first' } } });
    expect(readFileSync(home.path('bin/vault.runs'), 'utf8')).toBe('run\n');
  });

  test('is not started without need', async () => {
    const { path, location, write, home } = createTemporaryHome(script('touch "$0.ran"'));
    chmodSync(path('bin/vault'), 0o700);
    const models = { providers: { box: { baseUrl: 'http://h:1/v1', apiKey: reference, models: [{ id: 'm' }] } } };
    write(CONFIG, JSON.stringify({ secrets: { providers: program({})(home) }, models }));
    const { disabledProviders } = await loadConfig({ ...location, readSecrets: false });
    expect(disabledProviders).toMatchObject([{ id: 'box' }]);
    expect(parseConfig(JSON.stringify({ models })).disabledProviders).toMatchObject([{ id: 'box' }]);
    expect(existsSync(path('bin/vault.ran'))).toBe(false);
  });
});
