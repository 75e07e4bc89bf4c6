/** Starts each server of the benchmark in its own process, and reads its CPU time and memory. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { findFreePort } from '@openclaw/ollama-simulator';

export interface Contender {
  readonly name: string;
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Further fields of the bodies that it gets. */
  readonly body?: object;
  readonly process: ChildProcess;
  /** From the start of its process to its first reply. */
  readonly readyMs: number;
}

const here = import.meta.dirname;
const source = (file: string) => [join(here, file)];

export const startUpstream = () => start('upstream, direct', { args: () => source('upstream.ts') });

export const startRaw = ({ upstream, parsing }: { upstream: number; parsing: boolean }) =>
  start(parsing ? 'raw Node, parses JSON' : 'raw Node, moves bytes', {
    args: () => source('raw-pass-through.ts'),
    env: { UPSTREAM: `http://127.0.0.1:${upstream}`, PARSE: parsing ? '1' : '0' },
  });

/** The built bundle, with its default log, written to /dev/null. */
export function startOpenClaw({
  upstream,
  name = 'this gateway',
  bundle = join(here, '../../apps/gateway/dist/main.js'),
}: {
  upstream: number;
  name?: string;
  bundle?: string;
}): Promise<Contender> {
  const stateDir = mkdtempSync(join(tmpdir(), 'openclaw-bench-'));
  const provider = {
    baseUrl: `http://127.0.0.1:${upstream}/v1`,
    maxConcurrent: 4096,
    maxQueued: 4096,
    models: ['whole', 'stream'].map((id) => ({ id, contextWindow: 8192, maxTokens: 8192 })),
  };
  // The default for Ollama: a whole answer is requested unless streaming is enabled for the model.
  const models = { 'bench/whole': { streaming: false }, 'bench/stream': { streaming: true } };
  const config = { models: { providers: { bench: provider } }, agents: { defaults: { model: 'bench/whole', models } } };
  writeFileSync(join(stateDir, 'openclaw.json'), JSON.stringify(config));
  return start(name, {
    args: (port) => [bundle, '--port', String(port)],
    env: { OPENCLAW_STATE_DIR: stateDir },
    output: 'ignore',
  });
}

/** `npm ci` in `peer/` installs it: it is no part of the workspace. */
export const startPortkey = ({ upstream }: { upstream: number }) =>
  start('@portkey-ai/gateway 1.15.2', {
    args: (port) => [
      join(here, 'peer/node_modules/@portkey-ai/gateway/build/start-server.js'),
      `--port=${port}`,
      '--headless',
    ],
    headers: {
      'x-portkey-provider': 'openai',
      'x-portkey-custom-host': `http://127.0.0.1:${upstream}/v1`,
      authorization: 'Bearer none',
    },
    output: 'ignore',
  });

const children: ChildProcess[] = [];
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

interface StartOptions {
  readonly args: (port: number) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** `ignore` for a server that logs each request. */
  readonly output?: 'inherit' | 'ignore';
}

async function start(
  name: string,
  { args, env = {}, headers = {}, output = 'inherit' }: StartOptions,
): Promise<Contender> {
  const port = await findFreePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, args(port), {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_ENV: 'production', PORT: String(port), ...env },
    stdio: ['ignore', 'ignore', output],
  });
  children.push(child);
  const contender = { name, port, path: '/v1/chat/completions', headers, process: child };
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${name} exited immediately with code ${child.exitCode}.`);
    const replied = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(200) }).then(
      () => true,
      (error: unknown) => error instanceof Error && error.name === 'TimeoutError',
    );
    if (replied) return { ...contender, readyMs: performance.now() - startedAt };
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** CPU milliseconds that the threads of a process have used so far. */
export function cpuMs({ process: { pid } }: Pick<Contender, 'process'>): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  // The first field counts nanoseconds; /proc/<pid>/stat counts hundredths of a second, too coarse for short rounds.
  const times = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  return times.reduce((sum, nanoseconds) => sum + Number(nanoseconds), 0) / 1e6;
}

/** Resident memory in MiB. */
export function residentMiB({ process: { pid } }: Pick<Contender, 'process'>): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
