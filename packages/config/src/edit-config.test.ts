import { once } from 'node:events';
import { chmodSync, existsSync, lstatSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createTemporaryHome } from '../test/temporary-home.ts';
import { ended, startWriter } from '../test/run-writers.ts';
import { editConfig, setConfigValue, unsetConfigValue } from './edit-config.ts';
import { loadConfig, parseConfig } from './load-config.ts';

const file = '.openclaw/openclaw.json';
const text = `// mine
{
  gateway: {
    port: 5, // five
    auth: { token: '\${TOKEN}' },
  },
  models: { providers: { ollama: { apiKey: "sk-1234567890" } } },
}
`;
const withToken = { TOKEN: 't' };

describe('writing', () => {
  test('changes the value, keeps the previous version, and writes files that only the owner can read', async () => {
    const { location, read, path } = createTemporaryHome({ [file]: text }, withToken);
    const result = await setConfigValue('gateway.port', { value: 6, ...location });
    expect(read(file)).toBe(text.replace('5, //', '6, //'));
    expect(read(`${file}.bak`)).toBe(text);
    expect(statSync(path(file)).mode & 0o777).toBe(0o600);
    expect(statSync(path(`${file}.bak`)).mode & 0o777).toBe(0o600);
    expect(result).toMatchObject({
      path: path(file),
      changed: [{ file: path(file), backup: path(`${file}.bak`) }],
    });
    expect(readdirSync(path('.openclaw')).toSorted()).toEqual(['openclaw.json', 'openclaw.json.bak']);
  });

  test('makes the file and its directory when there is none', async () => {
    const { location, read, path } = createTemporaryHome();
    const result = await setConfigValue('models.providers.ollama.apiKey', { text: 'ollama-local', ...location });
    expect(read(file)).toBe(
      '{\n  models: {\n    providers: {\n      ollama: {\n        apiKey: "ollama-local",\n      },\n    },\n  },\n}\n',
    );
    expect(statSync(path('.openclaw')).mode & 0o777).toBe(0o700);
    expect(statSync(path(file)).mode & 0o777).toBe(0o600);
    expect(result.changed).toMatchObject([{ backup: undefined }]);
  });

  test('what is there already is not written again', async () => {
    const { location, path } = createTemporaryHome({ [file]: text }, withToken);
    const before = statSync(path(file)).mtimeMs;
    expect(await setConfigValue('gateway.port', { value: 5, ...location })).toMatchObject({ changed: [] });
    expect(statSync(path(file)).mtimeMs).toBe(before);
    expect(existsSync(path(`${file}.bak`))).toBe(false);
  });

  test('keeps five former versions', async () => {
    const { location, read, path } = createTemporaryHome({ [file]: '{ gateway: { port: 0 } }' });
    for (let port = 1; port <= 8; port += 1) await setConfigValue('gateway.port', { value: port, ...location });
    const versions = ['', '.bak', '.bak.1', '.bak.2', '.bak.3', '.bak.4'].map((suffix) => read(file + suffix));
    expect(versions).toEqual([8, 7, 6, 5, 4, 3].map((port) => `{ gateway: { port: ${port} } }`));
    expect(existsSync(path(`${file}.bak.5`))).toBe(false);
  });

  test('a link stays a link, and what it leads to is changed', async () => {
    const { location, path, read, write } = createTemporaryHome();
    write('dotfiles/openclaw.json', '{ gateway: { port: 1 } }');
    write('.openclaw/.keep', '');
    symlinkSync(path('dotfiles/openclaw.json'), path(file));
    await setConfigValue('gateway.port', { value: 2, ...location });
    expect(lstatSync(path(file)).isSymbolicLink()).toBe(true);
    expect(read('dotfiles/openclaw.json')).toBe('{ gateway: { port: 2 } }');
    expect(readdirSync(path('.openclaw')).toSorted()).toEqual(['.keep', 'openclaw.json']);
  });

  test('a link that leads nowhere yet stays a link, and the file is made there', async () => {
    const { location, path, read, write } = createTemporaryHome();
    write('.openclaw/.keep', '');
    symlinkSync('../dotfiles/openclaw.json', path(file));
    await setConfigValue('gateway.port', { value: 2, ...location });
    expect(lstatSync(path(file)).isSymbolicLink()).toBe(true);
    expect(read('dotfiles/openclaw.json')).toContain('port: 2');
  });

  test('several changes go together or not at all', async () => {
    const { location, read } = createTemporaryHome({ [file]: text }, withToken);
    const edits = [
      { type: 'set', path: 'gateway.bind', value: 'lan' },
      { type: 'unset', path: 'gateway.auth' },
      { type: 'set', path: 'gateway.prot', value: 1 },
    ] as const;
    await expect(editConfig(edits, location)).rejects.toMatchObject({ code: 'invalid' });
    expect(read(file)).toBe(text);
    await editConfig(edits.slice(0, 2), location);
    expect(read(file)).toBe(
      text.replace("    auth: { token: '${TOKEN}' },\n", '').replace('// five', '// five\n    bind: "lan",'),
    );
  });

  test('a value that was typed is JSON5 where the schema agrees, and a string where it does not', async () => {
    const { location } = createTemporaryHome();
    await setConfigValue('models.providers.acme.apiKey', { text: '12345', ...location });
    await setConfigValue('gateway.port', { text: '0x10', ...location });
    await setConfigValue('agents.defaults.model', { text: "{ primary: 'a/b' }", ...location });
    await setConfigValue('agents.defaults.imageModel', { text: 'ollama/llava:7b', ...location });
    expect((await loadConfig(location)).authored).toEqual({
      models: { providers: { acme: { apiKey: '12345' } } },
      gateway: { port: 16 },
      agents: { defaults: { model: { primary: 'a/b' }, imageModel: 'ollama/llava:7b' } },
    });
  });
});

describe('refusing', () => {
  test.each([
    ['gateway.port', 'many', 'invalid', '`gateway.port`: expected a number, got a string'],
    ['gatway.port', '1', 'invalid', '`gatway`: unknown key — did you mean `gateway`?'],
    ['models.providers.ollama.baseUrl', 'nowhere', 'invalid', 'expected a URL'],
    ['gateway.auth.password', '${NOT_SET}', 'invalid', 'the environment variable NOT_SET is not set'],
    ['gateway.auth.token', '***', 'bad-value', 'is a mask (***)'],
    ['gateway..port', '1', 'bad-path', 'a key is empty'],
    ['agents.$include', './x.json5', 'bad-value', 'Edit it by hand'],
  ])('%s = %s', async (path, value, code, message) => {
    const { location, read, home } = createTemporaryHome({ [file]: text }, withToken);
    await expect(setConfigValue(path, { text: value, ...location })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    expect(read(file)).toBe(text);
    expect(readdirSync(`${home}/.openclaw`)).toEqual(['openclaw.json']);
  });

  test('an existing problem does not prevent the fix of another', async () => {
    const { location, read } = createTemporaryHome({ [file]: '{ gateway: { prot: 1 }, modles: {} }' });
    await unsetConfigValue('modles', location);
    expect(read(file)).toBe('{ gateway: { prot: 1 } }');
  });

  test('a file that cannot be read as JSON5 is left alone', async () => {
    const { location, read } = createTemporaryHome({ [file]: '{ gateway: ' });
    await expect(setConfigValue('gateway.port', { value: 1, ...location })).rejects.toMatchObject({ code: 'invalid' });
    expect(read(file)).toBe('{ gateway: ');
  });

  test.each(['OPENCLAW_CONFIG_READONLY', 'OPENCLAW_NIX_MODE'])('%s=1 forbids writing', async (variable) => {
    const { location, read } = createTemporaryHome({ [file]: text }, { ...withToken, [variable]: '1' });
    await expect(setConfigValue('gateway.port', { value: 1, ...location })).rejects.toMatchObject({
      code: 'read-only',
      message: expect.stringContaining(variable),
    });
    expect(read(file)).toBe(text);
  });

  test('a file in place of the directory is reported', async () => {
    const { location, path } = createTemporaryHome({ file: '' });
    const env = { ...location.env, OPENCLAW_STATE_DIR: path('file/state') };
    await expect(setConfigValue('gateway.port', { value: 1, ...location, env })).rejects.toMatchObject({
      code: 'read-only',
      message: `Cannot write ${path('file/state')}: a parent of the path is a file.`,
    });
  });

  test.skipIf(process.getuid?.() === 0)('a directory without permission is reported as that', async () => {
    const { location, path } = createTemporaryHome({ [file]: text }, withToken);
    chmodSync(path('.openclaw'), 0o500);
    await expect(setConfigValue('gateway.port', { value: 1, ...location })).rejects.toMatchObject({
      code: 'read-only',
    });
    chmodSync(path('.openclaw'), 0o700);
  });
});

describe('a dry run', () => {
  test('shows the difference without secrets and writes nothing', async () => {
    const { location, read, home } = createTemporaryHome({ [file]: text }, withToken);
    const { changed } = await editConfig(
      [
        { type: 'set', path: 'gateway.port', value: 6 },
        { type: 'set', path: 'models.providers.ollama.apiKey', value: 'sk-another' },
      ],
      { ...location, dryRun: true },
    );
    expect(changed[0]!.diff).toEqual([
      '  // mine',
      '  {',
      '    gateway: {',
      '-     port: 5, // five',
      '+     port: 6, // five',
      "      auth: { token: '${TOKEN}' },",
      '    },',
      '-   models: { providers: { ollama: { apiKey: "***" } } },',
      '+   models: { providers: { ollama: { apiKey: "***" } } },',
      '  }',
    ]);
    expect(read(file)).toBe(text);
    expect(readdirSync(`${home}/.openclaw`)).toEqual(['openclaw.json']);
  });

  test('validates like the real thing, also where writing is forbidden', async () => {
    const { location } = createTemporaryHome({ [file]: text }, { ...withToken, OPENCLAW_CONFIG_READONLY: '1' });
    const wrong = setConfigValue('gateway.port', { value: 'x', ...location, dryRun: true });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid' });
    expect((await setConfigValue('gateway.port', { value: 7, ...location, dryRun: true })).changed).toHaveLength(1);
  });
});

describe('a configuration of several files', () => {
  const files = {
    [file]: `{
  // the gateway is described elsewhere
  gateway: { $include: './gateway.json5' },
  agents: { $include: './agents.json5', defaults: { timeoutSeconds: 7 } },
}
`,
    '.openclaw/gateway.json5': '// gateway\n{ port: 5 }\n',
    '.openclaw/agents.json5': '{ defaults: { model: "a" }, list: [{ id: "x" }] }\n',
  };

  test('changes a key in the file that owns it', async () => {
    const { location, read } = createTemporaryHome(files);
    await setConfigValue('gateway.port', { value: 6, ...location });
    await setConfigValue('agents.defaults.model', { value: 'b', ...location });
    await setConfigValue('agents.defaults.timeoutSeconds', { value: 8, ...location });
    expect(read('.openclaw/gateway.json5')).toBe('// gateway\n{ port: 6 }\n');
    expect(read('.openclaw/agents.json5')).toBe(files['.openclaw/agents.json5'].replace('"a"', '"b"'));
    expect(read(file)).toBe(files[file]!.replace('7', '8'));
  });

  test('adds a key where it has an effect', async () => {
    const { location, read } = createTemporaryHome(files);
    await setConfigValue('gateway.bind', { value: 'lan', ...location });
    await setConfigValue('agents.defaults.imageModel', { value: 'i', ...location });
    await setConfigValue('logging.level', { value: 'debug', ...location });
    expect(read('.openclaw/gateway.json5')).toBe('// gateway\n{ port: 5, bind: "lan" }\n');
    expect(read('.openclaw/agents.json5')).toBe(files['.openclaw/agents.json5']);
    expect(read(file)).toBe(
      files[file]!.replace('timeoutSeconds: 7', "timeoutSeconds: 7, imageModel: 'i'").replace(
        /\}\n$/,
        "  logging: {\n    level: 'debug',\n  },\n}\n",
      ),
    );
  });

  test('takes a key away wherever it stands', async () => {
    const { location, read } = createTemporaryHome({
      ...files,
      '.openclaw/agents.json5': '{ defaults: { timeoutSeconds: 1, model: "a" } }',
    });
    await unsetConfigValue('agents.defaults.timeoutSeconds', location);
    expect(read('.openclaw/agents.json5')).toBe('{ defaults: { model: "a" } }');
    expect((await loadConfig(location)).authored).toMatchObject({ agents: { defaults: { model: 'a' } } });
  });

  test('what one file alone cannot say is left to people', async () => {
    const { location, read } = createTemporaryHome({
      [file]: '{ agents: { $include: "./agents.json5", list: [{ id: "y" }] } }',
      '.openclaw/agents.json5': files['.openclaw/agents.json5'],
    });
    const inTheMiddle = [{ id: 'x' }, { id: 'new' }, { id: 'y' }];
    await expect(setConfigValue('agents.list', { value: inTheMiddle, ...location })).rejects.toMatchObject({
      code: 'ambiguous-owner',
    });
    await unsetConfigValue('agents.list[0]', location);
    expect(read('.openclaw/agents.json5')).toBe('{ defaults: { model: "a" }, list: [] }\n');
  });
});

describe('several processes', () => {
  test('that write at once lose nothing', { timeout: 120_000 }, async () => {
    const { home, read, path } = createTemporaryHome({ [file]: '// ours\n{\n}\n' });
    const names = ['one', 'two', 'three', 'four', 'five'];
    const writers = names.map((name) => startWriter({ home, name, count: 6 }));
    expect(await Promise.all(writers.map(ended))).toEqual(names.map(() => ({ code: 0, signal: null })));
    const { models } = parseConfig(read(file)).config.agents.defaults;
    expect(models).toEqual(Object.fromEntries(names.map((name) => [`${name}/model`, { params: { turn: 6 } }])));
    expect(read(file).startsWith('// ours\n')).toBe(true);
    expect(readdirSync(path('.openclaw')).filter((name) => !name.includes('.bak'))).toEqual(['openclaw.json']);
  });

  test(
    'that are killed leave the old or the new file, complete, and do not block others',
    { timeout: 120_000 },
    async () => {
      const { home, read, path, location } = createTemporaryHome({ [file]: '{}' });
      let last = 0;
      for (let run = 0; run < 8; run += 1) {
        const writer = startWriter({ home, name: 'w', count: 100_000 });
        const disconnected = once(writer, 'disconnect');
        let turn = 0;
        writer.on('message', (message) => {
          turn = Number(message);
          // Killed at another moment of a set each time.
          if (turn === 10) setTimeout(() => writer.kill('SIGKILL'), run);
        });
        // Every message is read before the channel closes.
        await disconnected;
        await ended(writer);
        const found = parseConfig(read(file)).config.agents.defaults.models['w/model']?.params?.['turn'];
        expect([turn, turn + 1]).toContain(found);
        last = Number(found);
      }
      await setConfigValue('gateway.port', { value: 1, ...location });
      expect(parseConfig(read(file)).config).toMatchObject({
        gateway: { port: 1 },
        agents: { defaults: { models: { 'w/model': { params: { turn: last } } } } },
      });
      expect(readdirSync(path('.openclaw')).filter((name) => !name.includes('.bak'))).toEqual(['openclaw.json']);
    },
  );
});
