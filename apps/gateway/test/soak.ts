import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { Reply } from '@openclaw/ollama-simulator';

export interface SoakOptions {
  /** Requests that are read to their end, whole and streamed, with every third one failing somehow. */
  readonly requests: number;
  /** Streams whose clients leave in the middle. */
  readonly leavers: number;
}

export interface SoakReport {
  /** Replies by kind: a status, `done` for a stream with its end, `error-event` for one with an error. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Streams that ended with neither; must be none. */
  readonly unclear: number;
  readonly memoryMiB: { readonly warm: number; readonly after: number };
  readonly sockets: { readonly warm: number; readonly after: number };
  /** Upstream requests that nobody waited for and that did not end; must be none. */
  readonly leftUpstream: number;
  readonly exitCode: number | null;
}

const FAILURES: Reply[] = [
  { http: { reset: true } },
  [{ text: 'One' }, { cut: true }],
  [{ error: 'runner died' }],
  { http: { status: 400, body: '{"error":{"message":"no"}}' } },
  [{ text: 'One' }, { end: true }],
];

/** With little room the collector keeps the memory close to what is really held, and a leak ends the process. */
const SMALL_HEAP = ['--max-old-space-size=96', '--max-semi-space-size=2'];

/** Runs the gateway as a process of its own against a simulator that fails a lot, and looks at what is left of it. Linux only. */
export async function soak({ requests, leavers }: SoakOptions): Promise<SoakReport> {
  const stateDir = await mkdtemp(join(tmpdir(), 'openclaw-soak-'));
  let answered = 0;
  const simulator = await startOllamaSimulator({
    models: [{ name: 'gpt-oss:20b', capabilities: ['completion', 'tools'] }],
    reply: ({ body }) => {
      if (JSON.stringify(body).includes('for ever'))
        return { steps: Array.from({ length: 100_000 }, () => ({ text: 'word ' })), pauseMs: 20 };
      answered++;
      return answered % 3 === 0
        ? FAILURES[answered % FAILURES.length]
        : { steps: Array.from({ length: 20 }, () => ({ text: 'word ' })) };
    },
  });
  const models = { 'ollama/gpt-oss:20b': { streaming: true } };
  const config = {
    agents: { defaults: { model: 'ollama/gpt-oss:20b', models, retry: { maxRetries: 0 } } },
    gateway: { limits: { maxConcurrent: 2000, maxQueued: 2000 } },
  };
  await writeFile(join(stateDir, 'openclaw.json'), JSON.stringify(config));
  const main = join(import.meta.dirname, '../src/main.ts');
  const gateway = spawn(process.execPath, [...SMALL_HEAP, '--conditions=@openclaw/source', main, '--port', '0'], {
    env: { PATH: process.env['PATH'], OPENCLAW_STATE_DIR: stateDir, OLLAMA_HOST: simulator.url },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(gateway, 'exit');
  try {
    const url = await urlOf(gateway.stderr);
    gateway.stderr.resume();
    const outcomes: Record<string, number> = {};
    const count = (outcome: string) => (outcomes[outcome] = (outcomes[outcome] ?? 0) + 1);
    await inLanes(Math.ceil(requests / 10), 16, async (number) => void (await chat(url, number)));
    const warm = await look(gateway.pid);
    await inLanes(requests, 16, async (number) => void count(await chat(url, number)));
    await inLanes(leavers, 50, () => leave(url));
    await simulator.journal.waitUntilIdle();
    const after = await lookWhenSettled(gateway.pid);
    const leftUpstream = simulator.journal.inFlight;
    gateway.kill('SIGTERM');
    const [exitCode] = (await exited) as [number | null];
    return {
      outcomes,
      unclear: outcomes['unclear'] ?? 0,
      memoryMiB: { warm: warm.memoryMiB, after: after.memoryMiB },
      sockets: { warm: warm.sockets, after: after.sockets },
      leftUpstream,
      exitCode,
    };
  } finally {
    gateway.kill('SIGKILL');
    await simulator.close();
    await rm(stateDir, { recursive: true, force: true });
  }
}

async function chat(url: string, number: number): Promise<string> {
  const stream = number % 2 === 0;
  const body = JSON.stringify({ stream, messages: [{ role: 'user', content: `Number ${number}` }] });
  const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body });
  const text = await response.text();
  if (!stream || response.status !== 200) return String(response.status);
  if (text.endsWith('data: [DONE]\n\n')) return 'done';
  return text.includes('data: {"error":') ? 'error-event' : 'unclear';
}

async function leave(url: string): Promise<void> {
  const controller = new AbortController();
  const body = JSON.stringify({ stream: true, messages: [{ role: 'user', content: 'Count for ever' }] });
  const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body, signal: controller.signal });
  await response.body?.getReader().read();
  controller.abort();
}

async function inLanes(total: number, lanes: number, run: (number: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < total) await run(next++);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function urlOf(log: Readable): Promise<string> {
  let text = '';
  for await (const part of log.iterator({ destroyOnReturn: false })) {
    text += String(part);
    const url = /"url":"([^"]+)"/.exec(text)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`The gateway did not start: ${text}`);
}

/** The gateway closes connections of clients that left a moment later, and keeps idle ones to the upstream for a while. */
async function lookWhenSettled(pid: number | undefined): Promise<{ memoryMiB: number; sockets: number }> {
  let before = await look(pid);
  for (let seconds = 0; seconds < 20; seconds += 0.5) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const after = await look(pid);
    if (after.sockets === before.sockets) return after;
    before = after;
  }
  return before;
}

async function look(pid: number | undefined): Promise<{ memoryMiB: number; sockets: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const descriptors = await readdir(`/proc/${pid}/fd`);
  const targets = await Promise.all(
    descriptors.map((descriptor) => readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '')),
  );
  return {
    memoryMiB: Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024),
    sockets: targets.filter((target) => target.startsWith('socket:')).length,
  };
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: { requests: { type: 'string', default: '10000' }, leavers: { type: 'string', default: '1000' } },
  });
  const startedAt = performance.now();
  const report = await soak({ requests: Number(values.requests), leavers: Number(values.leavers) });
  process.stdout.write(
    `${JSON.stringify({ ...report, seconds: Math.round((performance.now() - startedAt) / 1000) }, null, 2)}\n`,
  );
}
