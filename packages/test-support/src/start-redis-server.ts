import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@openclaw/ollama-simulator';

/** A Redis server of a test, on 127.0.0.1, without persistence. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Stops the process without ending it: connections stay open, and nothing answers. */
  pause(): void;
  resume(): void;
  /** Ends the process. What it knew is lost. */
  stop(): Promise<void>;
  /** Starts it again, on the same port, unless it runs. */
  start(): Promise<void>;
  /** Sends one command, and returns the lines of the reply. */
  command(...words: string[]): string;
  close(): Promise<void>;
}

/** The program; another one that speaks the same protocol, such as `valkey-server`, can be tried, too. */
const PROGRAM = process.env['OPENCLAW_TEST_REDIS_SERVER'] ?? 'redis-server';

/** Whether tests with a real Redis can run. If not, says so. */
export function hasRedisServer(): boolean {
  const found = spawnSync(PROGRAM, ['--version'], { stdio: 'ignore' }).status === 0;
  if (!found)
    process.stdout.write(`Tests with Redis are skipped: there is no ${PROGRAM}. Install Debian's redis-server.\n`);
  return found;
}

/** Starts the Redis server of this machine. */
export async function startRedisServer({
  args = [],
}: { readonly args?: readonly string[] } = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'openclaw-redis-'));
  const port = await findFreePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    if (child !== undefined) return;
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...args];
    const started = spawn(PROGRAM, settings, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    child = started;
    const { promise: exited, reject } = Promise.withResolvers<never>();
    started.once('exit', (code) => reject(new Error(`${PROGRAM} ended with ${code}.`)));
    const ready = new Promise<void>((resolve) => {
      let log = '';
      started.stdout.setEncoding('utf8').on('data', (text: string) => {
        log += text;
        if (log.includes('Ready to accept connections')) resolve();
      });
    });
    await Promise.race([ready, exited]);
    exited.catch(() => undefined);
  }

  async function stop(): Promise<void> {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const exited = once(running, 'exit');
    running.kill('SIGKILL');
    await exited;
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pause: () => child?.kill('SIGSTOP'),
    resume: () => child?.kill('SIGCONT'),
    stop,
    start,
    command: (...words) => spawnSync('redis-cli', ['-p', String(port), ...words], { encoding: 'utf8' }).stdout,
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
