import { readFileSync } from 'node:fs';
import { startOllamaSimulator, type OllamaSimulatorOptions } from '@openclaw/ollama-simulator';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from './sandbox.ts';

const part = (completed: number, total = 13_800_000_000) => ({
  status: 'pulling 6a0746a1ec1a',
  digest: 'sha256:6a0746a1ec1a',
  total,
  completed,
});
const LINES = [{ status: 'pulling manifest' }, part(0), part(13_800_000_000), { status: 'success' }];

function playPull(lines: readonly object[], ending: 'end' | 'stall' = 'end'): OllamaSimulatorOptions['intercept'] {
  const bytes = new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const recording = {
    bytes,
    slices: 'whole',
    ending,
    status: 200,
    contentType: 'application/x-ndjson',
    headers: {},
  } as const;
  return ({ path }) => (path === '/api/pull' ? { recording } : path === '/api/delete' ? { http: {} } : undefined);
}

async function start(options: OllamaSimulatorOptions) {
  const simulator = await startOllamaSimulator({ models: ['gpt-oss:20b', 'llama3.3'], ...options });
  onTestFinished(() => simulator.close());
  // The directory of the models does not exist yet; the disk is that of its parent.
  const sandbox = createSandbox({ OLLAMA_HOST: simulator.url, OLLAMA_MODELS: '/nowhere/models' });
  return { simulator, ...sandbox };
}

test('pull shows plain lines when piped, needs no configuration, and names the next command', async () => {
  const { openclaw, simulator } = await start({
    intercept: playPull([...LINES.slice(0, 1), part(0, 1000), part(1000, 1000), LINES[3]!]),
  });
  const { code, stdout, stderr } = await openclaw(['models', 'pull', 'ollama/gpt-oss:20b']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'Pulled gpt-oss:20b (1.0 kB).\n' });
  expect(stderr.split('\n')).toEqual([
    'pulling manifest',
    '0%  0 B of 1.0 kB',
    '100%  1.0 kB of 1.0 kB',
    'success',
    '  Next: openclaw models set ollama/gpt-oss:20b',
    '',
  ]);
  expect(simulator.journal.of('/api/pull')[0]?.body).toMatchObject({ model: 'gpt-oss:20b' });
});

test('pull --json prints one document per line; the last one has ok', async () => {
  const { openclaw } = await start({ intercept: playPull(LINES) });
  const { code, stdout } = await openclaw(['models', 'pull', 'gpt-oss:20b', '--json']);
  expect(code).toBe(0);
  const documents = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(documents[0]).toEqual({ event: 'progress', status: 'pulling manifest', completedBytes: 0, totalBytes: 0 });
  expect(documents.at(-1)).toEqual({ ok: true, model: 'ollama/gpt-oss:20b', totalBytes: 13_800_000_000 });
});

test.each([[[]], [['--json']]])('a download larger than the free disk is a warning (%j)', async (options) => {
  const { openclaw } = await start({ intercept: playPull([part(0, 1e18), LINES[3]!]) });
  const { code, stdout, stderr } = await openclaw(['models', 'pull', 'gpt-oss:20b', ...options]);
  expect(code).toBe(0);
  expect(stdout + stderr).toMatch(/The download needs 1000000 TB, and the disk has \d[\d.]* [kMGT]?B left\./);
});

test('an error of the server is a failure, with and without --json', async () => {
  const { openclaw } = await start({ intercept: playPull([{ error: 'pull model manifest: file does not exist' }]) });
  const text = await openclaw(['models', 'pull', 'nope']);
  expect(text.code).toBe(1);
  expect(text.stderr).toContain('Error: nope could not be pulled: pull model manifest: file does not exist.');
  const json = await openclaw(['models', 'pull', 'nope', '--json']);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, error: { code: 'server-error' } });
});

test('Ctrl-C stops the download at the server, exits with 130, and says how to continue', async () => {
  const { openclaw, simulator } = await start({ intercept: playPull(LINES.slice(0, 2), 'stall') });
  const abort = new AbortController();
  const running = openclaw(['models', 'pull', 'gpt-oss:20b'], { interruption: () => abort.signal });
  await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
  abort.abort();
  const { code, stderr } = await running;
  expect(code).toBe(130);
  expect(stderr).toContain('To continue the download: openclaw models pull gpt-oss:20b');
  await simulator.journal.waitForClientLeft();
});

test('rm deletes a model, and says if the configuration still names it', async () => {
  const { openclaw, simulator, write } = await start({ intercept: playPull([]) });
  write('openclaw.json', { agents: { defaults: { model: 'ollama/llama3.3' } } });
  const { code, stdout, stderr } = await openclaw(['models', 'rm', 'llama3.3:latest']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'Removed ollama/llama3.3:latest.\n' });
  expect(stderr).toContain('The configuration still names ollama/llama3.3');
  expect(simulator.journal.of('/api/delete')[0]).toMatchObject({
    method: 'DELETE',
    body: { model: 'llama3.3:latest' },
  });
});

test('show describes a model, and an unknown one is a failure', async () => {
  const { openclaw } = await start({});
  const { code, stdout } = await openclaw(['models', 'show', 'gpt-oss:20b']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Model {9}ollama\/gpt-oss:20b\nSize .*\n[^]*Capabilities {2}.*tools/);
  expect((await openclaw(['models', 'show', 'nope'])).code).toBe(1);
});

test('ps lists what is loaded, with size, context and expiry', async () => {
  const { openclaw, simulator } = await start({ now: () => Date.parse('2026-11-26T12:00:00Z') });
  expect((await openclaw(['models', 'ps'])).stdout).toBe('No model is loaded.\n');
  simulator.load('gpt-oss:20b');
  const now = () => Date.parse('2026-11-26T12:01:00Z');
  const { stdout } = await openclaw(['models', 'ps'], { now });
  expect(stdout).toMatch(
    /^Model +Size +Processor +Context +Until\nollama\/gpt-oss:20b +[\d.]+ GB +\S.* +\d+ +in 4 min\n$/,
  );
  const { models } = JSON.parse((await openclaw(['models', 'ps', '--json'])).stdout) as { models: object[] };
  expect(models).toMatchObject([{ key: 'ollama/gpt-oss:20b', expiresAt: expect.any(String) }]);
});

test('an unknown server is a failure that names the nearest one', async () => {
  const { openclaw } = await start({});
  const { code, stderr } = await openclaw(['models', 'show', 'gpt-oss:20b', '--provider', 'olama']);
  expect(code).toBe(1);
  expect(stderr).toContain('There is no Ollama server olama. Did you mean ollama?');
});

test('an imported entry plans the context of its requests', async () => {
  const { openclaw, configFile } = await start({});
  expect((await openclaw(['models', 'import', 'ollama'])).code).toBe(0);
  expect(readFileSync(configFile, 'utf8')).not.toContain('openai-completions');
  const { stdout } = await openclaw(['models', 'explain', 'ollama/gpt-oss:20b', '--tokens', '30000']);
  expect(stdout).toContain('context: native API, num_ctx');
});
