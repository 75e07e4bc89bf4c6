import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createSandbox } from './sandbox.ts';

const FILE = `{
  // The office
  gateway: { port: 18790, auth: { token: 'owner' } },
}
`;

function open(text: string = FILE) {
  const sandbox = createSandbox();
  sandbox.write('openclaw.json', text);
  return { ...sandbox, read: () => readFileSync(sandbox.configFile, 'utf8') };
}

function hashOf(token: string): string {
  return `sha256:${createHash('sha256').update(token).digest('hex')}`;
}

test('a token is shown once and kept as a hash, and the rest of the file stays', async () => {
  const { openclaw, read } = open();
  const { code, stdout, stderr } = await openclaw(['gateway', 'token', 'add', 'ci']);
  const [, token = ''] = stdout.trimEnd().split('\n');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(`Stored ci in ~/.openclaw/openclaw.json. This is its token, shown only now:\n${token}\n`);
  expect(token).toMatch(/^oc_[\w-]{32}$/);
  expect(read()).not.toContain(token);
  expect(read()).toBe(FILE.replace("token: 'owner'", `token: 'owner', tokens: { ci: { token: '${hashOf(token)}' } }`));
  for (const argv of [
    ['config', 'get', 'gateway'],
    ['gateway', 'token', 'list'],
    ['gateway', 'token', '--json'],
  ])
    expect((await openclaw(argv)).stdout).not.toContain(hashOf(token).slice(0, 20));
});

test('every token is another', async () => {
  const { openclaw } = open();
  const first = await openclaw(['gateway', 'token', 'add', 'one', '--plain']);
  const second = await openclaw(['gateway', 'token', 'add', 'two', '--plain']);
  expect(first.stdout).toMatch(/^oc_[\w-]{32}\n$/);
  expect(first.stdout).not.toBe(second.stdout);
});

test('models and limits are written, and listed', async () => {
  const { openclaw } = open();
  const limits = [
    '--max-concurrent',
    '2',
    '--requests-per-minute',
    '60',
    '--tokens-per-day',
    '1000',
    '--priority',
    'batch',
  ];
  const added = await openclaw([
    'gateway',
    'token',
    'add',
    'ci',
    '--model',
    'ollama/*',
    '--model',
    'desk/qwen3:8b',
    ...limits,
    '--json',
  ]);
  expect(JSON.parse(added.stdout)).toMatchObject({ ok: true, name: 'ci', token: expect.stringMatching(/^oc_/) });
  expect((await openclaw(['gateway', 'token', 'list'])).stdout).toBe(
    'Clients (1):\n- ci: ollama/*, desk/qwen3:8b; 2 concurrent; 60 requests per minute; 1000 tokens per day; batch\n',
  );
  expect(JSON.parse((await openclaw(['gateway', 'token', 'list', '--json'])).stdout)).toEqual({
    clients: [
      {
        name: 'ci',
        stored: 'hash',
        models: ['ollama/*', 'desk/qwen3:8b'],
        maxConcurrent: 2,
        requestsPerMinute: 60,
        tokensPerDay: 1000,
        priority: 'batch',
      },
    ],
  });
});

test('a token that is stored as text is pointed out, and not shown', async () => {
  const { openclaw } = open(
    "{ gateway: { auth: { tokens: { ci: { token: 's3cret' }, b: { token: '${CI_TOKEN}' } } } } }",
  );
  const { stdout } = await openclaw(['gateway', 'token']);
  expect(stdout).toBe('Clients (2):\n- ci: token stored as text; all models\n- b: all models\n');
});

test('a new token for a client that exists needs --replace, and keeps its other settings', async () => {
  const { openclaw, read } = open(
    "{ gateway: { auth: { token: 'o', tokens: { ci: { /* 2026 */ token: 'old', models: ['ollama/*'] } } } } }\n",
  );
  const refused = await openclaw(['gateway', 'token', 'add', 'ci']);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('There is a client ci already. To give it a new token, add --replace.');
  const { stdout } = await openclaw(['gateway', 'token', 'add', 'ci', '--replace', '--plain']);
  expect(read()).toBe(
    `{ gateway: { auth: { token: 'o', tokens: { ci: { /* 2026 */ token: '${hashOf(stdout.trim())}', models: ['ollama/*'] } } } } }\n`,
  );
});

test.each([
  [['owner'], 'not "owner"'],
  [['a b'], 'expected the name of a client'],
  [['ci', '--model', 'qwen3'], 'expected a pattern of model references'],
  [['ci', '--max-concurrent', '0'], '--max-concurrent must be a whole number from 1'],
  [['ci', '--priority', 'urgent'], 'batch'],
])('%j is refused, and no token is created', async (argv, message) => {
  const { openclaw, read } = open();
  const { code, stdout, stderr } = await openclaw(['gateway', 'token', 'add', ...argv]);
  expect(code).not.toBe(0);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
  expect(read()).toBe(FILE);
});

test('without a token of the gateway itself it says what changes', async () => {
  const { openclaw } = open('{}\n');
  const { stderr } = await openclaw(['gateway', 'token', 'add', 'ci']);
  expect(stderr).toContain('every request to the gateway needs a token');
  expect(stderr).toContain('openclaw config set gateway.auth.token');
});

test('a client is removed, and the rest of the file stays', async () => {
  const text = "{ gateway: { auth: { token: 'o', tokens: { ci: { token: 'x' }, /* b */ desk: { token: 'y' } } } } }\n";
  const { openclaw, read } = open(text);
  const { stdout } = await openclaw(['gateway', 'token', 'remove', 'ci']);
  expect(stdout).toBe('Removed ci from ~/.openclaw/openclaw.json.\n');
  expect(read()).toContain("/* b */ desk: { token: 'y' }");
  expect(read()).not.toContain('ci:');
  await openclaw(['gateway', 'token', 'remove', 'desk']);
  expect(read()).not.toContain('tokens');
});

test('an unknown client is refused with the nearest name', async () => {
  const { openclaw, read } = open("{ gateway: { auth: { tokens: { laptop: { token: 'x' } } } } }\n");
  const before = read();
  const { code, stderr } = await openclaw(['gateway', 'token', 'remove', 'latpop']);
  expect(code).toBe(1);
  expect(stderr).toContain('There is no client latpop.');
  expect(stderr).toContain('openclaw gateway token remove laptop');
  expect(read()).toBe(before);
});

test('the last token is removed with a warning', async () => {
  const { openclaw } = open("{ gateway: { auth: { tokens: { ci: { token: 'x' } } } } }\n");
  const { stderr } = await openclaw(['gateway', 'token', 'remove', 'ci']);
  expect(stderr).toContain('This was the last token.');
});

test('help, manual and completion have the command', async () => {
  const { openclaw } = open("{ gateway: { auth: { tokens: { ci: { token: 'x' } } } } }\n");
  expect((await openclaw(['gateway', '--help'])).stdout).toContain('token');
  expect((await openclaw(['help', 'gateway', 'token', 'add'])).stdout).toContain('--requests-per-minute <number>');
  const complete = async (...words: string[]) => (await openclaw(['__complete', '--', ...words])).stdout;
  const words = (await complete('gateway', 'token', '')).split('\n').map((line) => line.split('\t')[0]);
  expect(words).toEqual(['list', 'add', 'remove', '']);
  expect(await complete('gateway', 'token', 'remove', '')).toBe('ci\t\n');
});
