import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startStack, STREAMING } from '../start-stack.ts';
import type { Stack, StackOptions } from '../start-stack.ts';
import { installClient } from './install-client.ts';

const VERSION = '0.171.0';
const TIMEOUT_MS = 120_000;

const codex = await installClient({ spec: `@openai/codex@${VERSION}`, command: 'codex' });
if ('reason' in codex) process.stderr.write(`Codex is not tested: ${codex.reason}.\n`);

describe.skipIf('reason' in codex)('the real Codex', { timeout: TIMEOUT_MS }, () => {
  /** Runs one turn of Codex in an empty folder, with a home of its own. */
  async function runCodex(options: StackOptions, more: { catalog?: object } = {}) {
    const stack = await startStack({ config: STREAMING, ...options });
    const folder = await mkdtemp(join(tmpdir(), 'openclaw-codex-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    const [home, work] = [join(folder, 'home'), join(folder, 'work')];
    await mkdir(home);
    await mkdir(work);
    await writeFile(join(home, 'config.toml'), await configure(stack, { home, ...more }));
    const child = spawn('path' in codex ? codex.path : '', ['exec', '--json', '--skip-git-repo-check', 'Do it.'], {
      cwd: work,
      env: { PATH: process.env['PATH'], HOME: home, CODEX_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const events = output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as CodexEvent);
    const items = events.flatMap((event) => (event.type === 'item.completed' && event.item ? [event.item] : []));
    return { ...stack, work, items, events, errors, code: await exit };
  }

  test('prints an answer, and counts its tokens', async () => {
    const { items, events, code } = await runCodex({
      simulator: { reply: () => ({ steps: [{ text: 'Hello.' }], usage: { promptTokens: 900, completionTokens: 7 } }) },
    });
    expect(code).toBe(0);
    expect(items).toContainEqual(expect.objectContaining({ type: 'agent_message', text: 'Hello.' }));
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed', usage: { input_tokens: 900, output_tokens: 7 } });
  });

  test('runs a tool, and gives its output and the reasoning to the model', async () => {
    const command = { cmd: 'echo marker > made.txt; cat made.txt' };
    const { simulator, items, work, code } = await runCodex({
      simulator: {
        reply: ({ body }) =>
          JSON.stringify(body).includes('"role":"tool"')
            ? 'It is done.'
            : [
                { reasoning: 'A file.' },
                { text: 'I will.' },
                { toolCall: { name: 'exec_command', arguments: command } },
              ],
      },
    });
    expect(code).toBe(0);
    expect(await readFile(join(work, 'made.txt'), 'utf8')).toBe('marker\n');
    expect(items.filter(({ type }) => type === 'agent_message').map((item) => item.text)).toEqual([
      'I will.',
      'It is done.',
    ]);
    const messages = messagesOf(simulator, 1);
    expect(messages.filter(({ role }) => role === 'system')).toHaveLength(1);
    expect(messages.find(({ role }) => role === 'assistant')).toMatchObject({ thinking: 'A file.' });
    expect(messages.at(-1)).toMatchObject({ role: 'tool', content: expect.stringContaining('marker') });
  });

  test('gets the answer of the next model when the first fails', async () => {
    const { items, code, simulator } = await runCodex({
      config: {
        agents: {
          defaults: {
            model: { primary: 'ollama/qwen3:8b', fallbacks: ['ollama/gpt-oss:20b'] },
            retry: { maxRetries: 0 },
          },
        },
      },
      simulator: { reply: ({ body }) => (isFor(body, 'qwen3:8b') ? [{ error: 'out of memory' }] : 'From the next.') },
    });
    expect(code).toBe(0);
    expect(items).toContainEqual(expect.objectContaining({ type: 'agent_message', text: 'From the next.' }));
    expect(simulator.journal.of('/api/chat')).toHaveLength(2);
  });

  test('asks again when a stream breaks off, and shows the answer once', async () => {
    let requests = 0;
    const { items, code } = await runCodex({
      simulator: { reply: () => (requests++ === 0 ? [{ text: 'Half an ans' }, { cut: true }] : 'The whole answer.') },
    });
    expect(code).toBe(0);
    expect(requests).toBe(2);
    expect(items.filter(({ type }) => type === 'agent_message')).toMatchObject([{ text: 'The whole answer.' }]);
  });

  test('asks once when the context is full, and says so', async () => {
    const body = '{"error":{"message":"the input length exceeds the context length"}}';
    const { events, code, simulator } = await runCodex({
      simulator: { reply: () => ({ http: { status: 400, headers: { 'content-type': 'application/json' }, body } }) },
    });
    expect(code).toBe(1);
    // The gateway asks the server with a larger context, and with the whole window, before it fails.
    expect(simulator.journal.of('/api/chat')).toHaveLength(3);
    expect(JSON.stringify(events.at(-1))).toContain('context window');
  });

  test('applies a patch that a model wrote as the text of a tool', async () => {
    const input = '*** Begin Patch\n*** Add File: made.txt\n+marker\n*** End Patch\n';
    const { simulator, work, code } = await runCodex(
      {
        simulator: {
          reply: ({ body }) =>
            JSON.stringify(body).includes('"role":"tool"')
              ? 'It is done.'
              : [{ toolCall: { name: 'apply_patch', arguments: { input } } }],
        },
      },
      { catalog: { apply_patch_tool_type: 'freeform' } },
    );
    expect(code).toBe(0);
    expect(await readFile(join(work, 'made.txt'), 'utf8')).toBe('marker\n');
    const messages = messagesOf(simulator, 1);
    expect(messages.at(-2)).toMatchObject({ tool_calls: [{ function: { name: 'apply_patch' } }] });
    expect(messages.at(-1)).toMatchObject({ role: 'tool', content: expect.stringContaining('Success') });
  });

  test('finds a tool of a namespace', async () => {
    const { simulator, code } = await runCodex({
      simulator: {
        reply: ({ body }) =>
          JSON.stringify(body).includes('"role":"tool"')
            ? 'It is done.'
            : [{ toolCall: { name: 'multi_agent_v1__close_agent', arguments: { target: 'none' } } }],
      },
    });
    expect(code).toBe(0);
    const messages = messagesOf(simulator, 1);
    // Codex answers "unsupported call" for a tool that it does not find.
    expect(messages.at(-1)?.content).toContain('agent');
    expect(messages.at(-1)?.content).not.toContain('unsupported');
  });

  test("reads the gateway's list of models as its catalog", async () => {
    const { items, code, simulator } = await runCodex({}, { catalog: {} });
    expect(code).toBe(0);
    // A model that Codex does not know has a warning.
    expect(items).toMatchObject([{ type: 'agent_message', text: 'Hello.' }]);
    const messages = messagesOf(simulator, 0);
    expect(messages[0]?.content).toContain('You are a coding agent in the Codex CLI.');
  });
});

interface CodexEvent {
  readonly type: string;
  readonly item?: { readonly type: string; readonly text?: string };
}

interface WireMessage {
  readonly role: string;
  readonly content: string;
}

/** What the model read with its first request, or a later one. */
function messagesOf({ journal }: Stack['simulator'], index: number): readonly WireMessage[] {
  const body = journal.of('/api/chat').at(index)?.body as { messages: WireMessage[] } | undefined;
  return body?.messages ?? [];
}

function isFor(body: unknown, model: string): boolean {
  return (body as { model?: string }).model === model;
}

/** `catalog`: the list of models is the gateway's, with these changes. */
async function configure({ gateway }: Stack, { home, catalog }: { home: string; catalog?: object }) {
  const catalogPath = join(home, 'catalog.json');
  if (catalog !== undefined) {
    const list = await fetch(`${gateway.url}/v1/models?client_version=${VERSION}`);
    const { models } = (await list.json()) as { models: object[] };
    await writeFile(catalogPath, JSON.stringify({ models: models.map((model) => ({ ...model, ...catalog })) }));
  }
  return `
model = "openclaw"
model_provider = "openclaw"
${catalog ? `model_catalog_json = ${JSON.stringify(catalogPath)}` : 'model_context_window = 131072'}
approval_policy = "never"
sandbox_mode = "danger-full-access"
check_for_update_on_startup = false

[analytics]
enabled = false

[model_providers.openclaw]
name = "OpenClaw gateway"
base_url = "${gateway.url}/v1"
wire_api = "responses"
stream_max_retries = 2
`;
}
