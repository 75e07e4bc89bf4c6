import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findFreePort } from '@openclaw/ollama-simulator';
import { killAtExit } from '../kill-at-exit.ts';
import { sendToChild } from '../process-messages.ts';
import type { UpstreamCommand, UpstreamMessage, UpstreamMode } from './upstream-mode.ts';

/** An upstream in its own process, on a fixed port. */
export interface Upstream {
  readonly port: number;
  setMode(mode: UpstreamMode): void;
  /** Kills the process without warning. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** SIGSTOP and SIGCONT. */
  pause(): void;
  resume(): void;
  /** Requests that are not answered yet. */
  activeRequests(): Promise<number>;
}

const ANSWER_LIMIT_MS = 10_000;

export async function startUpstream(program: 'simulator' | 'scripted'): Promise<Upstream> {
  const port = await findFreePort();
  let child = await launch(program, port);
  const send = (command: UpstreamCommand) => sendToChild(child, command);
  return {
    port,
    setMode: (mode) => send({ type: 'mode', mode }),
    async kill() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
    async restart() {
      child = await launch(program, port);
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async activeRequests() {
      const reported = nextMessage(child);
      send({ type: 'report' });
      const message = await reported;
      return message.type === 'report' ? message.activeRequests : 0;
    },
  };
}

async function launch(program: string, port: number): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, `${program}.ts`), [String(port)], {
    execArgv: ['--conditions=@openclaw/source'],
  });
  killAtExit(child);
  const message = await nextMessage(child);
  if (message.type !== 'ready') throw new Error(`The upstream ${program} did not start.`);
  return child;
}

async function nextMessage(child: ChildProcess): Promise<UpstreamMessage> {
  const [text] = await once(child, 'message', { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
  const message: UpstreamMessage = JSON.parse(String(text));
  return message;
}
