import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reply } from '@openclaw/ollama-simulator';
import { assert, describe, expect, onTestFinished, test } from 'vitest';
import { startStack, STREAMING } from '../start-stack.ts';
import type { Stack, StackOptions } from '../start-stack.ts';
import { installClient } from './install-client.ts';

const claude = await installClient({ spec: '@anthropic-ai/claude-code@2.1.332', command: 'claude' });
if ('reason' in claude) process.stderr.write(`Claude Code is not tested: ${claude.reason}.\n`);

interface Session extends Stack {
  /** The directory in which it runs, and its home. */
  readonly folder: string;
  readonly program: ChildProcess;
  /** Its output and its exit code, once it has ended. */
  readonly ended: Promise<{ readonly output: string; readonly code: number | null }>;
}

/** Runs one turn of the real program in front of a gateway, without a login and with a home of its own. */
async function run(prompt: string, { args = [], ...options }: StackOptions & { args?: string[] }): Promise<Session> {
  const stack = await startStack(options);
  const folder = await mkdtemp(join(tmpdir(), 'openclaw-claude-code-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  const program = spawn('path' in claude ? claude.path : '', ['-p', prompt, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      ANTHROPIC_BASE_URL: stack.gateway.url,
      ANTHROPIC_AUTH_TOKEN: 'unused',
      ANTHROPIC_MODEL: 'openclaw',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
      DISABLE_ERROR_REPORTING: '1',
      DISABLE_TELEMETRY: '1',
    },
  });
  onTestFinished(() => void program.kill('SIGKILL'));
  let output = '';
  program.stdout.on('data', (data) => (output += String(data)));
  const ended = new Promise<{ output: string; code: number | null }>((resolve, reject) => {
    program.on('error', reject).on('close', (code) => resolve({ output: output.trim(), code }));
  });
  return { ...stack, folder, program, ended };
}

/** Requests to models. Ollama gets those of Claude Code over its own API, as their prompts need a larger context. */
const chats = ({ simulator }: Stack) => simulator.journal.of('/api/chat');

/** What the upstream was asked last. */
function lastMessages(stack: Stack): Record<string, unknown>[] {
  const last = chats(stack).at(-1);
  assert(last !== undefined, 'No model was asked.');
  return (last.body as { messages: Record<string, unknown>[] }).messages;
}

const ONCE = { retry: { maxRetries: 0 } };
const STREAMING_ONCE = { agents: { defaults: { ...STREAMING.agents.defaults, ...ONCE } } };

describe.skipIf('reason' in claude)('Claude Code', { timeout: 180_000 }, () => {
  test('shows an answer', async () => {
    const session = await run('Say done.', { simulator: { reply: () => [{ reasoning: 'Hm.' }, { text: 'done.' }] } });
    expect(await session.ended).toEqual({ output: 'done.', code: 0 });
    expect(chats(session)).toHaveLength(1);
  });

  test('runs a tool, and sends its result and the reasoning before it back', async () => {
    const command = 'echo from the tool | tee ran.txt';
    const steps: Reply[] = [
      [{ reasoning: 'A tool will know.' }, { toolCall: { name: 'Bash', arguments: { command, description: 'Echo' } } }],
      'The tool ran.',
    ];
    let asked = 0;
    const session = await run('Run it.', {
      args: ['--allowedTools', 'Bash'],
      simulator: { reply: () => steps[Math.min(asked++, 1)] ?? '' },
    });
    expect(await session.ended).toEqual({ output: 'The tool ran.', code: 0 });
    expect(await readFile(join(session.folder, 'ran.txt'), 'utf8')).toBe('from the tool\n');
    expect(lastMessages(session).slice(-2)).toMatchObject([
      { role: 'assistant', thinking: 'A tool will know.', tool_calls: [{ function: { name: 'Bash' } }] },
      { role: 'tool', content: expect.stringContaining('from the tool') },
    ]);
  });

  test('is answered by the next model when the first fails', async () => {
    const model = { primary: 'ollama/qwen3:8b', fallbacks: ['ollama/gpt-oss:20b'] };
    const session = await run('Hi', {
      config: { agents: { defaults: { model, ...ONCE } } },
      simulator: {
        reply: ({ body }) =>
          (body as { model: string }).model === 'qwen3:8b' ? [{ error: 'out of memory' }] : 'From the second.',
      },
    });
    expect(await session.ended).toEqual({ output: 'From the second.', code: 0 });
  });

  test('asks again when a stream is interrupted, and shows only the whole answer', async () => {
    let asked = 0;
    const session = await run('Hi', {
      config: STREAMING_ONCE,
      simulator: { reply: () => (asked++ === 0 ? [{ text: 'Half an ans' }, { cut: true }] : 'The whole answer.') },
    });
    expect(await session.ended).toEqual({ output: 'The whole answer.', code: 0 });
    expect(chats(session)).toHaveLength(2);
  });

  test('recognises a full context, and does not ask again', async () => {
    const body = { error: { message: 'the input length exceeds the context length' } };
    const session = await run('Hi', { simulator: { reply: () => ({ http: { status: 400, body } }) } });
    expect(await session.ended).toEqual({ output: expect.stringContaining('Prompt is too long'), code: 1 });
    // One request of the client: the gateway asks with the planned context, and then with the whole window.
    expect(chats(session).map((request) => request.body)).toMatchObject([
      { options: { num_ctx: 32_768 } },
      { options: { num_ctx: 40_960 } },
    ]);
  });

  test('frees the server when it is stopped', async () => {
    const session = await run('Hi', {
      config: STREAMING_ONCE,
      simulator: { reply: () => [{ text: 'One' }, { stall: true }] },
    });
    await session.simulator.journal.waitFor(({ phase }) => phase === 'stalled');
    session.program.kill('SIGKILL');
    expect(await session.simulator.journal.waitForClientLeft()).toMatchObject({ path: '/api/chat' });
  });
});
