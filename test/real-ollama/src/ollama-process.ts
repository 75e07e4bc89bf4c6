import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';
import { waitUntil } from './wait-until.ts';

/** A server that the suite started: `ollama serve`, and the runners that it starts for models. */
export interface OllamaProcess {
  readonly url: string;
  /** What the server has written so far, a line per request included. */
  log(): string;
  /** Stops the server and its runners with SIGSTOP: connections stay open, and nothing is answered. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Stops the runners alone. The server still answers whatever needs no model. */
  pauseRunners(): Promise<void>;
  /** Kills the runners. The server starts new ones when it needs them. */
  killRunners(): Promise<void>;
  /** Kills the server and its runners. */
  kill(): Promise<void>;
  /** Starts the server again, on the same port. */
  restart(): Promise<void>;
}

/** Options of `startOllamaProcess`. */
export interface OllamaProcessOptions {
  /** Models, keys and temporary files go here. */
  readonly directory: string;
  /** For example `{ OLLAMA_NUM_PARALLEL: '1' }`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `ollama serve` on a free port of the loopback interface. It ends with the calling process at the latest. */
export async function startOllamaProcess(
  binary: string,
  { directory, env = {} }: OllamaProcessOptions,
): Promise<OllamaProcess> {
  await mkdir(join(directory, 'tmp'), { recursive: true });
  let log = '';
  let port = 0;
  let child = await launch();

  return {
    url: `http://127.0.0.1:${port}`,
    log: () => log,
    async pause() {
      await signalAll('SIGSTOP');
    },
    async resume() {
      await signalAll('SIGCONT');
    },
    async pauseRunners() {
      await signalRunners('SIGSTOP');
    },
    async killRunners() {
      await signalRunners('SIGKILL');
    },
    kill,
    async restart() {
      await kill();
      child = await launch();
    },
  };

  async function launch(): Promise<ChildProcess> {
    const started = spawn(binary, ['serve'], {
      env: {
        PATH: process.env['PATH'],
        HOME: directory,
        TMPDIR: join(directory, 'tmp'),
        OLLAMA_MODELS: join(directory, 'models'),
        ...env,
        OLLAMA_HOST: `127.0.0.1:${port}`,
      },
      // A process group of its own, which the runners join.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    killWithParent(started);
    const start = log.length;
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk) => (log += String(chunk)));
    // Rejects if the program cannot be started.
    await once(started, 'spawn');
    port = await waitUntil('Ollama listens', () => {
      if (started.exitCode !== null)
        throw new Error(`Ollama ended with code ${started.exitCode}:\n${log.slice(start)}`);
      const found = /Listening on 127\.0\.0\.1:(\d+)/.exec(log.slice(start))?.[1];
      return found === undefined ? undefined : Number(found);
    });
    return started;
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    await signalAll('SIGKILL');
    await exited;
  }

  async function signalAll(signal: NodeJS.Signals): Promise<void> {
    process.kill(-(child.pid ?? 0), signal);
  }

  async function signalRunners(signal: NodeJS.Signals): Promise<void> {
    const { code, stdout } = await runCommand(['ps', '-A', '-o', 'pid=,ppid=']);
    if (code !== 0) throw new Error('`ps` does not work. Install it (Debian: `apt-get install procps`).');
    for (const line of stdout.split('\n')) {
      const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
      if (parent === child.pid) process.kill(pid, signal);
    }
  }
}

/** Kills the process group of a child when this process ends, however it ends: its end closes the pipe to a shell. */
function killWithParent(child: ChildProcess): void {
  const shell = spawn('sh', ['-c', `cat >/dev/null; kill -KILL -- -${child.pid}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  child.once('exit', () => shell.kill('SIGKILL'));
}
