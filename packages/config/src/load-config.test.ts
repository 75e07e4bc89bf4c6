import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import JSON5 from 'json5';
import { describe, expect, test } from 'vitest';
import { createTemporaryHome } from '../test/temporary-home.ts';
import { ConfigError, formatConfigIssue } from './config-error.ts';
import { loadConfig, parseConfig } from './load-config.ts';

const file = '.openclaw/openclaw.json';

async function failureOf(promise: Promise<unknown>): Promise<ConfigError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ConfigError) return error;
  throw new Error(`expected a ConfigError, got ${String(error)}`);
}

function issuesOf(text: string) {
  try {
    parseConfig(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
  return [];
}

describe("the examples of OpenClaw's page on Ollama", () => {
  const examples = join(import.meta.dirname, '../test/fixtures/ollama-page');

  test.each(readdirSync(examples))('%s loads as written', async (name) => {
    const text = readFileSync(join(examples, name), 'utf8');
    const { location } = createTemporaryHome({ [file]: text });
    const loaded = await loadConfig(location);
    expect(loaded.authored).toEqual(JSON5.parse(text.replace('8192 * 10', '81920')));
    expect(loaded).toMatchObject({ exists: true, warnings: [], disabledProviders: [] });
  });
});

describe('which file', () => {
  test('without a file the defaults are in force, and nothing is created', async () => {
    const { location, path, home } = createTemporaryHome();
    const loaded = await loadConfig(location);
    expect(loaded).toMatchObject({ exists: false, path: path(file), stateDir: path('.openclaw'), files: [path(file)] });
    expect(loaded.config.gateway).toMatchObject({ port: 18_789, bind: 'loopback' });
    expect(loaded.authored).toEqual({});
    expect(readdirSync(home)).toEqual(['work']);
  });

  test.each(['', '// nothing yet\n', '{}'])('%j is a configuration with nothing in it', async (text) => {
    const { location } = createTemporaryHome({ [file]: text });
    expect(await loadConfig(location)).toMatchObject({ exists: true, authored: {} });
  });

  test('a directory in its place is not taken for an absent file', async () => {
    const { location, path } = createTemporaryHome();
    mkdirSync(path(file), { recursive: true });
    expect(await failureOf(loadConfig(location))).toMatchObject({
      code: 'unreadable',
      message: `Cannot read ${path(file)}: it is a directory, not a file.`,
    });
  });

  test('a file that is named, and does not exist, is an error where a file is wanted', async () => {
    const { location } = createTemporaryHome({}, { OPENCLAW_CONFIG_PATH: '/nowhere/openclaw.json' });
    expect(await loadConfig(location)).toMatchObject({ exists: false });
    expect(await failureOf(loadConfig({ ...location, mustExist: true }))).toMatchObject({
      code: 'unreadable',
      message: expect.stringContaining('OPENCLAW_CONFIG_PATH names /nowhere/openclaw.json'),
    });
    const { location: unnamed } = createTemporaryHome();
    expect(await loadConfig({ ...unnamed, mustExist: true })).toMatchObject({ exists: false });
  });

  test('the dev profile has a file and a port of its own', async () => {
    const { location, path } = createTemporaryHome({ '.openclaw-dev/openclaw.json': '{}' });
    const loaded = await loadConfig({ ...location, profile: 'dev' });
    expect(loaded).toMatchObject({ path: path('.openclaw-dev/openclaw.json'), config: { gateway: { port: 19_001 } } });
  });

  test('the dev profile keeps a port that is written', async () => {
    const { location } = createTemporaryHome({ '.openclaw-dev/openclaw.json': '{ gateway: { port: 5 } }' });
    expect((await loadConfig({ ...location, profile: 'dev' })).config.gateway.port).toBe(5);
  });
});

describe('problems', () => {
  test('are all told, each with its place, its line and what was probably meant', () => {
    const text = `{
  agents: {
    defaults: { modle: 'x', imageModel: { primry: 'y' } },
  },
  gateway: { port: 99999, bind: 'loopbak' },
  modles: {},
  logging: { level: 5, file: null },
}`;
    expect(
      issuesOf(text).map(({ path, line, column, message, suggestion }) => [path, line, column, message, suggestion]),
    ).toEqual([
      ['agents.defaults.modle', 3, 17, 'unknown key', 'model'],
      ['agents.defaults.imageModel.primry', 3, 43, 'unknown key', 'primary'],
      ['gateway.port', 5, 20, 'must be at most 65535, got 99999', undefined],
      ['gateway.bind', 5, 33, 'expected "loopback", "lan", "auto", "custom", "tailnet", got "loopbak"', 'loopback'],
      ['modles', 6, 3, 'unknown key', 'models'],
      [
        'logging.level',
        7,
        21,
        'expected "silent", "fatal", "error", "warn", "info", "debug", "trace", got a number',
        undefined,
      ],
      ['logging.file', 7, 30, 'expected a string, got null', undefined],
    ]);
  });

  test('read like this', () => {
    const [issue] = issuesOf('{\n  agents: { defaults: { modle: "x" } },\n}');
    expect(formatConfigIssue(issue!)).toBe(
      [
        'openclaw.json:2:25: `agents.defaults.modle`: unknown key — did you mean `model`?',
        ' 2 |   agents: { defaults: { modle: "x" } },',
        '                             ^',
      ].join('\n'),
    );
  });

  test.each([
    ['{ agents: { defaults: { model: 5 } } }', 'agents.defaults.model', 'expected a string or an object, got a number'],
    ['{ agents: { list: [{ name: "x" }] } }', 'agents.list[0].id', 'required, but missing'],
    ['{ agents: { defaults: { model: { primary: "" } } } }', 'agents.defaults.model.primary', 'must not be empty'],
    ['{ gateway: { port: 1.5 } }', 'gateway.port', 'expected a whole number, got 1.5'],
    ['{ gateway: { shutdownTimeoutMs: -1 } }', 'gateway.shutdownTimeoutMs', 'must be at least 0, got -1'],
    ['{ gateway: { port: NaN } }', 'gateway.port', 'expected a number, got NaN'],
    ['{ models: { providers: [] } }', 'models.providers', 'expected an object, got a list'],
    ['{ agents: { defaults: { model: [] } } }', 'agents.defaults.model', 'expected an object, got a list'],
    ['{ gateway: [] }', 'gateway', 'expected an object, got a list'],
    ['[]', '', 'expected an object, got a list'],
    ['{ gateway: { cors: { origins: "x" } } }', 'gateway.cors.origins', 'expected a list, got a string'],
    [
      '{ gateway: { cors: { origins: ["localhost:3000"] } } }',
      'gateway.cors.origins[0]',
      'expected an origin such as "http://localhost:3000" or "http://localhost:*": scheme, host and port, with at most one `*`',
    ],
    [
      '{ gateway: { trustedProxies: ["10.0.0.0/33"] } }',
      'gateway.trustedProxies[0]',
      'expected an IP address or a network such as "10.0.0.0/8"',
    ],
    ['{ logging: { prompts: "yes" } }', 'logging.prompts', 'expected true or false, got a string'],
  ])('%s', (text, path, message) => {
    expect(issuesOf(text)).toMatchObject([{ path, message }]);
  });

  test('of a secret do not show it', () => {
    const text = '{ gateway: { auth: { token: "t0p-secret", mode: "x" } }, env: { ANY: "hidden", N: 5 } }';
    const shown = JSON.stringify(issuesOf(text));
    expect(shown).not.toContain('t0p-secret');
    expect(shown).not.toContain('hidden');
  });

  test('a text that is no JSON5 is never taken for the defaults', async () => {
    const { location, path } = createTemporaryHome({ [file]: '{\n  gateway: { port: 1 }\n  agents: {}\n}' });
    const error = await failureOf(loadConfig(location));
    expect(error.issues).toMatchObject([{ code: 'syntax', line: 3, column: 3, file: path(file) }]);
    expect(error.message).toContain('expected `,` or `}`, found `agents`');
  });

  test.each(['{ gateway: ', '\0\0\0\0'])('a broken file names its backup: %j', async (text) => {
    const { location, path } = createTemporaryHome({ [file]: text, [`${file}.bak`]: '{}' });
    const error = await failureOf(loadConfig(location));
    expect(error.message).toContain(`Its backup is ${path(`${file}.bak`)}`);
  });

  test('a key that is written twice is a warning', () => {
    expect(parseConfig('{ gateway: { port: 1, port: 2 } }')).toMatchObject({
      config: { gateway: { port: 2 } },
      warnings: [{ code: 'duplicate-key', path: 'gateway.port', column: 14 }],
    });
  });

  test('sections of the original that are not served here stay untouched, with a warning each', () => {
    const text = `{
      channels: { telegram: { botToken: '\${NOT_SET}' } }, hooks: { any: 1 },
      agents: { defaults: { workspace: '~/w', memorySearch: { x: '\${NOT_SET}' } } },
    }`;
    const { warnings, authored } = parseConfig(text);
    expect(warnings.map(({ path, message }) => [path, message])).toEqual([
      ['channels', 'not used by this product'],
      ['hooks', 'not used by this product'],
      ['agents.defaults.workspace', 'not used by this product'],
      ['agents.defaults.memorySearch', 'not used by this product'],
    ]);
    expect(authored['channels']).toEqual({ telegram: { botToken: '${NOT_SET}' } });
  });

  test('keys that are called like parts of Object are keys like any other', () => {
    const { warnings } = parseConfig('{ __proto__: { gateway: {} }, constructor: 1, toString: 2 }');
    expect(warnings.map(({ path }) => path)).toEqual(['__proto__', 'constructor', 'toString']);
  });

  test.each([
    ['{ somethingNew: { x: 1 } }', 'somethingNew'],
    ['{ agents: { somethingNew: 1 } }', 'agents.somethingNew'],
    ['{ agents: { defaults: { somethingNew: true } } }', 'agents.defaults.somethingNew'],
    ['{ agents: { list: [{ id: "a", somethingNew: 1 }] } }', 'agents.list[0].somethingNew'],
    [
      '{ agents: { defaults: { models: { "a/b": { somethingNew: 1 } } } } }',
      'agents.defaults.models["a/b"].somethingNew',
    ],
    ['{ gateway: { somethingNew: 1 } }', 'gateway.somethingNew'],
    ['{ models: { providers: { p: { somethingNew: 1 } } } }', 'models.providers.p.somethingNew'],
    [
      '{ models: { providers: { p: { models: [{ id: "a", somethingNew: 1 }] } } } }',
      'models.providers.p.models[0].somethingNew',
    ],
  ])('a key of another release of the original is kept, with a warning: %s', (text, path) => {
    const { warnings, authored, disabledProviders } = parseConfig(text);
    expect(warnings).toMatchObject([
      { code: 'unknown-key', path, message: 'not known here; it is kept, and not used' },
    ]);
    expect(JSON.stringify(authored)).toContain('somethingNew');
    expect(disabledProviders).toEqual([]);
  });

  test.each([
    ['{ agents: { defaults: { repairs: 1, retry: { somethingNew: 1 } } } }', 'agents.defaults.retry.somethingNew'],
    ['{ gateway: { limits: { somethingNew: 1 } } }', 'gateway.limits.somethingNew'],
  ])('an unknown key in a section of this product is an error: %s', (text, path) => {
    expect(issuesOf(text)).toMatchObject([{ code: 'unknown-key', path }]);
  });

  test('an excerpt shows no secret, whatever the finding is', () => {
    const text =
      '{ gateway: { auth: { token: "t0p-secret" } }, models: { providers: { ollama: { apiKey: "${GONE}" } } }, env: { A: "${GONE}" }, logging: { file: "${GONE}" } }';
    const { warnings } = parseConfig(text);
    expect(warnings).toHaveLength(3);
    expect(JSON.stringify(warnings)).not.toContain('t0p-secret');
  });
});

describe('a provider', () => {
  const good = 'good: { baseUrl: "http://good:1/v1", models: [{ id: "a" }] }';

  test('that is wrong disables itself and nothing else', () => {
    const { config, disabledProviders } = parseConfig(
      `{ models: { providers: { ${good}, bad: { baseUrl: "nowhere", models: [{ idd: "x" }] } } } }`,
    );
    expect(Object.keys(config.models.providers)).toEqual(['good']);
    expect(disabledProviders).toMatchObject([
      {
        id: 'bad',
        reason: 'invalid',
        issues: [
          { path: 'models.providers.bad.baseUrl', message: 'expected a URL such as "http://127.0.0.1:11434/v1"' },
          { path: 'models.providers.bad.models[0].id', message: 'required, but missing' },
          { path: 'models.providers.bad.models[0].idd', message: 'unknown key', suggestion: 'id' },
        ],
      },
    ]);
  });

  test.each([
    [
      '{ baseUrl: "http://gpu:8080", api: "ollama", models: [] }',
      { baseUrl: 'http://gpu:8080', api: 'ollama', discover: true, models: [] },
    ],
    ['{ baseUrl: "http://gpu:8080/", api: "ollama" }', { baseUrl: 'http://gpu:8080/', api: 'ollama', discover: true }],
    [
      '{ baseUrl: "http://gpu/v1", api: "ollama", models: [{ id: "a" }] }',
      { baseUrl: 'http://gpu/v1', api: 'ollama', discover: false, models: [{ id: 'a' }] },
    ],
    ['{ baseUrl: "http://gpu", api: "openai-completions" }', { baseUrl: 'http://gpu', api: 'openai-completions' }],
    ['{ baseURL: "http://gpu", api: "openai-responses" }', { baseUrl: 'http://gpu', api: 'openai-completions' }],
  ])('as later releases write it is taken for what it means: %s', (entry, expected) => {
    const { config, disabledProviders } = parseConfig(`{ models: { providers: { gpu: ${entry} } } }`);
    expect(disabledProviders).toEqual([]);
    expect(config.models.providers['gpu']).toEqual(expected);
  });

  test('of Ollama stays without its key when the variable of the key is missing: it needs none', () => {
    const text = '{ models: { providers: { ollama: { baseUrl: "http://gpu:11434", apiKey: "${OLLAMA_KEY}" } } } }';

    const { config, warnings, disabledProviders } = parseConfig(text);

    expect(disabledProviders).toEqual([]);
    expect(config.models.providers['ollama']).toEqual({ baseUrl: 'http://gpu:11434' });
    expect(warnings).toMatchObject([
      {
        path: 'models.providers.ollama.apiKey',
        message: 'the environment variable OLLAMA_KEY is not set; Ollama needs no key and is used without one',
      },
    ]);
  });

  test('says of all its models what they do not say themselves', () => {
    const { config } = parseConfig(`{ models: { providers: { gpu: {
      baseUrl: 'http://gpu/v1', contextWindow: 9000, contextTokens: 8000, maxTokens: 70, params: { seed: 1, top_p: 0.5 },
      models: [{ id: 'a' }, { id: 'b', contextWindow: 5000, contextTokens: 6000, maxTokens: 5, params: { seed: 2 } }],
    } } } }`);
    expect(config.models.providers['gpu']?.models).toEqual([
      { id: 'a', contextWindow: 8000, maxTokens: 70, params: { seed: 1, top_p: 0.5 } },
      { id: 'b', contextWindow: 5000, maxTokens: 5, params: { seed: 2, top_p: 0.5 } },
    ]);
  });

  test.each([
    [
      'ollama',
      'apiKey: "OLLAMA_API_KEY"',
      'the environment variable OLLAMA_API_KEY is not set; Ollama needs no key and is used without one',
    ],
    ['acme', 'apiKey: "LM_KEY"', 'the environment variable LM_KEY is not set, so no key is sent'],
    ['acme', 'apiKey: "$LM_KEY"', '`$LM_KEY` is used as it is; for the environment variable write `${LM_KEY}`'],
    ['acme', 'api: "openai-responses"', 'this server is asked over chat completions (`openai-completions`)'],
  ])('gets a warning for what may not be meant: %s { %s }', (id, setting, message) => {
    const { warnings, disabledProviders } = parseConfig(
      `{ models: { providers: { ${id}: { baseUrl: "http://gpu/v1", ${setting} } } } }`,
      { env: { OTHER_KEY: 'k' } },
    );
    expect(warnings.map((warning) => warning.message)).toEqual([message]);
    expect(disabledProviders).toEqual([]);
  });

  test('whose variable is missing disables itself and nothing else', () => {
    const text = `{ models: { providers: { ${good}, acme: { baseUrl: "https://acme/v1", apiKey: "\${ACME_KEY}" } } } }`;
    expect(parseConfig(text)).toMatchObject({
      config: { models: { providers: { good: {} } } },
      disabledProviders: [
        {
          id: 'acme',
          reason: 'missing-variable',
          issues: [{ path: 'models.providers.acme.apiKey', message: 'the environment variable ACME_KEY is not set' }],
        },
      ],
    });
    expect(parseConfig(text, { env: { ACME_KEY: 'k' } })).toMatchObject({
      config: { models: { providers: { acme: { apiKey: 'k' } } } },
      disabledProviders: [],
    });
  });
});

describe('variables', () => {
  test('are substituted in any string, whole or in part, and can be escaped', () => {
    const text = '{ logging: { file: "${DIR}/a-${NAME}.log", redactPatterns: ["$${DIR}", "${lower}", "$DIR"] } }';
    const { config, authored } = parseConfig(text, { env: { DIR: '/d', NAME: 'n' } });
    expect(config.logging).toMatchObject({ file: '/d/a-n.log', redactPatterns: ['${DIR}', '${lower}', '$DIR'] });
    expect(authored['logging']).toMatchObject({ file: '${DIR}/a-${NAME}.log' });
  });

  test('that are missing elsewhere than in a provider leave their setting out, with a warning and a place', () => {
    const text =
      '{ gateway: {\n auth: { token: "${TOKEN}" } }, agents: { defaults: { model: { primary: "a/b", fallbacks: ["${ONE}", "c/d", "e/${TWO}"] } } } }';
    const { config, warnings } = parseConfig(text);
    expect(config.gateway.auth).not.toHaveProperty('token');
    expect(config.agents.defaults.model).toEqual({ primary: 'a/b', fallbacks: ['c/d'] });
    expect(warnings).toMatchObject([
      { code: 'missing-variable', path: 'gateway.auth.token', line: 2, column: 17 },
      { code: 'missing-variable', path: 'agents.defaults.model.fallbacks[0]' },
      { code: 'missing-variable', path: 'agents.defaults.model.fallbacks[2]' },
    ]);
  });

  test('that are missing where a value is required are an error', () => {
    expect(issuesOf('{ agents: { list: [{ id: "${AGENT}" }] } }')).toMatchObject([{ path: 'agents.list[0].id' }]);
  });

  test('may be written as a reference, the way of later releases', () => {
    const text =
      '{ models: { providers: { acme: { apiKey: { source: "env", provider: "default", id: "ACME_KEY" } } } } }';
    expect(parseConfig(text, { env: { ACME_KEY: 'k' } }).config.models.providers['acme']).toEqual({ apiKey: 'k' });
    expect(parseConfig(text).disabledProviders).toMatchObject([{ id: 'acme', reason: 'missing-variable' }]);
  });

  test('a value put in is never read again as a variable', () => {
    const { config } = parseConfig('{ logging: { file: "${A}" } }', { env: { A: '${B}', B: 'x' } });
    expect(config.logging.file).toBe('${B}');
  });

  test('come from the process, then ./.env, then the state directory, then the file', async () => {
    const { location } = createTemporaryHome(
      {
        [file]:
          '{ env: { vars: { A: "file", B: "file", C: "file", D: "file" }, E: "flat" }, logging: { file: "${D}" } }',
        '.openclaw/.env': 'A=state\nB=state\nC=state\n',
        'work/.env': 'A=here\nB="he re"\n',
      },
      { A: 'process' },
    );
    const { env, config } = await loadConfig(location);
    expect(env).toMatchObject({ A: 'process', B: 'he re', C: 'state', D: 'file', E: 'flat' });
    expect(config.logging.file).toBe('file');
  });

  test('a byte order mark is not part of the first name', async () => {
    const { location } = createTemporaryHome({ '.openclaw/.env': '\uFEFFA=1\nB=2\n' });
    expect((await loadConfig(location)).env).toMatchObject({ A: '1', B: '2' });
  });

  test('./.env cannot redirect requests or hand out keys', async () => {
    const { location, path } = createTemporaryHome({
      'work/.env':
        'OLLAMA_HOST=evil\nOPENAI_BASE_URL=evil\nOPENCLAW_STATE_DIR=evil\nOLLAMA_API_KEY=evil\nHTTPS_PROXY=evil\nFINE=1\n',
      '.openclaw/.env': 'OLLAMA_API_KEY=own\n',
    });
    const { env, warnings } = await loadConfig(location);
    expect(env).toEqual({ HOME: path('').replace(/\/$/, ''), FINE: '1', OLLAMA_API_KEY: 'own' });
    expect(warnings).toMatchObject([{ code: 'ignored-variable', file: path('work/.env') }]);
  });

  test('a variable of the file that needs a missing one is not set, and who needs it says so', () => {
    const text = '{ env: { KEY: "${GONE}" }, models: { providers: { acme: { apiKey: "${KEY}" } } } }';
    expect(parseConfig(text)).toMatchObject({
      warnings: [{ path: 'env.KEY', message: 'the environment variable GONE is not set' }],
      disabledProviders: [{ id: 'acme', issues: [{ message: 'the environment variable KEY is not set' }] }],
    });
  });
});

describe('includes', () => {
  test('are replaced by what they hold; later files win, neighbours win over all, lists are joined', async () => {
    const { location, path } = createTemporaryHome({
      [file]: `{
        gateway: { $include: './gateway.json5' },
        agents: { $include: ['./parts/a.json5', './parts/b.json5'], defaults: { timeoutSeconds: 7 } },
      }`,
      '.openclaw/gateway.json5': '{ port: 5 }',
      '.openclaw/parts/a.json5': '{ defaults: { timeoutSeconds: 1, model: "a" }, list: [{ id: "a" }] }',
      '.openclaw/parts/b.json5': '{ defaults: { $include: "./c.json5", model: "b" }, list: [{ id: "b" }] }',
      '.openclaw/parts/c.json5': '{ imageModel: "c", model: "c" }',
    });
    const loaded = await loadConfig(location);
    expect(loaded.authored).toEqual({
      gateway: { port: 5 },
      agents: { defaults: { timeoutSeconds: 7, model: 'b', imageModel: 'c' }, list: [{ id: 'a' }, { id: 'b' }] },
    });
    expect(loaded.files).toEqual(
      ['openclaw.json', 'gateway.json5', 'parts/a.json5', 'parts/b.json5', 'parts/c.json5'].map((name) =>
        path(`.openclaw/${name}`),
      ),
    );
  });

  test('a problem names its file', async () => {
    const { location, path } = createTemporaryHome({
      [file]: '{ gateway: { $include: "./g.json5" }, agents: { $include: "./broken.json5" } }',
      '.openclaw/g.json5': '{\n  prot: 1,\n}',
      '.openclaw/broken.json5': '{ x',
    });
    expect((await failureOf(loadConfig(location))).issues).toMatchObject([
      { code: 'syntax', file: path('.openclaw/broken.json5') },
      { path: 'gateway.prot', file: path('.openclaw/g.json5'), line: 2, column: 3, suggestion: 'port' },
    ]);
  });

  test.each([
    ['an absent file', '"./gone.json5"', 'there is no such file'],
    ['a directory', '"./parts"', 'it is a directory'],
    ['a file outside', '"../outside.json5"', 'OPENCLAW_INCLUDE_ROOTS'],
    ['a link that leads outside', '"./link.json5"', 'OPENCLAW_INCLUDE_ROOTS'],
    ['something else than a path', '5', '$include takes a path or a list of paths'],
    ['a circle', '"./circle.json5"', 'circular include'],
    ['a chain of eleven', '"./chain-1.json5"', 'more than 10 includes inside of each other'],
    ['a huge file', '"./huge.json5"', 'are larger than 8388608 bytes'],
    ['a path without end', `"./${'x'.repeat(5000)}"`, 'the path is longer than 4096 characters'],
  ])('%s is refused', async (_, include, message) => {
    const chain = Array.from({ length: 12 }, (_, index) => [
      `.openclaw/chain-${index + 1}.json5`,
      `{ $include: "./chain-${index + 2}.json5" }`,
    ]);
    const { location, path } = createTemporaryHome({
      [file]: `{ gateway: { $include: ${include} } }`,
      'outside.json5': '{ port: 1 }',
      '.openclaw/parts/x.json5': '{}',
      '.openclaw/circle.json5': '{ $include: "./circle.json5" }',
      '.openclaw/huge.json5': ' '.repeat(8 * 1024 * 1024),
      ...Object.fromEntries(chain),
    });
    symlinkSync(path('outside.json5'), path('.openclaw/link.json5'));
    const { issues } = await failureOf(loadConfig(location));
    expect(issues[0]).toMatchObject({ code: 'include' });
    expect(issues[0]!.message).toContain(message);
  });

  test('files that include each other many times are refused, however small they are', async () => {
    const name = (level: number) => `.openclaw/level-${level}.json5`;
    const levels = Array.from({ length: 9 }, (_, level) => {
      const next = level === 8 ? '{}' : `{ $include: "./level-${level + 1}.json5" }`;
      return [name(level), `{ a: ${next}, b: ${next}, c: ${next}, d: ${next} }`];
    });
    const { location } = createTemporaryHome({
      [file]: '{ skills: { $include: "./level-0.json5" } }',
      ...Object.fromEntries(levels),
    });
    const { issues } = await failureOf(loadConfig(location));
    expect(issues).toMatchObject([{ code: 'include', message: expect.stringContaining('more than 1000 includes') }]);
  });

  test('a large file that is included many times is refused', async () => {
    const { location } = createTemporaryHome({
      [file]: `{ skills: [${'{ $include: "./large.json5" },'.repeat(500)}] }`,
      '.openclaw/large.json5': `{ x: "${'y'.repeat(100_000)}" }`,
    });
    const { issues } = await failureOf(loadConfig(location));
    expect(issues).toMatchObject([{ code: 'include', message: expect.stringContaining('larger than 8388608 bytes') }]);
  });

  test('many files are joined as if one after the other', async () => {
    const names = Array.from({ length: 900 }, (_, index) => `./many/${index}.json5`);
    const { location } = createTemporaryHome({
      [file]: `{ gateway: { $include: ${JSON.stringify(names)} } }`,
      ...Object.fromEntries(
        names.map((name, index) => [
          `.openclaw/${name}`,
          `{ port: ${index}, cors: ${index === 500 ? '5' : `{ origins: ["http://h${index}"] }`} }`,
        ]),
      ),
    });
    const { config } = await loadConfig(location);
    expect(config.gateway.port).toBe(899);
    expect(config.gateway.cors.origins).toEqual(Array.from({ length: 399 }, (_, index) => `http://h${index + 501}`));
  });

  test('a chain of ten is fine', async () => {
    const chain = Array.from({ length: 10 }, (_, index) => [
      `.openclaw/chain-${index + 1}.json5`,
      index === 9 ? '{ port: 5 }' : `{ $include: "./chain-${index + 2}.json5" }`,
    ]);
    const { location } = createTemporaryHome({
      [file]: '{ gateway: { $include: "./chain-1.json5" } }',
      ...Object.fromEntries(chain),
    });
    expect((await loadConfig(location)).config.gateway.port).toBe(5);
  });

  test('OPENCLAW_INCLUDE_ROOTS allows further directories', async () => {
    const { location, path, write } = createTemporaryHome({ [file]: '{ gateway: { $include: "../beside/g.json5" } }' });
    write('beside/g.json5', '{ port: 5 }');
    const env = { ...location.env, OPENCLAW_INCLUDE_ROOTS: path('beside') };
    expect((await loadConfig({ ...location, env })).config.gateway.port).toBe(5);
  });

  test('keys beside an include need an object in it', async () => {
    const { location } = createTemporaryHome({
      [file]: '{ gateway: { $include: "./list.json5", port: 5 } }',
      '.openclaw/list.json5': '[1]',
    });
    expect((await failureOf(loadConfig(location))).message).toContain('need an included file that holds an object');
  });
});

describe('auth profiles', () => {
  test('of all agents are read', async () => {
    const { location } = createTemporaryHome({
      '.openclaw/agents/main/agent/auth-profiles.json': JSON.stringify({
        version: 1,
        profiles: { 'ollama:manual': { type: 'api_key', provider: 'ollama', key: 'k' }, broken: { type: 'api_key' } },
        order: { ollama: ['ollama:manual'] },
      }),
      '.openclaw/agents/other/agent/auth-profiles.json': '{ "ollama-windows": { "apiKey": "flat" } }',
    });
    expect((await loadConfig(location)).authProfiles).toMatchObject({
      main: {
        profiles: [{ id: 'ollama:manual', provider: 'ollama', secret: 'k' }],
        order: { ollama: ['ollama:manual'] },
      },
      other: { profiles: [{ id: 'ollama-windows', provider: 'ollama-windows', secret: 'flat' }] },
    });
  });

  test('that cannot be read are a warning, not the end', async () => {
    const { location, path } = createTemporaryHome({ '.openclaw/agents/main/agent/auth-profiles.json': '{ broken' });
    expect((await loadConfig(location)).warnings).toMatchObject([
      { code: 'bad-credentials-file', file: path('.openclaw/agents/main/agent/auth-profiles.json') },
    ]);
  });

  test.each([
    [
      '{ "profiles": {\n  "a:b": { "type": "api_key", "key": "" } } }',
      'profiles["a:b"]',
      '`key` must be a string that is not empty',
      2,
      3,
    ],
    [
      '{ "profiles": { "a:b": { "type": "apikey", "key": "k" } } }',
      'profiles["a:b"]',
      '`type` must be "api_key", "token" or "oauth"',
      1,
      17,
    ],
    [
      '{ "profiles": { "a:b": { "type": "token", "token": 7, "provider": "a" } } }',
      'profiles["a:b"]',
      '`token` must be a string',
      1,
      17,
    ],
    [
      '{ "profiles": { "a:b": { "type": "api_key", "keyRef": { "source": "env" } } } }',
      'profiles["a:b"]',
      '`keyRef` is not supported',
      1,
      17,
    ],
    ['{ "profiles": { "a:b": "sk-secret" } }', 'profiles["a:b"]', 'must be an object', 1, 17],
    ['{ "ollama": { "apiKey": null } }', 'ollama', '`apiKey` must be a string', 1, 3],
  ])('report an invalid one with its place: %s', async (text, where, why, line, column) => {
    const { location, path } = createTemporaryHome({
      '.openclaw/agents/main/agent/auth-profiles.json': text,
      '.openclaw/agents/other/agent/auth-profiles.json': '{ "ollama": { "apiKey": "kept" } }',
    });
    const { warnings, authProfiles } = await loadConfig(location);
    expect(warnings).toMatchObject([
      {
        code: 'bad-credential',
        path: where,
        message: expect.stringContaining(why),
        file: path('.openclaw/agents/main/agent/auth-profiles.json'),
        line,
        column,
      },
    ]);
    expect(JSON.stringify(warnings)).not.toContain('sk-secret');
    expect(authProfiles).toMatchObject({ main: { profiles: [] }, other: { profiles: [{ secret: 'kept' }] } });
  });

  test('of which one cannot be used are reported in a file that is nested too deeply to be searched, too', async () => {
    const deep = `${'['.repeat(2000)}${']'.repeat(2000)}`;
    const { location } = createTemporaryHome({
      '.openclaw/agents/main/agent/auth-profiles.json': `{ "profiles": { "a": { "type": "x", "n": ${deep} }, "b": { "type": "token", "token": "kept" } } }`,
    });
    const { warnings, authProfiles } = await loadConfig(location);
    expect(warnings).toMatchObject([
      { code: 'bad-credential', path: 'profiles["a"]', line: 1, column: 1, excerpt: '' },
    ]);
    expect(authProfiles).toMatchObject({ main: { profiles: [{ id: 'b', secret: 'kept' }] } });
  });

  test('that are in the way of reading are no absent ones', async () => {
    const { location, path } = createTemporaryHome({
      '.openclaw/agents/main/agent/auth-profiles.json/a-directory': '',
      '.openclaw/agents/no-directory': '',
    });
    const { warnings } = await loadConfig(location);
    expect(warnings).toMatchObject([
      {
        code: 'bad-credentials-file',
        file: path('.openclaw/agents/main/agent/auth-profiles.json'),
        message: 'cannot be read (it is a directory, not a file); the keys in it are not used',
      },
    ]);
  });

  test('and .env files are looked for in known places, those that are still to come included', async () => {
    const { location, path } = createTemporaryHome({
      '.openclaw/openclaw.json': '{ "agents": { "list": [{ "id": "work", "default": true }] } }',
      '.openclaw/agents/other/notes': '',
    });
    const fileOf = (agent: string) => path(`.openclaw/agents/${agent}/agent/auth-profiles.json`);
    const { authProfilePaths, environmentPaths } = await loadConfig({ ...location, cwd: path('project') });
    expect(authProfilePaths).toEqual([path('.openclaw/agents'), ...['main', 'work', 'other'].map(fileOf)]);
    expect(environmentPaths).toEqual([path('project/.env'), path('.openclaw/.env')]);
  });
});

test('an invalid regular expression is reported with its place', () => {
  const [issue] = issuesOf('{ logging: {\n  redactPatterns: ["ok", "("] } }');
  expect(issue).toMatchObject({ path: 'logging.redactPatterns[1]', line: 2, column: 26 });
  expect(issue!.message).toBe('must be a regular expression: Unterminated group');
});

describe('what is no regular file', () => {
  const profiles = '.openclaw/agents/main/agent/auth-profiles.json';
  const makeFifo = (path: string) => execFileSync('mkfifo', [path]);

  test('in the place of the configuration is an error', async () => {
    const { location, path } = createTemporaryHome({ '.openclaw/x': '' });
    makeFifo(path(file));
    expect(await failureOf(loadConfig(location))).toMatchObject({
      code: 'unreadable',
      message: `Cannot read ${path(file)}: it is a named pipe, not a file.`,
    });
  });

  test('in the place of an include is reported with its place', async () => {
    const { location, path } = createTemporaryHome({ [file]: '{\n  gateway: { $include: "./pipe" }\n}' });
    makeFifo(path('.openclaw/pipe'));
    const { issues } = await failureOf(loadConfig(location));
    expect(issues).toMatchObject([{ code: 'include', line: 2, message: expect.stringContaining('a named pipe') }]);
  });

  test.each([
    ['a named pipe', makeFifo],
    ['a directory', (path: string) => mkdirSync(path)],
    ['a device', (path: string) => symlinkSync('/dev/zero', path)],
  ])('in the place of an .env file or of stored keys is a warning: %s', async (kind, make) => {
    const { location, path } = createTemporaryHome({ [profiles]: '' });
    rmSync(path(profiles));
    for (const name of ['work/.env', '.openclaw/.env', profiles]) make(path(name));
    const { warnings } = await loadConfig(location);
    expect(warnings).toMatchObject([
      { code: 'unreadable-env-file', file: path('work/.env') },
      { code: 'unreadable-env-file', file: path('.openclaw/.env') },
      { code: 'bad-credentials-file', file: path(profiles) },
    ]);
    for (const { message } of warnings) expect(message).toContain(`cannot be read (it is ${kind}, not a file)`);
  });

  test('an .env file of more than a mebibyte is not read', async () => {
    const { location, path } = createTemporaryHome({ '.openclaw/.env': `A=${'x'.repeat(2 ** 20)}` });
    const { warnings, env } = await loadConfig(location);
    expect(warnings).toMatchObject([{ code: 'unreadable-env-file', file: path('.openclaw/.env') }]);
    expect(warnings[0]!.message).toContain('larger than 1048576 bytes');
    expect(env['A']).toBeUndefined();
  });
});

test('files without any setting are listed', async () => {
  const { location, path } = createTemporaryHome({
    [file]: '{ gateway: { $include: ["./a.json5", "./b.json5", "./c.json5"] } }',
    '.openclaw/a.json5': '// nothing\n',
    '.openclaw/b.json5': '{}',
    '.openclaw/c.json5': '{ port: 5 }',
  });
  expect((await loadConfig(location)).emptyFiles).toEqual([path('.openclaw/a.json5'), path('.openclaw/b.json5')]);
});

test.skipIf(process.getuid?.() === 0)('a file without read permission is reported as that', async () => {
  const { location, path } = createTemporaryHome({ [file]: '{}' });
  chmodSync(path(file), 0o000);
  expect(await failureOf(loadConfig(location))).toMatchObject({ code: 'unreadable' });
});
