import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { discoverModels, OllamaDiscoveryError, resolveOllamaBaseUrl } from '@openclaw/ollama-discovery';
import { findFreePort, startOllamaSimulator } from '@openclaw/ollama-simulator';
import OpenAI from 'openai';
import { askWithTool } from './demo-tool-call.ts';

/**
 * Demonstrates the built command: discovery, a streamed answer with its reasoning and a tool call, a fallback, and the
 * gateway with the official client. Uses a real Ollama if one is running and has a model with tools, and the simulator
 * otherwise. Removes everything that it creates.
 */
const ROOT = resolve(import.meta.dirname, '..');
const COMMAND = join(ROOT, 'apps/cli/bin/openclaw.cjs');
/** Limits the demo if a real model is slow. */
const DEADLINE_MS = 55_000;

const stateDir = mkdtempSync(join(ROOT, 'node_modules/.demo-'));
const children = new Set<ChildProcess>();
const deadline = AbortSignal.timeout(DEADLINE_MS);

try {
  await using server = await findServer();
  const { model } = server;
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: stateDir,
    OPENCLAW_STATE_DIR: stateDir,
    OLLAMA_HOST: server.url,
    NODE_DISABLE_COMPILE_CACHE: '1',
    NO_COLOR: '1',
  };
  configure({ primary: `ollama/${model}` });

  heading('1. Discovered models');
  await openclaw(['models', 'list'], { environment });

  heading('2. One answer, streamed, with its reasoning and a tool call');
  await askWithTool({ baseUrl: server.url, model, signal: deadline });

  heading('3. The first model is down; its fallback answers');
  configure({ primary: `workstation/${model}`, fallbacks: [`ollama/${model}`], down: await findFreePort() });
  await openclaw(['agent', '-m', 'Say hello.'], { environment });

  heading('4. The gateway, with the official openai client');
  const port = await findFreePort();
  const gateway = start(['gateway', 'run', '--port', String(port)], { environment, output: 'pipe' });
  await showGreeting(gateway);
  await askThroughGateway({ port, model });
  gateway.kill('SIGTERM');
  await once(gateway, 'exit');

  console.log(`\nDone. ${server.simulated ? 'All answers were SIMULATED. ' : ''}Nothing is left running.`);
} finally {
  for (const child of children) child.kill('SIGKILL');
  rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 });
}

interface DemoServer extends AsyncDisposable {
  readonly url: string;
  readonly model: string;
  readonly simulated: boolean;
}

async function findServer(): Promise<DemoServer> {
  const { nativeUrl } = resolveOllamaBaseUrl({ ollamaHost: process.env['OLLAMA_HOST'] });
  try {
    const { models } = await discoverModels({ baseUrl: nativeUrl, timeoutMs: 5000 });
    // The smallest model is the most likely to answer within the deadline.
    const [smallest] = models
      .filter(({ remoteHost }) => remoteHost === undefined)
      .toSorted((a, b) => a.sizeBytes - b.sizeBytes);
    if (smallest !== undefined) {
      console.log(`Using Ollama at ${nativeUrl} with ${smallest.name}.`);
      return { url: nativeUrl, model: smallest.name, simulated: false, [Symbol.asyncDispose]: async () => {} };
    }
    console.log(`Ollama at ${nativeUrl} has no model with tools. To get one: ollama pull gpt-oss:20b`);
  } catch (error) {
    if (!(error instanceof OllamaDiscoveryError)) throw error;
    console.log(`Cannot reach Ollama at ${nativeUrl}.`);
  }
  const simulator = await startOllamaSimulator({
    models: [
      { name: 'gpt-oss:20b', size: 13_793_441_244, contextLength: 131_072, modifiedAt: '2026-06-12T09:00:00Z' },
      {
        name: 'llama3.3',
        size: 42_520_413_916,
        contextLength: 131_072,
        capabilities: ['completion', 'tools'],
        modifiedAt: '2026-06-11T09:00:00Z',
      },
      'nomic-embed-text',
    ],
    // Requests with a tool get reasoning and a call of the tool; other requests get the simulator's default reply.
    reply: ({ tools, messages }) =>
      tools.length > 0 && messages.at(-1)?.['role'] === 'user'
        ? {
            pieceLength: 6,
            pauseMs: 15,
            steps: [
              { reasoning: 'They ask about the weather, so I look it up.' },
              { toolCall: { name: 'get_weather', arguments: { city: 'Oslo' } } },
            ],
          }
        : undefined,
  });
  console.log(`Using the embedded simulator at ${simulator.url}. All answers are SIMULATED.`);
  return { url: simulator.url, model: 'gpt-oss:20b', simulated: true, [Symbol.asyncDispose]: () => simulator.close() };
}

function configure({ primary, fallbacks = [], down }: { primary: string; fallbacks?: string[]; down?: number }): void {
  const workstation = { baseUrl: `http://127.0.0.1:${down}/v1`, api: 'openai-completions' };
  const configuration = {
    ...(down === undefined ? {} : { models: { providers: { workstation } } }),
    logging: { consoleLevel: 'silent' },
    agents: { defaults: { model: { primary, fallbacks } } },
  };
  writeFileSync(join(stateDir, 'openclaw.json'), JSON.stringify(configuration, undefined, 2), { mode: 0o600 });
}

interface CommandOptions {
  readonly environment: Record<string, string>;
  /** @default that of the demo */
  readonly output?: 'pipe';
}

function start(args: readonly string[], { environment, output }: CommandOptions): ChildProcess {
  console.log(`$ openclaw ${args.map((arg) => (arg.includes(' ') ? `"${arg}"` : arg)).join(' ')}`);
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: environment,
    // Both outputs go to one stream, in the order in which a terminal shows them.
    stdio: ['ignore', output ?? process.stdout, process.stdout],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

async function openclaw(args: readonly string[], options: CommandOptions): Promise<void> {
  const [code] = await once(start(args, options), 'exit', { signal: deadline });
  if (code !== 0) throw new Error(`openclaw ${args[0]} exited with code ${code}.`);
}

/** Shows what the gateway prints until its models are listed, so that nothing is printed between later lines. */
async function showGreeting({ stdout }: ChildProcess): Promise<void> {
  let shown = '';
  for await (const piece of stdout?.setEncoding('utf8') ?? []) {
    process.stdout.write(String(piece));
    shown += String(piece);
    if (/^ {2}Models .*\n/m.test(shown)) return;
  }
}

async function askThroughGateway({ port, model }: { port: number; model: string }): Promise<void> {
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) deadline.throwIfAborted();
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'unused' });
  const { data } = await client.models.list({ signal: deadline });
  console.log(`client.models.list() → ${data.map(({ id }) => id).join(', ')}`);
  const stream = await client.chat.completions.create(
    { model: `ollama/${model}`, stream: true, messages: [{ role: 'user', content: 'Say hello.' }] },
    { signal: deadline },
  );
  process.stdout.write('client.chat.completions.create({ stream: true }) → ');
  let answeredBy = '';
  for await (const chunk of stream) {
    answeredBy = chunk.model;
    process.stdout.write(chunk.choices[0]?.delta.content ?? '');
  }
  console.log(`\n(answered by ${answeredBy})`);
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: deadline })).ok;
  } catch {
    deadline.throwIfAborted();
    return false; // not listening yet
  }
}

function heading(text: string): void {
  console.log(`\n── ${text}`);
}
