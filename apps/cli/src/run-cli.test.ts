import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { runInMemory } from '../test/in-memory-system.ts';
import { COMMANDS, GROUPS } from './command-table.ts';

test('the bare program shows what it can do', async () => {
  const { code, stdout } = await runInMemory([]);
  expect(code).toBe(0);
  expect(stdout).toContain('models');
  expect(stdout).not.toContain('__complete');
  expect([...stdout.matchAll(/^ {2}(\w+) {2}/gm)].map(([, name]) => name)).toEqual(
    'onboard agent chat models config gateway logs service connect doctor completion'.split(' '),
  );
});

test.each([
  [['modles', 'list'], 'Did you mean models?'],
  [['--hlep'], 'There is no option --hlep. Did you mean --help?'],
  [['--jsno', 'models', 'list'], 'Did you mean --json?'],
  [['models', 'lst'], 'Did you mean models list?'],
  [['models', 'aliases', 'ad'], 'Did you mean models aliases add?'],
  [['confg', 'get'], 'Did you mean config?'],
  [['doctr'], 'Did you mean doctor?'],
  [['models', 'list', '--provder', 'x'], 'Did you mean --provider?'],
  [['models', 'explain', '--imges'], 'Did you mean --images?'],
  [['agent', '--reasoning', 'shwo'], 'Did you mean show?'],
  [['completion', 'bsh'], 'Did you mean bash?'],
  [['version'], 'Did you mean --version?'],
])('%j is wrong usage and gets a suggestion', async (argv, suggestion) => {
  const { code, stdout, stderr } = await runInMemory(argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(suggestion);
});

test.each([[['completion', 'tcsh']], [['models', 'auth', 'add', 'x', '--key', 'sk']]])(
  '%j is near to nothing, and nothing is suggested',
  async (argv) => {
    const { code, stderr } = await runInMemory(argv);
    expect(code).toBe(2);
    expect(stderr).not.toContain('Did you mean');
  },
);

test.each([
  [['models', 'list', '--json', '--plain'], 'not both'],
  [['chat', '--json'], 'has no --json'],
  [['models', 'list', 'extra'], 'Unexpected argument "extra"'],
  [['completion'], '<shell> is missing'],
  [['models', 'list', '--provider'], '--provider needs a value'],
  [['models', 'list', '--provider', '--all'], '--provider needs a value'],
  [['models', 'list', '--all=yes'], 'takes no value'],
  [['models', 'explain', '-5'], 'Put -- before'],
  [['--profile'], '--profile needs a name'],
  [['agent', '-m', ' '], 'message is missing'],
])('%j is wrong usage', async (argv, message) => {
  const { code, stderr } = await runInMemory(argv);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test('wrong usage with --json is one document, and text for people', async () => {
  const { code, stdout, stderr } = await runInMemory(['models', 'lst', '--json']);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { type: 'usage', code: 'usage' } });
  expect(stderr).toContain('models list');
});

test.each(Object.keys(COMMANDS))('%s has help with its purpose, two examples and its documentation', async (name) => {
  const { code, stdout } = await runInMemory([...name.split(' '), '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain(COMMANDS[name]!.purpose);
  expect(stdout.match(/^ {2}\S*\s*.*openclaw.*$/gm)!.length).toBeGreaterThanOrEqual(2);
  expect(stdout).toContain('Documentation: docs/');
});

test.each(Object.keys(GROUPS))('%s lists its commands', async (group) => {
  const { code, stdout } = await runInMemory([...group.split(' '), '--help']);
  expect(code).toBe(0);
  const own = Object.keys(COMMANDS).filter((name) => name.startsWith(`${group} `));
  for (const name of own.filter((full) => full.split(' ').length === group.split(' ').length + 1))
    expect(stdout).toContain(name);
});

test('help can be asked for in front', async () => {
  const inFront = await runInMemory(['help', 'models', 'list']);
  const behind = await runInMemory(['models', 'list', '--help']);
  expect(inFront).toEqual(behind);
});

test('colours are for terminals, and NO_COLOR and --no-color switch them off', async () => {
  const inTerminal = await runInMemory(['--help'], { terminal: true });
  const piped = await runInMemory(['--help']);
  const refused = await runInMemory(['--help'], { terminal: true, env: { NO_COLOR: '1' } });
  const declined = await runInMemory(['--help', '--no-color'], { terminal: true });
  expect(inTerminal.stdout).toContain('\u001B[');
  expect(stripVTControlCharacters(inTerminal.stdout)).toBe(piped.stdout);
  expect(refused.stdout).toBe(piped.stdout);
  expect(declined.stdout).toBe(piped.stdout);
});
