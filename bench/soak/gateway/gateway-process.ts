import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readdirSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { killAtExit } from '../kill-at-exit.ts';

/** What only the process itself can tell. */
export interface GatewayInside {
  /** Memory that is still used after a collection. */
  readonly heldMiB: number;
  /** Timers that keep the process alive. */
  readonly timers: number;
}

/** A gateway in a process of its own, with its log on a FIFO that the soak reads. Linux only. */
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
  const log = new Socket({ fd: openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK), readable: true });
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
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  await readyLine(log, { hasExited });
  log.resume();
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
    pauseLogReader: () => void log.pause(),
    resumeLogReader: () => void log.resume(),
    async stop({ limitMs }) {
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), limitMs);
      await exited;
      clearTimeout(kill);
      log.destroy();
      return child.exitCode;
    },
  };
}

/** Waits until the gateway says that it is ready. */
async function readyLine(log: Socket, { hasExited }: Pick<GatewayProcess, 'hasExited'>): Promise<void> {
  let text = '';
  for await (const part of log.iterator({ destroyOnReturn: false })) {
    text += String(part);
    if (text.includes('"ready"')) return;
    if (hasExited()) break;
  }
  throw new Error(`The gateway did not start: ${text}`);
}

function readProcess(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
