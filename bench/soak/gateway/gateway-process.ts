import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readdirSync, readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killAtExit } from '../kill-at-exit.ts';

/** Values that only the process itself can measure. */
export interface GatewayInside {
  /** Memory that is still used after a collection. */
  readonly heldMiB: number;
  /** Timers that keep the process alive. */
  readonly timers: number;
}

/** A gateway in its own process, with its log on a FIFO that the soak reads. Linux only. */
export interface GatewayProcess {
  readonly hasExited: () => boolean;
  /** Resident memory in MiB; 0 when the process has ended. */
  residentMiB(): number;
  descriptors(): number;
  /** `undefined` when the process does not answer in time. */
  inside(): Promise<GatewayInside | undefined>;
  pauseLogReader(): void;
  resumeLogReader(): void;
  /** Sends SIGTERM. @returns the exit code; `null` when the process had to be killed */
  stop(options: { readonly limitMs: number }): Promise<number | null>;
}

export interface StartGatewayOptions {
  readonly directory: string;
  readonly port: number;
  /** The bundle that is published, in place of the sources. */
  readonly built: boolean;
}

/** With little room the collector keeps the memory close to what is really held, and a leak ends the process. */
const SMALL_HEAP = ['--max-old-space-size=256', '--max-semi-space-size=4', '--expose-gc'];
const ANSWER_LIMIT_MS = 15_000;
const root = join(import.meta.dirname, '../../..');

export async function startGatewayProcess({ directory, port, built }: StartGatewayOptions): Promise<GatewayProcess> {
  const fifo = join(directory, 'stderr.fifo');
  spawnSync('mkfifo', [fifo]);
  const log = openLogReader(fifo);
  const standardError = openSync(fifo, 'w');
  const source = ['--conditions=@openclaw/source', join(root, 'apps/gateway/src/main.ts')];
  const program = built ? [join(root, 'apps/gateway/dist/main.js')] : source;
  const probe = join(import.meta.dirname, 'probe.ts');
  const child = spawn(process.execPath, [...SMALL_HEAP, '--import', probe, ...program, '--port', String(port)], {
    env: { PATH: process.env['PATH'], OPENCLAW_STATE_DIR: directory },
    stdio: ['ignore', 'ignore', standardError, 'ipc'],
    cwd: directory,
  });
  closeSync(standardError);
  killAtExit(child);
  const exited = once(child, 'exit');
  child.once('exit', () => log.close());
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  await waitUntilReady(log, { hasExited });
  return {
    hasExited,
    residentMiB: () => Number(/VmRSS:\s+(\d+)/.exec(readProcess(child.pid, 'status'))?.[1] ?? 0) / 1024,
    descriptors: () => (hasExited() ? 0 : readdirSync(`/proc/${child.pid}/fd`).length),
    async inside() {
      if (hasExited()) return undefined;
      const answered = once(child, 'message', { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
      child.send('report', () => {});
      return answered.then(
        ([text]) => {
          const inside: GatewayInside = JSON.parse(String(text));
          return inside;
        },
        () => undefined,
      );
    },
    pauseLogReader() {
      log.pause();
      fillPipe(fifo);
    },
    resumeLogReader: () => log.resume(),
    async stop({ limitMs }) {
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), limitMs);
      await exited;
      clearTimeout(kill);
      return child.exitCode;
    },
  };
}

/** Fills a FIFO without a reader, so that the next line of the log has to wait. */
function fillPipe(fifo: string): void {
  const end = openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
  try {
    for (;;) writeSync(end, '\n');
  } catch {
    // The pipe is full.
  } finally {
    closeSync(end);
  }
}

interface LogReader {
  /** The first lines of the log. */
  readonly head: () => string;
  pause(): void;
  resume(): void;
  close(): void;
}

const READ_INTERVAL_MS = 20;
const HEAD_CHARACTERS = 10_000;

/** Reads a FIFO from time to time; a stream would go on reading for a while after its pause. */
function openLogReader(fifo: string): LogReader {
  const descriptor = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
  const buffer = Buffer.alloc(64 * 1024);
  let head = '';
  let timer: NodeJS.Timeout | undefined;
  function read(): void {
    try {
      const bytes = readSync(descriptor, buffer);
      if (head.length < HEAD_CHARACTERS) head += buffer.toString('utf8', 0, bytes);
    } catch {
      // There is nothing to read now.
    }
  }
  function pause(): void {
    clearInterval(timer);
    timer = undefined;
  }
  function resume(): void {
    timer ??= setInterval(read, READ_INTERVAL_MS);
  }
  function close(): void {
    pause();
    closeSync(descriptor);
  }
  resume();
  return { head: () => head, pause, resume, close };
}

/** Waits until the gateway says that it is ready. */
async function waitUntilReady(log: LogReader, { hasExited }: Pick<GatewayProcess, 'hasExited'>): Promise<void> {
  while (!log.head().includes('"ready"')) {
    if (hasExited()) throw new Error(`The gateway did not start: ${log.head()}`);
    await sleep(READ_INTERVAL_MS);
  }
}

function readProcess(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
