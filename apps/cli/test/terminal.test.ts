import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { playRecording, startOllamaSimulator, type OllamaSimulatorOptions } from '@openclaw/ollama-simulator';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hasTmux, openTerminal, type TestTerminal } from './terminal.ts';

const MAIN = resolve(import.meta.dirname, '../src/main.ts');

/** With the cache of the test run, a process need not strip the types of every file again. */
const { NODE_COMPILE_CACHE = '' } = process.env;

const PULL_LINES = [
  { status: 'pulling manifest' },
  { status: 'pulling 6a0746a1ec1a', digest: 'sha256:6a', total: 1000, completed: 1000 },
  { status: 'success' },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join('');

interface Stage {
  readonly terminal: TestTerminal;
  readonly home: string;
  readonly simulator: Awaited<ReturnType<typeof startOllamaSimulator>>;
  /** Runs another command in another terminal. */
  readonly run: (args: string) => TestTerminal;
}

/** Starts the command from its sources in a terminal, before a simulated Ollama. */
async function stage(args: string, options: OllamaSimulatorOptions = {}): Promise<Stage> {
  const simulator = await startOllamaSimulator({
    models: ['gpt-oss:20b', { name: 'llama3.3', capabilities: ['completion', 'tools'] }],
    ...options,
  });
  const home = mkdtempSync(join(tmpdir(), 'openclaw-terminal-'));
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, OLLAMA_HOST: simulator.url, NODE_COMPILE_CACHE };
  onTestFinished(async () => {
    await simulator.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  const run = (words: string): TestTerminal => {
    const terminal = openTerminal(`'${process.execPath}' --conditions=@openclaw/source '${MAIN}' ${words}`, { env });
    onTestFinished(() => terminal.close());
    return terminal;
  };
  return { terminal: run(args), home, simulator, run };
}

describe.skipIf(!hasTmux)('in a terminal (needs tmux)', { timeout: 300_000 }, () => {
  test('a conversation: answers, several lines, slash commands, history, Ctrl-C, Ctrl-D', async () => {
    const { terminal, home, simulator } = await stage('chat --model ollama/gpt-oss:20b');
    await terminal.waitFor(/ollama\/gpt-oss:20b answers\. \/help/);

    simulator.enqueue({ steps: [{ reasoning: 'They greet.' }, { text: '# Hi\n\n**bold** and `code`\n\n- one\n' }] });
    terminal.type('hello', 'Enter');
    const first = await terminal.waitFor(/• one[^]*tokens/);
    expect(first).toContain('They greet.');
    expect(first).toContain('bold and code');
    expect(first).not.toContain('**');

    terminal.type('first \\', 'Enter');
    await terminal.waitFor(/…/);
    terminal.type('second', 'Enter');
    await simulator.journal.waitFor(({ rawBody }) => rawBody.includes(String.raw`first \nsecond`));
    await terminal.waitFor(/You said: first/);

    terminal.type('/modle', 'Enter');
    await terminal.waitFor(/Did you mean \/model\?/);
    terminal.type('/model llama3.3', 'Enter');
    await terminal.waitFor(/Model: ollama\/llama3\.3/);
    terminal.type('/models', 'Enter');
    await terminal.waitFor(/ollama\/gpt-oss:20b\n/);

    simulator.enqueue({ steps: [{ text: 'One moment' }, { stall: true }] });
    terminal.type('take your time', 'Enter');
    await terminal.waitFor(/take your time\nOne/);
    terminal.type('C-c');
    await simulator.journal.waitForClientLeft();
    await terminal.waitFor(/Interrupted\./);

    simulator.enqueue({ steps: [{ stall: true }] });
    terminal.type('now', 'Enter');
    await terminal.waitFor(/waiting for the model…/);
    terminal.type('C-c');
    await terminal.waitFor(/Interrupted\.[^]*> now\n[^]*Interrupted\./);

    terminal.type('/reset', 'Enter');
    await terminal.waitFor(/Started a new conversation/);
    terminal.type('still there?', 'Enter');
    await terminal.waitFor(/You said: still there\?/);
    terminal.type('Up');
    await terminal.waitFor(/> still there\?$/);
    terminal.type('C-c');
    terminal.type('C-d');
    await terminal.waitFor(/exit code 0/);

    const history = join(home, '.openclaw/chat-history');
    expect(readFileSync(history, 'utf8')).toContain('hello');
    expect(statSync(history).mode & 0o777).toBe(0o600);
  });

  test('a conversation names the default model, and does not start without one', async () => {
    const { terminal, run } = await stage('chat');
    expect(await terminal.waitFor(/exit code 1/)).toMatch(/No model is configured[^]*Next: openclaw onboard/);
    await run('models set ollama/llama3.3').waitFor(/exit code 0/);
    await run('chat').waitFor(/ollama\/llama3\.3:latest answers\. \/help/);
  });

  test('an answer shows as it comes, is measured, and wraps at the new width after a resize', async () => {
    const { terminal, simulator } = await stage('chat --model ollama/gpt-oss:20b');
    await terminal.waitFor(/answers\. \/help/);
    const words = 'wrap these words at the edge of the terminal '.repeat(4);
    simulator.enqueue({ steps: [{ text: 'At first.\n\n' }, { stall: true }, { text: `${words}\n` }] });
    terminal.type('go', 'Enter');
    await terminal.waitFor(/At first\./);
    terminal.resize(40, 40);
    await terminal.waitFor(/At first\./);
    simulator.release();
    const shown = await terminal.waitFor(/gpt-oss:20b, \d+ tokens/);
    expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
    terminal.paste('one\ntwo');
    terminal.type('Enter');
    await simulator.journal.waitFor(({ rawBody }) => rawBody.includes(String.raw`one\ntwo`));
  });

  test('the line below a question says whether the model loads or thinks', async () => {
    const { terminal, simulator } = await stage('chat --no-stream --model ollama/gpt-oss:20b');
    await terminal.waitFor(/answers\. \/help/);
    simulator.enqueue({ steps: [{ text: 'a' }], loadMs: 600_000 }, [{ stall: true }, { text: 'done' }]);
    terminal.type('load', 'Enter');
    await terminal.waitFor(/loading gpt-oss:20b… \d+ s/);
    terminal.type('C-c');
    await terminal.waitFor(/Interrupted/);
    simulator.load('gpt-oss:20b');
    terminal.type('think', 'Enter');
    await terminal.waitFor(/thinking…/);
    simulator.release();
    await terminal.waitFor(/done/);
  });

  test('a conversation is saved for its owner only, and continues with its instructions', async () => {
    const { terminal, home, simulator, run } = await stage('chat --model ollama/gpt-oss:20b');
    await terminal.waitFor(/answers\. \/help/);
    terminal.type('/system Answer in Dutch.', 'Enter');
    await terminal.waitFor(/System instructions: Answer in Dutch\./);
    terminal.type('/think off', 'Enter');
    await terminal.waitFor(/Thinking: off/);
    terminal.type('/copy', 'Enter');
    await terminal.waitFor(/There is no answer yet/);
    terminal.type('remember 42', 'Enter');
    await terminal.waitFor(/You said: remember 42/);
    terminal.type('/copy', 'Enter');
    await terminal.waitFor(/Copied, if your terminal allows it/);
    terminal.type('C-d');
    await terminal.waitFor(/exit code 0/);
    expect(simulator.journal.of('/v1/chat/completions').at(-1)?.body).toMatchObject({ reasoning_effort: 'none' });
    const [file = ''] = globSync(join(home, '.openclaw/chats/*.json'));
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const again = run('chat --continue');
    await again.waitFor(/Continuing after 2 messages\. Your last one: remember 42/);
    again.type('which number?', 'Enter');
    await again.waitFor(/You said: which number\?/);
    expect(simulator.journal.of('/v1/chat/completions').at(-1)?.body).toMatchObject({
      model: 'gpt-oss:20b',
      messages: [
        { role: 'system', content: 'Answer in Dutch.' },
        { content: 'remember 42' },
        {},
        { content: 'which number?' },
      ],
    });
    again.type('C-d');
    await again.waitFor(/exit code 0/);
    expect(globSync(join(home, '.openclaw/chats/*.json'))).toEqual([file]);
  });

  test('--no-save and chat.save: false save nothing', async () => {
    const { terminal, home, run } = await stage('chat --no-save --model ollama/gpt-oss:20b');
    await terminal.waitFor(/answers\. \/help/);
    terminal.type('hello', 'Enter');
    await terminal.waitFor(/You said: hello/);
    terminal.type('C-d');
    await terminal.waitFor(/exit code 0/);
    writeFileSync(join(home, '.openclaw/openclaw.json'), '{ chat: { save: false } }', { mode: 0o600 });
    const again = run('chat --continue --model ollama/gpt-oss:20b');
    await again.waitFor(/No conversation is saved/);
    again.type('hello', 'Enter');
    await again.waitFor(/You said: hello/);
    again.type('C-d');
    await again.waitFor(/exit code 0/);
    expect(globSync(join(home, '.openclaw/chats/*'))).toEqual([]);
  });

  test('setting up: questions, a real answer, the file before it is written', async () => {
    const { terminal, home, simulator } = await stage('onboard');
    await terminal.waitFor(/Which model do you want to use\?/);
    terminal.type('Down', 'Enter');
    await terminal.waitFor(/Which fallbacks/);
    terminal.type('Space', 'Enter');
    const shown = await terminal.waitFor(/Write this\?/);
    expect(shown).toContain('simulated reply');
    expect(shown).toMatch(/\+ .*primary: "ollama\//);
    // A test, and the same tool call whole and streamed.
    expect(simulator.journal.of('/v1/chat/completions')).toHaveLength(3);
    expect(shown).toMatch(/\+ .*streaming: true/);
    terminal.type('Enter');
    await terminal.waitFor(/exit code 0/);
    expect(readFileSync(join(home, '.openclaw/openclaw.json'), 'utf8')).toContain('fallbacks');
  });

  test('without a model, setting up downloads one and uses it: two answers are enough', async () => {
    const pulled: string[] = [];
    const { terminal, home, simulator } = await stage('onboard', {
      models: [],
      intercept: ({ path, body }) => {
        if (path !== '/api/pull') return undefined;
        const { model } = body as { model: string };
        pulled.push(model);
        simulator.models.add(model);
        return playRecording(new TextEncoder().encode(PULL_LINES), { contentType: 'application/x-ndjson' });
      },
    });
    await terminal.waitFor(/Download a model that can call tools\?[^]*about [\d.]+ GB/);
    terminal.type('Enter');
    await terminal.waitFor(/Write this\?/);
    terminal.type('Down', 'Enter');
    await terminal.waitFor(/exit code 0/);
    const written = readFileSync(join(home, '.openclaw/openclaw.json'), 'utf8');
    expect(written).toContain(`ollama/${pulled[0]}`);
    expect(written).not.toContain('streaming');
  });

  test('with one model, setting up asks for neither model nor fallbacks', async () => {
    const { terminal, home } = await stage('onboard', { models: ['gpt-oss:20b'] });
    const shown = await terminal.waitFor(/Write this\?/);
    expect(shown).toContain('Found one model, ollama/gpt-oss:20b, at http');
    expect(shown).not.toContain('Which');
    terminal.type('Enter');
    await terminal.waitFor(/exit code 0/);
    expect(readFileSync(join(home, '.openclaw/openclaw.json'), 'utf8')).toContain('ollama/gpt-oss:20b');
  });

  test('cancelling a question writes nothing', async () => {
    const { terminal, home } = await stage('onboard');
    await terminal.waitFor(/Which model do you want to use\?/);
    terminal.type('C-c');
    const shown = await terminal.waitFor(/exit code 130/);
    expect(shown).toContain('Nothing was written.');
    expect(() => statSync(join(home, '.openclaw/openclaw.json'))).toThrow('ENOENT');
  });

  test('a key is prompted for and not shown', async () => {
    const { terminal, home } = await stage('models auth add openrouter');
    await terminal.waitFor(/Key for openrouter/);
    terminal.type('sk-or-0123456789abcdef0123');
    terminal.type('Enter');
    const shown = await terminal.waitFor(/exit code 0/);
    expect(shown).not.toContain('0123456789');
    const store = join(home, '.openclaw/agents/main/agent/auth-profiles.json');
    expect(readFileSync(store, 'utf8')).toContain('sk-or-0123456789abcdef0123');
  });
});
