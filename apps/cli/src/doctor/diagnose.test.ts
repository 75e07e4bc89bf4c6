import { parseConfig, type LoadedConfig } from '@openclaw/config';
import type { CatalogModel } from '@openclaw/model-selection';
import { providerSetups } from '@openclaw/runtime/internal';
import { expect, test } from 'vitest';
import { diagnose } from './diagnose.ts';
import type { Evidence, ServerEvidence } from './evidence.ts';
import type { CheckId, FindingLevel } from './finding.ts';

function load(text: string, env: Record<string, string> = {}): LoadedConfig {
  const surroundings = {
    path: '/h/.openclaw/openclaw.json',
    exists: true,
    files: [],
    emptyFiles: [],
    stateDir: '/h/.openclaw',
    profile: undefined,
    authProfiles: {},
    authProfilePaths: [],
    environmentPaths: [],
  };
  return { ...surroundings, ...parseConfig(text, { env }) };
}

const ANSWERING: ServerEvidence = {
  provider: 'ollama',
  url: 'http://127.0.0.1:11434',
  version: '0.32.15',
  tags: ['gpt-oss:20b'],
  running: [],
};
const MODEL: CatalogModel = {
  ref: 'ollama/gpt-oss:20b',
  provider: 'ollama',
  model: 'gpt-oss:20b',
  name: 'gpt-oss:20b',
  endpoint: 'http://127.0.0.1:11434/v1',
  input: ['text'],
  tools: true,
  reasoning: true,
  contextWindow: 131_072,
  maxTokens: 1_310_720,
  cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
  local: true,
  source: 'discovered',
  aliases: [],
};

/** A machine on which all is well, but for what is said otherwise. */
function machine(
  config = '{ agents: { defaults: { model: "ollama/gpt-oss:20b" } } }',
  changes: Partial<Evidence> = {},
): Evidence {
  const loaded = load(config);
  return {
    configPath: loaded.path,
    loaded,
    issues: [],
    files: [{ path: '/h/.openclaw', kind: 'folder', mode: 0o700 }],
    inContainer: false,
    ...providerSetups(loaded),
    servers: [ANSWERING],
    elsewhere: [],
    local: [],
    models: [MODEL],
    hidden: [],
    problems: [],
    missing: [],
    ...changes,
  };
}

const REFUSED: ServerEvidence = {
  provider: 'ollama',
  url: 'http://127.0.0.1:11434',
  failure: {
    code: 'connection-failed',
    connection: 'refused',
    message: 'Cannot reach Ollama at http://127.0.0.1:11434 (connection refused).',
    nextCommand: 'ollama serve',
  },
};
const DOWN: Partial<Evidence> = { servers: [REFUSED], models: [] };
const V1_ONLY = '{ models: { providers: { ollama: { api: "openai-completions" } } } }';
const REMOTE =
  '{ models: { providers: { acme: { baseUrl: "https://api.acme.example/v1", apiKey: "KEY", models: [{ id: "m" }] } } } }';

const PROBLEMS: [string, Evidence, { check: CheckId; level: FindingLevel; says: string; fix?: string }][] = [
  [
    'Ollama does not run',
    machine(undefined, DOWN),
    { check: 'ollama-reachable', level: 'error', says: 'connection refused', fix: 'ollama serve' },
  ],
  [
    'the port is wrong',
    machine(undefined, {
      servers: [{ ...REFUSED, url: 'http://127.0.0.1:11435' }],
      models: [],
      elsewhere: ['http://127.0.0.1:11434'],
    }),
    {
      check: 'ollama-reachable',
      level: 'error',
      says: 'Ollama is running at http://127.0.0.1:11434',
      fix: 'export OLLAMA_HOST=http://127.0.0.1:11434',
    },
  ],
  [
    'the configured address is wrong',
    machine('{ models: { providers: { ollama: { baseUrl: "http://127.0.0.1:11435", discover: true } } } }', {
      servers: [{ ...REFUSED, url: 'http://127.0.0.1:11435' }],
      models: [],
      elsewhere: ['http://127.0.0.1:11434'],
    }),
    {
      check: 'ollama-reachable',
      level: 'error',
      says: 'the address is wrong',
      fix: 'openclaw config set models.providers.ollama.baseUrl http://127.0.0.1:11434/v1',
    },
  ],
  [
    'localhost is meant from inside a container',
    machine(undefined, { ...DOWN, inContainer: true }),
    {
      check: 'ollama-reachable',
      level: 'error',
      says: 'localhost is the container itself',
      fix: 'export OLLAMA_HOST=http://host.docker.internal:11434',
    },
  ],
  [
    'a provider has no address',
    machine('{ models: { providers: { acme: { models: [{ id: "m" }] } } } }'),
    {
      check: 'base-url',
      level: 'error',
      says: 'has no baseUrl',
      fix: 'openclaw config set models.providers.acme.baseUrl http://127.0.0.1:8080/v1',
    },
  ],
  [
    'something else answers on that port',
    machine(undefined, {
      servers: [
        {
          ...REFUSED,
          failure: { code: 'not-ollama', message: 'It is not Ollama.', connection: undefined, nextCommand: undefined },
        },
      ],
      models: [],
    }),
    { check: 'ollama-reachable', level: 'error', says: 'is not Ollama', fix: 'curl http://127.0.0.1:11434/api/tags' },
  ],
  [
    'Ollama is not enabled',
    machine('{}', { servers: [], models: [], elsewhere: ['http://127.0.0.1:11434'] }),
    {
      check: 'ollama-enabled',
      level: 'error',
      says: 'not enabled',
      fix: 'openclaw config set models.providers.ollama.apiKey "ollama-local"',
    },
  ],
  [
    'the base URL has /v1',
    machine('{ models: { providers: { ollama: { baseUrl: "http://h:11434/v1", discover: true } } } }'),
    { check: 'base-url', level: 'ok', says: 'both forms' },
  ],
  [
    'the base URL has no /v1',
    machine('{ models: { providers: { ollama: { baseUrl: "http://h:11434", discover: true } } } }'),
    { check: 'base-url', level: 'ok', says: 'both forms' },
  ],
  [
    'the base URL of another server has no /v1',
    machine('{ models: { providers: { vllm: { baseUrl: "http://h:8000", models: [{ id: "m" }] } } } }'),
    {
      check: 'base-url',
      level: 'warning',
      says: 'under /v1',
      fix: 'openclaw config set models.providers.vllm.baseUrl http://h:8000/v1',
    },
  ],
  [
    'the base URL is an endpoint',
    machine(
      '{ models: { providers: { vllm: { baseUrl: "http://h:8000/v1/chat/completions", models: [{ id: "m" }] } } } }',
    ),
    {
      check: 'base-url',
      level: 'error',
      says: 'Remove it',
      fix: 'openclaw config set models.providers.vllm.baseUrl http://h:8000/v1',
    },
  ],
  [
    'nothing was pulled',
    machine(undefined, { servers: [{ ...ANSWERING, tags: [] }], models: [] }),
    { check: 'models', level: 'error', says: 'has no models', fix: 'ollama pull gpt-oss:20b' },
  ],
  [
    'no model calls tools',
    machine(undefined, {
      servers: [{ ...ANSWERING, tags: ['gemma:2b'] }],
      models: [],
      hidden: [
        {
          ref: 'ollama/gemma:2b',
          endpoint: MODEL.endpoint,
          reason: 'it calls no tools',
          code: 'no-tools',
          model: { ...MODEL, ref: 'ollama/gemma:2b', model: 'gemma:2b' },
        },
      ],
    }),
    { check: 'models', level: 'error', says: 'ollama/gemma:2b: it calls no tools', fix: 'ollama pull gpt-oss:20b' },
  ],
  [
    'an explicit entry disables discovery',
    machine('{ models: { providers: { ollama: { baseUrl: "http://h:11434" } } } }', { models: [] }),
    {
      check: 'discovery',
      level: 'error',
      says: 'disables discovery',
      fix: 'openclaw config set models.providers.ollama.discover true',
    },
  ],
  [
    'the server has models that the entry does not list',
    machine('{ models: { providers: { ollama: { baseUrl: "http://h:11434", models: [{ id: "gpt-oss:20b" }] } } } }', {
      servers: [{ ...ANSWERING, tags: ['gpt-oss:20b', 'llama3.3:latest'] }],
    }),
    { check: 'discovery', level: 'note', says: 'llama3.3:latest' },
  ],
  [
    'the server is old',
    machine(undefined, { servers: [{ ...ANSWERING, version: '0.5.7' }] }),
    { check: 'ollama-version', level: 'warning', says: 'Ollama 0.5.7' },
  ],
  [
    'a model is loaded with a small context',
    machine(undefined, { servers: [{ ...ANSWERING, running: [{ name: 'gpt-oss:20b', contextLength: 4096 }] }] }),
    { check: 'context-window', level: 'note', says: '4096 tokens' },
  ],
  [
    'a model is loaded with a small context, and its API cannot change that',
    machine(V1_ONLY, { servers: [{ ...ANSWERING, running: [{ name: 'gpt-oss:20b', contextLength: 4096 }] }] }),
    {
      check: 'context-window',
      level: 'warning',
      says: '4096 tokens',
      fix: 'openclaw config unset models.providers.ollama.api',
    },
  ],
  [
    'a model is loaded by a release that does not say its context',
    machine(V1_ONLY, { servers: [{ ...ANSWERING, version: '0.6.5', running: [{ name: 'gpt-oss:20b' }] }] }),
    { check: 'context-window', level: 'warning', says: '2048 tokens' },
  ],
  [
    'the Modelfile limits the context',
    machine(undefined, {
      servers: [{ ...ANSWERING, running: [{ name: 'gpt-oss:20b', contextLength: 512 }] }],
      models: [{ ...MODEL, contextWindow: 512, contextLength: 131_072 }],
    }),
    {
      check: 'context-window',
      level: 'note',
      says: 'num_ctx of its Modelfile',
      fix: `openclaw config set 'agents.defaults.models["ollama/gpt-oss:20b"].params.num_ctx' 131072`,
    },
  ],
  [
    'settings have no effect',
    machine(
      `${V1_ONLY.slice(0, -1)}, agents: { defaults: { models: { "ollama/gpt-oss:20b": { params: { num_ctx: 8192 } } } } } }`,
    ),
    { check: 'context-window', level: 'warning', says: 'num_ctx of ollama/gpt-oss:20b has no effect' },
  ],
  [
    'a loaded model does not respond',
    machine(undefined, {
      servers: [{ ...ANSWERING, running: [{ name: 'gpt-oss:20b', contextLength: 131_072, responding: false }] }],
    }),
    { check: 'responding-models', level: 'warning', says: 'did not answer', fix: 'ollama stop gpt-oss:20b' },
  ],
  [
    'the default model does not exist',
    machine('{ agents: { defaults: { model: "ollama/nope" } } }', {
      missing: [{ name: 'ollama/nope', roles: ['default'] }],
    }),
    { check: 'chosen-models', level: 'error', says: 'ollama/nope (default) does not exist', fix: 'ollama pull nope' },
  ],
  [
    'a fallback does not exist',
    machine(undefined, { missing: [{ name: 'ollama/nope', roles: ['fallback#1'] }] }),
    { check: 'chosen-models', level: 'warning', says: 'fallback#1', fix: 'ollama pull nope' },
  ],
  [
    'a key is missing',
    machine(REMOTE.replace('apiKey: "KEY", ', '')),
    { check: 'keys', level: 'error', says: 'there is no key for it', fix: 'openclaw models auth add acme' },
  ],
  [
    'a key is the placeholder',
    machine(REMOTE.replace('KEY', 'ollama-local')),
    { check: 'keys', level: 'error', says: 'does not work there' },
  ],
  [
    'a key names a variable that is not set',
    machine(REMOTE.replace('KEY', 'ACME_KEY')),
    { check: 'keys', level: 'error', says: 'ACME_KEY, which is not set', fix: 'export ACME_KEY=…' },
  ],
  [
    'others can read the keys',
    machine(undefined, { files: [{ path: '/h/.openclaw/openclaw.json', kind: 'file', mode: 0o644 }] }),
    { check: 'file-modes', level: 'warning', says: 'mode 0644', fix: 'chmod 600 /h/.openclaw/openclaw.json' },
  ],
  [
    'Ollama is asked for streams',
    machine('{ agents: { defaults: { models: { "ollama/m": { streaming: true } } } } }'),
    { check: 'streaming', level: 'note', says: 'garbled' },
  ],
];

test.each(PROBLEMS)('%s', (_name, evidence, { check, level, says, fix }) => {
  const found = diagnose(evidence).filter((finding) => finding.check === check && finding.level === level);
  expect(found.map(({ message }) => message).join('\n')).toContain(says);
  expect(fix === undefined || found.some((finding) => finding.fix?.includes(fix) === true), JSON.stringify(found)).toBe(
    true,
  );
});

test.each([
  ['unauthorized', undefined],
  ['forbidden', undefined],
  ['not-ollama', undefined],
  ['invalid-response', undefined],
  ['server-error', undefined],
  ['connection-failed', 'tls'],
  ['connection-failed', 'closed'],
] as const)('in a container, a server that answers is described by its answer (%s %s)', (code, connection) => {
  const failure = { code, connection, message: 'What it said.', nextCommand: undefined };
  const found = diagnose(machine(undefined, { ...DOWN, servers: [{ ...REFUSED, failure }], inContainer: true }));
  expect(found.filter(({ check }) => check === 'ollama-reachable')).toEqual([
    {
      check: 'ollama-reachable',
      level: 'error',
      message: 'What it said.',
      fix: ['curl http://127.0.0.1:11434/api/tags'],
    },
  ]);
});

test('a server that refuses the key is at the right address, also if another one is running', () => {
  const failure = {
    code: 'unauthorized',
    connection: undefined,
    message: 'The key is wrong.',
    nextCommand: undefined,
  } as const;
  const servers = [{ ...REFUSED, url: 'http://127.0.0.1:11435', failure }];
  const found = diagnose(machine(undefined, { ...DOWN, servers, elsewhere: ['http://127.0.0.1:11434'] }));
  expect(found.filter(({ check }) => check === 'ollama-reachable')).toMatchObject([{ message: 'The key is wrong.' }]);
});

test.each([
  [V1_ONLY, 'warning', 'OLLAMA_CONTEXT_LENGTH=32768 ollama serve'],
  [undefined, 'note', undefined],
])('several models with a small context are one finding (%s)', (config, level, command) => {
  const running = ['gpt-oss:20b', 'llama3.3'].map((name) => ({ name, contextLength: 4096 }));
  const models = [MODEL, { ...MODEL, ref: 'ollama/llama3.3:latest', model: 'llama3.3:latest' }];
  const found = diagnose(machine(config, { servers: [{ ...ANSWERING, running }], models })).filter(
    ({ check }) => check === 'context-window',
  );
  expect(found).toMatchObject([{ level }]);
  expect(found[0]?.message).toContain('ollama/gpt-oss:20b, ollama/llama3.3:latest');
  expect(found[0]?.fix?.at(-1)).toBe(command);
});

test('an invalid configuration is reported, and nothing that depends on it', () => {
  const { loaded: _, ...unread } = machine();
  const issues = [
    {
      code: 'syntax',
      path: '',
      message: 'unexpected end',
      file: '/h/.openclaw/openclaw.json',
      line: 3,
      column: 1,
      excerpt: '',
    },
  ] as const;
  const findings = diagnose({ ...unread, issues, setups: [], unusable: [], servers: [], models: [] });
  expect(findings.filter(({ level }) => level === 'error')).toMatchObject([
    { check: 'configuration', message: expect.stringContaining(':3:1') },
  ]);
});

test('what to do about a wrong configuration is said once, however much is wrong', () => {
  const { loaded: _, ...unread } = machine();
  const issue = { code: 'unknown-key', message: 'unknown key', file: '/h/c', line: 1, column: 1, excerpt: '' } as const;
  const issues = ['a', 'b'].map((path) => ({ ...issue, path }));
  const findings = diagnose({ ...unread, issues, setups: [], unusable: [], servers: [], models: [] });
  expect(findings.flatMap(({ fix = [] }) => fix)).toEqual([
    '$EDITOR /h/.openclaw/openclaw.json',
    'openclaw config validate',
  ]);
});

test('a server that is not Ollama is named once, with one first command', () => {
  const problems = [
    {
      provider: 'lmstudio',
      code: 'unlisted' as const,
      url: 'http://127.0.0.1:1234/v1',
      message: 'It lists no models.',
      nextCommand: 'do this',
      stale: false,
    },
    {
      provider: 'vllm',
      code: 'unreachable' as const,
      url: 'http://127.0.0.1:8000/v1',
      message: 'It is down.',
      stale: false,
    },
    {
      provider: 'ollama',
      code: 'unreachable' as const,
      url: 'http://127.0.0.1:11434',
      message: 'Said elsewhere.',
      stale: false,
    },
  ];
  const config = '{ models: { providers: { vllm: { baseUrl: "http://127.0.0.1:8000/v1", discover: true } } } }';
  expect(diagnose(machine(config, { problems })).filter(({ check }) => check === 'other-servers')).toEqual([
    { check: 'other-servers', level: 'error', message: 'It lists no models.', fix: ['do this'] },
    { check: 'other-servers', level: 'error', message: 'It is down.', fix: ['curl http://127.0.0.1:8000/v1/models'] },
  ]);
});

test('an Ollama that is running and not enabled is named once', () => {
  const problem = {
    provider: 'ollama',
    code: 'not-enabled' as const,
    url: 'http://127.0.0.1:11434',
    message: 'Ollama is running, but not enabled.',
    stale: false,
  };
  const findings = diagnose(machine('{}', { problems: [problem], setups: [], servers: [], models: [] }));
  expect(findings.filter(({ level }) => level === 'error').map(({ check }) => check)).toEqual(['ollama-enabled']);
});

test('a machine without problems has no errors and nothing to fix', () => {
  const findings = diagnose(machine());
  expect(findings.map(({ level }) => level)).not.toContain('error');
  expect(findings.flatMap(({ safeFixes = [] }) => safeFixes)).toEqual([]);
});

test('a server that is not configured is named, with the command that uses it', () => {
  const local = [{ id: 'lmstudio', baseUrl: 'http://127.0.0.1:1234/v1', modelCount: 1 }];
  const found = diagnose(machine(undefined, { servers: [], models: [], local }));
  expect(found.filter(({ check }) => check === 'other-servers')).toEqual([
    {
      check: 'other-servers',
      level: 'note',
      message: 'A server with one model answers at http://127.0.0.1:1234/v1, and the configuration does not use it.',
      fix: [
        `openclaw config set models.providers.lmstudio '{ baseUrl: "http://127.0.0.1:1234/v1", discover: true }'`,
        'openclaw models list',
      ],
    },
  ]);
});
