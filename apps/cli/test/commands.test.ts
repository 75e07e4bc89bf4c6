import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createSandbox } from './sandbox.ts';

let simulator: Awaited<ReturnType<typeof startOllamaSimulator>>;

beforeAll(async () => {
  simulator = await startOllamaSimulator({
    models: [
      'gpt-oss:20b',
      { name: 'llama3.3', capabilities: ['completion', 'tools'] },
      { name: 'llava:7b', capabilities: ['completion', 'tools', 'vision'] },
      { name: 'gemma:2b', capabilities: ['completion'] },
    ],
  });
});
afterAll(() => simulator.close());

/** What was asked of the model last. */
function lastRequest(): { messages: { role: string; content: unknown }[]; stream?: boolean; model: string } {
  return simulator.journal.of('/v1/chat/completions').at(-1)!.body as never;
}

test('the list shows the default first, then its fallbacks, then the rest, and marks missing models', async () => {
  const { openclaw, write } = createSandbox({ OLLAMA_HOST: simulator.url });
  write('openclaw.json', {
    agents: {
      defaults: {
        model: { primary: 'ollama/llama3.3', fallbacks: ['ollama/nope'] },
        imageModel: 'ollama/llava:7b',
        models: { 'ollama/gpt-oss:20b': { alias: 'oss' } },
      },
    },
  });
  const { stdout } = await openclaw(['models', 'list', '--json']);
  const { count, models } = JSON.parse(stdout) as {
    count: number;
    models: { key: string; tags: string[]; missing: boolean }[];
  };
  expect(count).toBe(4);
  expect(models.map(({ key, tags }) => [key, ...tags])).toEqual([
    ['ollama/llama3.3:latest', 'default'],
    ['ollama/nope', 'fallback#1', 'missing'],
    ['ollama/llava:7b', 'image'],
    ['ollama/gpt-oss:20b', 'alias:oss'],
  ]);
});

test('--all gives the reason for each hidden model, and --local leaves out what runs elsewhere', async () => {
  const { openclaw, write } = createSandbox({ OLLAMA_HOST: simulator.url, OLLAMA_API_KEY: 'x' });
  write('openclaw.json', {
    models: { providers: { acme: { baseUrl: 'https://api.acme.example/v1', models: [{ id: 'far' }] } } },
  });
  const all = await openclaw(['models', 'list', '--all']);
  expect(all.stdout).toMatch(/Hidden:\n {2}ollama\/gemma:2b: .+/);
  expect(all.stdout).toMatch(/acme\/far +text +\d+k +- +no +no/);
  const local = await openclaw(['models', 'list', '--local', '--plain']);
  expect(local.stdout).not.toContain('acme');
  const one = await openclaw(['models', 'list', '--provider', 'acme', '--plain']);
  expect(one.stdout).toBe('acme/far\n');
});

test('the list shows the size on disk of models whose server reports it', async () => {
  const sized = await startOllamaSimulator({
    models: [
      { name: 'gpt-oss:20b', size: 13_793_441_244 },
      { name: 'gpt-oss:120b-cloud', remoteHost: 'https://ollama.com:443' },
    ],
  });
  onTestFinished(() => sized.close());
  const { openclaw, write } = createSandbox({ OLLAMA_HOST: sized.url, OLLAMA_API_KEY: 'x' });
  write('openclaw.json', {
    models: { providers: { acme: { baseUrl: 'https://api.acme.example/v1', models: [{ id: 'far' }] } } },
  });
  const { stdout } = await openclaw(['models', 'list']);
  expect(stdout).toMatch(/^Model +Input +Ctx +Size +Local +Auth +Tags\n/);
  expect(stdout).toMatch(/ollama\/gpt-oss:20b +text +41k +13\.8 GB +yes/);
  expect(stdout).toMatch(/ollama\/gpt-oss:120b-cloud +text +41k +- +no/);
  expect((await openclaw(['models', 'list', '--provider', 'acme'])).stdout).not.toContain('Size');
  const { models } = JSON.parse((await openclaw(['models', 'list', '--json'])).stdout) as {
    models: { key: string; sizeBytes?: number }[];
  };
  expect(models.map(({ key, sizeBytes }) => [key, sizeBytes])).toEqual([
    ['acme/far', undefined],
    ['ollama/gpt-oss:120b-cloud', undefined],
    ['ollama/gpt-oss:20b', 13_793_441_244],
  ]);
});

test('if every model is hidden, the reasons and the commands follow at once', async () => {
  const onlyHidden = await startOllamaSimulator({
    models: [{ name: 'gemma:2b', capabilities: ['completion'] }, 'nomic-embed-text'],
  });
  onTestFinished(() => onlyHidden.close());
  const { openclaw } = createSandbox({ OLLAMA_HOST: onlyHidden.url, OLLAMA_API_KEY: 'x' });
  const { code, stdout, stderr } = await openclaw(['models', 'list']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^No usable models\.\n\nHidden:\n {2}ollama\/gemma:2b: .*tools/);
  expect(stdout).toContain('nomic-embed-text:latest is an embedding model');
  expect(stderr).toContain('Next: openclaw models pull gpt-oss:20b');
  expect(stderr).toContain('Next: openclaw models set ollama/gemma:2b');
  expect((await openclaw(['models', 'set', 'ollama/gemma:2b'])).code).toBe(0);
  expect((await openclaw(['agent', '-m', 'hello'])).stdout).toContain('You said: hello');
});

test('an Ollama that is running and not enabled is named, with the command that enables it', async () => {
  const { openclaw } = createSandbox({ OLLAMA_HOST: simulator.url });
  for (const argv of [
    ['models', 'list'],
    ['agent', '-m', 'hello'],
  ]) {
    const { code, stderr } = await openclaw(argv);
    expect(code).toBe(1);
    expect(stderr).toContain(`Ollama is running at ${simulator.url} with `);
    expect(stderr).toContain('openclaw config set models.providers.ollama.apiKey "ollama-local"');
  }
  expect((await openclaw(['config', 'set', 'models.providers.ollama.apiKey', 'ollama-local'])).code).toBe(0);
  expect((await openclaw(['agent', '-m', 'hello'])).code).toBe(0);
});

test('an empty list is a list', async () => {
  const { openclaw } = createSandbox({ OLLAMA_HOST: 'http://127.0.0.1:9' });
  expect(JSON.parse((await openclaw(['models', 'list', '--json'])).stdout)).toEqual({ count: 0, models: [] });
  const { code, stdout, stderr } = await openclaw(['models', 'list']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'No models found.\n' });
  expect(stderr).toContain('openclaw doctor');
});

test('an unknown provider is an error that names the nearest one', async () => {
  const { openclaw } = createSandbox({ OLLAMA_HOST: simulator.url, OLLAMA_API_KEY: 'x' });
  const { code, stderr } = await openclaw(['models', 'list', '--provider', 'olama']);
  expect(code).toBe(1);
  expect(stderr).toContain('There is no provider olama. Did you mean ollama?');
});

test('the message comes from the option, a file, or standard input', async () => {
  const { openclaw, home } = createSandbox({ OLLAMA_HOST: simulator.url });
  writeFileSync(join(home, 'question.txt'), 'from a file\n');
  const model = ['--model', 'ollama/llama3.3'];
  await openclaw(['agent', '-m', 'from an option', ...model]);
  expect(lastRequest().messages).toEqual([{ role: 'user', content: 'from an option' }]);
  await openclaw(['agent', '-m', 'explain', '--message-file', 'question.txt', '--system', 'Be brief.', ...model]);
  expect(lastRequest().messages).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'explain\n\nfrom a file' },
  ]);
  await openclaw(['agent', ...model], { input: 'from a pipe\n' });
  expect(lastRequest().messages.at(-1)).toEqual({ role: 'user', content: 'from a pipe' });
});

test('a message that is not text is rejected, from a file and from standard input', async () => {
  const { openclaw, home } = createSandbox({ OLLAMA_HOST: simulator.url });
  writeFileSync(join(home, 'nul'), 'a\0b');
  writeFileSync(join(home, 'binary'), Buffer.from([0xff, 0xfe, 0x41, 0x80]));
  writeFileSync(join(home, 'large'), 'x'.repeat(16 * 2 ** 20 + 1));
  const before = simulator.journal.of('/v1/chat/completions').length;
  const model = ['--model', 'ollama/llama3.3'];
  for (const [name, why] of [
    ['nul', 'is not text in UTF-8'],
    ['binary', 'is not text in UTF-8'],
    ['large', 'is larger than 16 MiB'],
  ] as const) {
    const { code, stderr } = await openclaw(['agent', '--message-file', name, ...model]);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`The message file ${join(home, name)} ${why}`)]);
  }
  const piped = await openclaw(['agent', ...model], { input: 'a\0b' });
  expect(piped.stderr).toContain('The message from standard input is not text in UTF-8');
  expect(simulator.journal.of('/v1/chat/completions')).toHaveLength(before);
});

test('the message may be given without an option, in one word or several', async () => {
  const { openclaw } = createSandbox({ OLLAMA_HOST: simulator.url });
  const model = ['--model', 'ollama/llama3.3'];
  await openclaw(['agent', 'Why is the sky blue?', ...model]);
  expect(lastRequest().messages.at(-1)).toEqual({ role: 'user', content: 'Why is the sky blue?' });
  await openclaw(['agent', ...model, 'hello', 'world']);
  expect(lastRequest().messages.at(-1)).toEqual({ role: 'user', content: 'hello world' });
  const twice = await openclaw(['agent', 'hello', '-m', 'world', ...model]);
  expect(twice.code).toBe(2);
  expect(twice.stderr).toContain('The message is given twice: as --message, and as "hello".');
});

test.each([
  ['a terminal shows words as they come', { terminal: true }, {}, [], true],
  ['a pipe gets a whole answer', {}, {}, [], false],
  ['a document is made of a whole answer', { terminal: true }, {}, ['--json'], false],
  ['the setting of the model wins over the terminal', { terminal: true }, { streaming: false }, [], false],
  ['the option wins over the terminal', { terminal: true }, {}, ['--no-stream'], false],
])('agent: %s', async (_name, options, settings, flags, stream) => {
  const { openclaw, write } = createSandbox({ OLLAMA_HOST: simulator.url });
  const models = { 'ollama/llama3.3': settings };
  write('openclaw.json', { agents: { defaults: { model: 'ollama/llama3.3', models } } });
  expect((await openclaw(['agent', 'hello', ...flags], options)).code).toBe(0);
  expect(lastRequest()).toMatchObject({ stream });
});

test('a message file may be a named pipe', async () => {
  const { openclaw, home } = createSandbox({ OLLAMA_HOST: simulator.url });
  execFileSync('mkfifo', [join(home, 'pipe')]);
  const running = openclaw(['agent', '--message-file', 'pipe', '--model', 'ollama/llama3.3']);
  await writeFile(join(home, 'pipe'), 'from a pipe\n');
  expect((await running).code).toBe(0);
  expect(lastRequest().messages.at(-1)).toEqual({ role: 'user', content: 'from a pipe' });
});

test('a key from standard input has a limit, also if the input never ends', async () => {
  const { openclaw } = createSandbox();
  const endless = Object.assign(
    Readable.from(
      (function* () {
        for (;;) yield 'x'.repeat(2 ** 16);
      })(),
    ),
    { isTTY: false },
  );
  const { code, stderr } = await openclaw(['models', 'auth', 'add', 'openrouter'], { openStdin: () => endless });
  expect([code, stderr]).toEqual([1, expect.stringContaining('The key from standard input is larger than 64 KiB')]);
});

test('a home that cannot be written is reported', async () => {
  const { openclaw } = createSandbox({ OPENCLAW_STATE_DIR: '/proc/nowhere' });
  const { code, stderr } = await openclaw(['models', 'auth', 'add', 'openrouter'], { input: 'sk-or-0123456789' });
  expect(code).toBe(1);
  expect(stderr).toContain('Cannot write /proc/nowhere/agents/main/agent: there is no such file or directory.');
  expect(stderr).not.toContain('Unexpected error');
});

test('an .env file that is none is a warning, not nothing', async () => {
  const { openclaw, home } = createSandbox({ OLLAMA_HOST: simulator.url, OLLAMA_API_KEY: 'x' });
  mkdirSync(join(home, '.openclaw/.env'), { recursive: true });
  const { code, stderr } = await openclaw(['models', 'list']);
  expect(code).toBe(0);
  expect(stderr).toContain(`${join(home, '.openclaw/.env')}:1:1: cannot be read (it is a directory, not a file)`);
});

test('a picture is sent to a model that sees', async () => {
  const { openclaw, home, write } = createSandbox({ OLLAMA_HOST: simulator.url });
  write('openclaw.json', { agents: { defaults: { model: 'ollama/llava:7b' } } });
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  writeFileSync(join(home, 'dot.png'), png);
  const { code } = await openclaw(['agent', '-m', 'What is this?', '--image', 'dot.png']);
  expect(code).toBe(0);
  expect(JSON.stringify(lastRequest().messages)).toContain(`data:image/png;base64,${png.toString('base64')}`);
  writeFileSync(join(home, 'not.png'), 'text');
  const refused = await openclaw(['agent', '-m', 'What is this?', '--image', 'not.png']);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('is not a PNG') });
});

test('--no-stream and --stream decide whether the server is asked for a stream', async () => {
  const { openclaw } = createSandbox({ OLLAMA_HOST: simulator.url });
  await openclaw(['agent', '-m', 'x', '--model', 'ollama/llama3.3', '--stream']);
  expect(lastRequest().stream).toBe(true);
  await openclaw(['agent', '-m', 'x', '--model', 'ollama/llama3.3', '--no-stream']);
  expect(lastRequest().stream ?? false).toBe(false);
});

test('reasoning and tool calls go to standard error, only the answer to standard output', async () => {
  const { openclaw } = createSandbox({ OLLAMA_HOST: simulator.url });
  const script = {
    steps: [{ reasoning: 'Hm.' }, { text: 'Here.' }, { toolCall: { name: 'look', arguments: { at: 1 } } }],
  };
  simulator.enqueue(script, script);
  const shown = await openclaw(['agent', '-m', 'x', '--model', 'ollama/gpt-oss:20b', '--reasoning', 'show']);
  expect(shown.stdout).toBe('Here.\n');
  expect(shown.stderr).toContain('Hm.');
  expect(shown.stderr).toContain('Tool call: look {"at":1}');
  const hidden = await openclaw(['agent', '-m', 'x', '--model', 'ollama/gpt-oss:20b', '--reasoning', 'hide']);
  expect(hidden.stderr).not.toContain('Hm.');
});

test('Ctrl-C ends the request and the command with 130', async () => {
  const { openclaw } = createSandbox({ OLLAMA_HOST: simulator.url });
  const controller = new AbortController();
  onTestFinished(() => simulator.release());
  simulator.enqueue({ steps: [{ stall: true }] });
  const running = openclaw(['agent', '-m', 'wait', '--model', 'ollama/llama3.3'], {
    interruption: () => controller.signal,
  });
  await simulator.journal.waitFor(({ rawBody }) => rawBody.includes('"wait"'));
  controller.abort();
  expect(await running).toMatchObject({ code: 130, stdout: '' });
  await simulator.journal.waitForClientLeft(({ rawBody }) => rawBody.includes('"wait"'));
});

test('Ctrl-C ends a probe of several models at once', async () => {
  const simulator = await startOllamaSimulator({ models: ['one', 'two'] });
  onTestFinished(() => simulator.close());
  const { openclaw, write } = createSandbox({ OLLAMA_HOST: simulator.url, OLLAMA_API_KEY: 'x' });
  write('openclaw.json', { agents: { defaults: { model: { primary: 'ollama/one', fallbacks: ['ollama/two'] } } } });
  simulator.enqueue({ steps: [{ stall: true }] });
  const controller = new AbortController();
  const running = openclaw(['models', 'status', '--probe'], { interruption: () => controller.signal });
  await simulator.journal.waitFor(({ path }) => path === '/v1/chat/completions');
  controller.abort();
  expect(await running).toMatchObject({ code: 130, stdout: '' });
  await simulator.journal.waitForClientLeft();
  expect(simulator.journal.of('/v1/chat/completions')).toHaveLength(1);
});

test('a named model is asked alone, and with --fallbacks not alone', async () => {
  const { openclaw, write } = createSandbox({ OLLAMA_HOST: simulator.url });
  write('openclaw.json', {
    models: { providers: { down: { baseUrl: 'http://127.0.0.1:9/v1', models: [{ id: 'm' }] } } },
    agents: { defaults: { model: { primary: 'ollama/gpt-oss:20b', fallbacks: ['ollama/llama3.3'] } } },
  });
  expect(await openclaw(['agent', '-m', 'x', '--model', 'down/m'])).toMatchObject({ code: 1, stdout: '' });
  const behind = await openclaw(['agent', '-m', 'x', '--model', 'down/m', '--fallbacks', '--json']);
  const { attempts } = JSON.parse(behind.stdout) as { attempts: { outcome: string }[] };
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['connection-failed', 'ok']);
});

test('changes keep comments and every other value', async () => {
  const { openclaw, write, configFile } = createSandbox({ OLLAMA_HOST: simulator.url });
  write('openclaw.json', "{\n  // mine\n  agents: { defaults: { model: 'ollama/gpt-oss:20b' } },\n}\n");
  expect(await openclaw(['models', 'set', 'llama3.3'])).toMatchObject({ code: 0 });
  expect(readFileSync(configFile, 'utf8')).toBe(
    "{\n  // mine\n  agents: { defaults: { model: 'ollama/llama3.3:latest' } },\n}\n",
  );
  expect(await openclaw(['config', 'set', 'gateway.port', 'none'])).toMatchObject({ code: 1 });
  expect(await openclaw(['config', 'set', 'gateway.port', '1', '--dry-run'])).toMatchObject({ code: 0 });
  expect(readFileSync(configFile, 'utf8')).not.toContain('gateway');
});

test('a name that no model has is not written, unless forced', async () => {
  const { openclaw } = createSandbox({ OLLAMA_HOST: simulator.url });
  const refused = await openclaw(['models', 'set', 'ollama/lama3.3']);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('ollama/llama3.3:latest');
  expect(await openclaw(['models', 'set', 'ollama/lama3.3', '--force'])).toMatchObject({ code: 0 });
});

test('an imported entry lists what was discovered, and works', async () => {
  const { openclaw, configFile } = createSandbox({ OLLAMA_HOST: simulator.url, OLLAMA_API_KEY: 'x' });
  expect(await openclaw(['models', 'import', 'ollama'])).toMatchObject({ code: 0 });
  expect(readFileSync(configFile, 'utf8')).toContain('gpt-oss:20b');
  const before = simulator.journal.entries.length;
  const { stdout } = await openclaw(['models', 'list', '--plain']);
  expect(stdout).toContain('ollama/gpt-oss:20b');
  expect(simulator.journal.entries).toHaveLength(before);
});

test('a key comes from standard input and is never shown', async () => {
  const { openclaw } = createSandbox();
  const key = 'sk-or-0123456789abcdef0123';
  const added = await openclaw(['models', 'auth', 'add', 'openrouter'], { input: `${key}\n` });
  const listed = await openclaw(['models', 'auth', 'list']);
  expect(added.code).toBe(0);
  expect(`${added.stdout}${listed.stdout}`).not.toContain(key);
  expect(await openclaw(['models', 'auth', 'add', 'openrouter', key])).toMatchObject({ code: 2 });
});

test('doctor finds the Ollama at OLLAMA_HOST although it is not enabled, and enables it', async () => {
  const { openclaw } = createSandbox({ OLLAMA_HOST: simulator.url });
  const { code, stdout } = await openclaw(['doctor']);
  expect(code).toBe(1);
  expect(stdout).toContain(`Ollama is running at ${simulator.url}.`);
  const fixed = await openclaw(['doctor', '--fix']);
  expect(fixed).toMatchObject({ code: 0 });
  expect((await openclaw(['models', 'list', '--plain'])).stdout).toContain('ollama/gpt-oss:20b');
});

test('doctor reports an OLLAMA_HOST that is no address, and a port that nothing but a browser would refuse', async () => {
  const { openclaw, env } = createSandbox({ OLLAMA_API_KEY: 'x' });
  const noAddress = await openclaw(['doctor'], { env: { ...env, OLLAMA_HOST: 'ftp://x' } });
  expect(noAddress.stdout).toMatch(/✗ Base URL .*OLLAMA_HOST: .*"ftp:\/\/x" cannot be used/);
  expect(noAddress.stdout).not.toContain('not enabled');
  const oddPort = await openclaw(['doctor'], { env: { ...env, OLLAMA_HOST: '127.0.0.1:9' } });
  expect(oddPort.stdout).toMatch(/✗ Connection .*http:\/\/127\.0\.0\.1:9 \(connection refused\)/);
});

test('doctor asks a server with the headers that its entry gives', async () => {
  const server = createServer(({ url, headers }, response) => {
    if (headers['x-team'] !== 'a') response.writeHead(401);
    response.end(url === '/api/tags' ? '{ "models": [] }' : '{ "version": "0.32.15", "models": [] }');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { openclaw, write } = createSandbox();
  const ollama = { baseUrl: `http://127.0.0.1:${port}`, discover: true, headers: { 'x-team': 'a' } };
  write('openclaw.json', { models: { providers: { ollama } } });
  const { stdout } = await openclaw(['doctor']);
  expect(stdout).toContain(`ollama is running at http://127.0.0.1:${port} (Ollama 0.32.15).`);
});

test('doctor fixes file modes and an entry that switches discovery off', async () => {
  const { openclaw, write, home } = createSandbox({ OLLAMA_HOST: simulator.url });
  mkdirSync(join(home, '.openclaw'), { mode: 0o755 });
  write('openclaw.json', { models: { providers: { ollama: { baseUrl: simulator.url } } } });
  expect(await openclaw(['doctor'])).toMatchObject({ code: 1 });
  const { code, stdout } = await openclaw(['doctor', '--fix', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: true,
    fixed: expect.arrayContaining([expect.objectContaining({ check: 'discovery' })]),
  });
  expect((await openclaw(['models', 'list', '--plain'])).stdout).toContain('ollama/gpt-oss:20b');
});

test.each([
  [['mod'], 'models'],
  [['models', 'al'], 'aliases'],
  [['models', 'set', 'ollama/g'], 'ollama/gpt-oss:20b'],
  [['agent', '--model', 'ollama/l'], 'ollama/llama3.3:latest'],
  [['agent', '--model=ollama/l'], '--model=ollama/llama3.3:latest'],
  [['agent', '--reas'], '--reasoning'],
  [['agent', '--reasoning', 's'], 'show'],
  [['completion', 'f'], 'fish'],
  [['models', 'list', '--provider', 'o'], 'ollama'],
])('%j can become %s', async (words, candidate) => {
  const { openclaw } = createSandbox({ OLLAMA_HOST: simulator.url, OLLAMA_API_KEY: 'x' });
  const { stdout } = await openclaw(['__complete', '--', ...words]);
  expect(stdout.split('\n').map((line) => line.split('\t')[0])).toContain(candidate);
});

test('gateway status shows the port that the environment sets', async () => {
  const { openclaw } = createSandbox({ OPENCLAW_GATEWAY_PORT: '9' });
  const { stdout } = await openclaw(['gateway', 'status']);
  expect(stdout).toContain('Gateway: http://127.0.0.1:9\n');
  expect(stdout).toContain('(bind loopback, port 9)');
});
