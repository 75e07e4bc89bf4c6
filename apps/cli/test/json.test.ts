import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../src/command-table.ts';
import { createSandbox } from './sandbox.ts';

let simulator: Awaited<ReturnType<typeof startOllamaSimulator>>;

beforeAll(async () => {
  simulator = await startOllamaSimulator({ models: ['gpt-oss:20b', 'llama3.3'] });
});
afterAll(() => simulator.close());

const UNREACHABLE = 'http://127.0.0.1:9';

/** A way to call each command that can answer with a document, with what it needs on standard input. */
const CALLS: Record<string, { readonly argv: readonly string[]; readonly input?: string }> = {
  onboard: { argv: ['onboard', '--non-interactive', '--model', 'gpt-oss:20b'] },
  agent: { argv: ['agent', '-m', 'hello', '--model', 'ollama/gpt-oss:20b'] },
  'models list': { argv: ['models', 'list', '--all'] },
  'models status': { argv: ['models', 'status', '--check', '--probe'] },
  'models set': { argv: ['models', 'set', 'ollama/gpt-oss:20b'] },
  'models set-image': { argv: ['models', 'set-image', 'ollama/gpt-oss:20b'] },
  'models explain': { argv: ['models', 'explain', 'ollama/llama3.3'] },
  'models aliases list': { argv: ['models', 'aliases'] },
  'models aliases add': { argv: ['models', 'aliases', 'add', 'oss', 'ollama/gpt-oss:20b'] },
  'models aliases remove': { argv: ['models', 'aliases', 'remove', 'oss'] },
  'models fallbacks list': { argv: ['models', 'fallbacks'] },
  'models fallbacks add': { argv: ['models', 'fallbacks', 'add', 'ollama/llama3.3'] },
  'models fallbacks remove': { argv: ['models', 'fallbacks', 'remove', 'ollama/llama3.3'] },
  'models fallbacks clear': { argv: ['models', 'fallbacks', 'clear'] },
  'models image-fallbacks list': { argv: ['models', 'image-fallbacks'] },
  'models image-fallbacks add': { argv: ['models', 'image-fallbacks', 'add', 'ollama/llama3.3'] },
  'models image-fallbacks remove': { argv: ['models', 'image-fallbacks', 'remove', 'ollama/llama3.3'] },
  'models image-fallbacks clear': { argv: ['models', 'image-fallbacks', 'clear'] },
  'models auth list': { argv: ['models', 'auth', 'list'] },
  'models auth add': { argv: ['models', 'auth', 'add', 'openrouter'], input: 'sk-or-0123456789abcdef' },
  'models auth remove': { argv: ['models', 'auth', 'remove', 'openrouter:manual'] },
  'models pull': { argv: ['models', 'pull', 'gpt-oss:20b'] },
  'models rm': { argv: ['models', 'rm', 'gpt-oss:20b'] },
  'models show': { argv: ['models', 'show', 'gpt-oss:20b'] },
  'models ps': { argv: ['models', 'ps'] },
  'models import': { argv: ['models', 'import', 'ollama'] },
  'config get': { argv: ['config', 'get', 'gateway'] },
  'config set': { argv: ['config', 'set', 'gateway.port', '18790'] },
  'config unset': { argv: ['config', 'unset', 'gateway.port'] },
  'config validate': { argv: ['config', 'validate'] },
  'config schema': { argv: ['config', 'schema'] },
  'config file': { argv: ['config', 'file'] },
  'gateway status': { argv: ['gateway', 'status', '--url', UNREACHABLE] },
  'gateway token list': { argv: ['gateway', 'token'] },
  'gateway token add': { argv: ['gateway', 'token', 'add', 'ci', '--model', 'ollama/*'] },
  'gateway token remove': { argv: ['gateway', 'token', 'remove', 'ci'] },
  logs: { argv: ['logs'] },
  'service install': { argv: ['service', 'install', '--dry-run'] },
  'service uninstall': { argv: ['service', 'uninstall'] },
  'service status': { argv: ['service', 'status'] },
  'service logs': { argv: ['service', 'logs'] },
  connect: { argv: ['connect', 'claude-code', '--write', '--yes'] },
  doctor: { argv: ['doctor', '--fix'] },
};

test('every command that knows --json is called below', async () => {
  const names = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, row]) =>
      (await row.load()).manual.formats.includes('json') ? [name] : [],
    ),
  );
  expect(Object.keys(CALLS).toSorted()).toEqual(names.flat().toSorted());
});

const WORLDS: Record<string, { readonly host: () => string; readonly configuration: string | undefined }> = {
  'all is well': {
    host: () => simulator.url,
    configuration: '{ agents: { defaults: { model: "ollama/gpt-oss:20b" } } }',
  },
  'nothing is set up': { host: () => UNREACHABLE, configuration: undefined },
  'Ollama is down': {
    host: () => UNREACHABLE,
    configuration: '{ agents: { defaults: { model: "ollama/gpt-oss:20b" } } }',
  },
  'the configuration is wrong': { host: () => simulator.url, configuration: '{ agents: { defaults: { modle: 1 } } }' },
  'the configuration cannot be read': { host: () => simulator.url, configuration: '{ agents: ' },
};

const cases = Object.entries(WORLDS).flatMap(([world, { host, configuration }]) =>
  Object.entries(CALLS).map(([name, call]) => ({ world, name, call, host, configuration })),
);

test.each(cases)('$name --json is one document when $world', async ({ call, host, configuration }) => {
  const { openclaw, write } = createSandbox({ OLLAMA_HOST: host() });
  if (configuration !== undefined) write('openclaw.json', configuration);
  const { code, stdout, stderr } = await openclaw(
    [...call.argv, '--json'],
    call.input === undefined ? {} : { input: call.input },
  );
  const document: unknown = JSON.parse(stdout);
  expect([0, 1, 78]).toContain(code);
  expect(document).toBeTypeOf('object');
  expect(stderr).not.toContain('Unexpected error');
  expect(`${stdout}${stderr}`).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  expect(`${stdout}${stderr}`).not.toContain('0123456789abcdef');
});

test('an invalid configuration is reported with file, line and what was probably meant, and exits with 78', async () => {
  const { openclaw, write, configFile } = createSandbox();
  write('openclaw.json', '{\n  agents: { defaults: { modle: "ollama/x" } },\n}\n');
  const text = await openclaw(['models', 'list']);
  expect(text.code).toBe(78);
  expect(text.stderr).toContain(`${configFile}:2:`);
  expect(text.stderr).toContain('did you mean `model`?');
  const { stdout } = await openclaw(['models', 'list', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    error: { type: 'configuration', issues: [{ line: 2, suggestion: 'model' }] },
  });
});
